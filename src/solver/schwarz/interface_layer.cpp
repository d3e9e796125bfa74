// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "solver/schwarz/interface_layer.hpp"

#include "assembly/compression.hpp"
#include "dense/lapack.hpp"
#include "solver/schwarz/neighbours.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

namespace ddpinn {

namespace {

double square_sum(std::span<const double> values) {
  return std::inner_product(values.begin(), values.end(), values.begin(), 0.0);
}

bool is_zero(const Matrix& coefficients) {
  return std::ranges::all_of(coefficients.entries(), [](double c) { return c == 0; });
}

std::vector<int> owned_of(const InterfaceCase& c, const std::vector<int>& subdomains) {
  std::vector<int> owned;
  for (int k : subdomains)
    if (c.owner[static_cast<std::size_t>(k)] == c.comm.rank()) owned.push_back(k);
  return owned;
}

/// As many unknowns as a local problem may have. Its functions have no windows, so Gauss points on a whole
/// box are a quadrature of products of smooth functions, and 1.3 rows a direction for each unknown do; where
/// shapes cut the box they are not, and the windowed coupling's rule holds.
std::size_t most_local_unknowns(std::size_t rows, std::size_t parts, const Region& region) {
  constexpr double oversampling = 1.3;
  bool cut = parts > 1;
  for (std::size_t i = 0; i < region.shapes(); ++i) cut |= region.shape(i).use != Shape::Use::interface;
  if (cut) return most_unknowns(rows, region.dimension());
  return static_cast<std::size_t>(static_cast<double>(rows) / std::pow(oversampling, region.dimension()));
}

}  // namespace

double Jump::relative() const { return trace > 0 ? std::sqrt(difference / trace) : std::sqrt(difference); }

InterfaceLayer::InterfaceLayer(const InterfaceCase& c, std::vector<int> members, std::vector<int> before)
    : case_(c), members_(std::move(members)) {
  const auto owned = owned_of(c, members_), owned_before = owned_of(c, before);
  std::set<int> receivers(owned.begin(), owned.end());
  for (int j : owned) receivers.merge(reached_from(j, 0));
  for (int j : owned_before) receivers.merge(reached_from(j, 1));
  std::map<int, Traces> traces;
  for (int k : receivers)
    traces.emplace(k, traces_of(c.rule, c.model.region, c.decomposition, k, c.points.boundary, c.robin));

  std::vector<double> rows(c.owner.size(), 0.0);
  for (int k : owned) rows[static_cast<std::size_t>(k)] = static_cast<double>(traces.at(k).rows);
  sum(c.comm, rows);
  layout_ = std::make_unique<DofLayout>(c.owner, std::vector<std::size_t>(rows.begin(), rows.end()), c.comm);
  trace_rows_ = static_cast<long long>(layout_->total());

  const std::size_t stages =
      c.rule.options.order == "multiplicative" ? std::size_t{1} << c.decomposition.dimension() : 1;
  for (std::size_t s = 0; s < stages; ++s) stages_.emplace_back(c.comm, *layout_);
  inflow_ = std::make_unique<TraceExchange>(c.comm, *layout_);
  for (int k : owned) own_.emplace_back().k = k;
  create_own(traces);
  for (auto& own : own_)
    for (auto& part : own.parts)
      if (c.decomposition[part.k].live) create_giving(part.k, traces, part.giving);
  for (int box : owned_before)
    for (int k : c.decomposition.sheets(box)) create_giving(k, traces, before_[k]);
  for (auto& stage : stages_) stage.finish();
  inflow_->finish();
  traces_.resize(layout_->owned_size());
  if (!c.grid) return;
  std::map<int, const TraceRows*> own_rows;
  for (const auto& own : own_)
    for (const auto& part : own.parts) own_rows[part.k] = part.rows.get();
  grid_ = std::make_unique<GridDefect>(c, own_rows);
}

std::set<int> InterfaceLayer::reached_from(int k, int time_offset) const {
  return neighbourhood(case_.decomposition, k, case_.rule.time, time_offset);
}

/// Subdomains of one colour do not touch; time has no colours, since a layer is solved at once.
std::size_t InterfaceLayer::stage_of(int k) const {
  if (stages_.size() == 1) return 0;
  std::size_t colour = 0;
  for (int d = 0; d < case_.decomposition.dimension(); ++d)
    if (d != case_.rule.time)
      colour = 2 * colour + static_cast<std::size_t>(case_.decomposition[k].cell[d] % 2);
  return colour;
}

void InterfaceLayer::create_own(const std::map<int, Traces>& all) {
  for (auto& own : own_) {
    own.stage = stage_of(own.k);
    own.first_trace = layout_->local_offset(own.k);
    const auto& traces = all.at(own.k);
    for (int k : case_.decomposition.parts(own.k)) {
      auto& part = own.parts.emplace_back();
      part.k = k;
      part.first_row = own.weights.size();
      part.rows = std::make_unique<TraceRows>(case_.model, case_.decomposition, k);
      for (const auto& face : traces.faces) {
        if (face.part != k) continue;
        for (std::size_t i = 0; i < face.points; ++i) {
          const auto p = face.first_point + i;
          std::vector<std::size_t> targets;
          for (std::size_t s = 0; s < face.conditions.size(); ++s)
            targets.push_back(face.first_row + i * face.conditions.size() + s);
          part.rows->add(traces.points.x[p], traces.points.normal[p], traces.points.measure[p], traces.own[p],
                         face.conditions, targets);
        }
      }
      part.rows->finish();
      const auto weights = part.rows->weights();
      own.weights.insert(own.weights.end(), weights.begin(), weights.end());
    }
  }
}

/// What subdomain k gives to the rows of its neighbours, by stage; to those of the next layer in time where k
/// is of the layer before.
void InterfaceLayer::create_giving(int k, const std::map<int, Traces>& all, std::vector<Giving>& giving) {
  const bool inflow = !std::ranges::binary_search(members_, case_.decomposition[k].first);
  std::map<std::size_t, std::unique_ptr<TraceRows>> by_stage;
  for (int receiver : reached_from(k, inflow ? 1 : 0)) {
    const auto& traces = all.at(receiver);
    const auto stage = stage_of(receiver);
    auto& exchange = inflow ? *inflow_ : stages_[stage];
    for (const auto& face : traces.faces) {
      if (face.lower_time != inflow) continue;
      for (std::size_t i = 0; i < face.points; ++i) {
        const auto p = face.first_point + i;
        for (const auto& cover : traces.givers[p]) {
          if (cover.subdomain != k) continue;
          std::vector<std::size_t> targets;
          for (std::size_t s = 0; s < face.conditions.size(); ++s)
            targets.push_back(exchange.place(receiver, face.first_row + i * face.conditions.size() + s));
          auto& rows = by_stage[inflow ? 0 : stage];
          if (!rows) rows = std::make_unique<TraceRows>(case_.model, case_.decomposition, k);
          rows->add(traces.points.x[p], traces.points.normal[p], traces.points.measure[p], cover,
                    face.conditions, targets);
        }
      }
    }
  }
  for (auto& [stage, rows] : by_stage) {
    rows->finish();
    giving.push_back({stage, std::move(rows), {}});
  }
}

/// The traces of the windowed sum with these coefficients, without G.
std::vector<double> InterfaceLayer::given_traces(const Coefficients& coefficients) {
  std::vector<double> traces(traces_.size(), 0.0);
  const auto add = [&](int k, const std::vector<Giving>& giving, TraceExchange& exchange, std::size_t stage) {
    const auto found = coefficients.find(k);
    if (found == coefficients.end() || is_zero(found->second)) return;
    for (const auto& part : giving) {
      if (part.stage != stage) continue;
      const auto values = part.rows->values(case_.family.network(k), found->second);
      for (std::size_t r = 0; r < values.size(); ++r)
        exchange.contributions()[part.rows->target(r)] += values[r];
    }
  };
  for (std::size_t s = 0; s < stages_.size(); ++s) {
    std::ranges::fill(stages_[s].contributions(), 0.0);
    for (const auto& own : own_)
      for (const auto& part : own.parts) add(part.k, part.giving, stages_[s], s);
    stages_[s].begin(traces);
    stages_[s].end(traces);
  }
  std::ranges::fill(inflow_->contributions(), 0.0);
  for (const auto& [k, giving] : before_) add(k, giving, *inflow_, 0);
  inflow_->begin(traces);
  inflow_->end(traces);
  return traces;
}

/// The conditions applied to a box's own networks, without G.
std::vector<double> InterfaceLayer::own_traces(const Own& own, const Coefficients& coefficients) const {
  std::vector<double> result(own.weights.size(), 0.0);
  for (const auto& part : own.parts) {
    const auto found = coefficients.find(part.k);
    if (found == coefficients.end() || is_zero(found->second)) continue;
    std::ranges::copy(part.rows->values(case_.family.network(part.k), found->second),
                      result.begin() + static_cast<long>(part.first_row));
  }
  return result;
}

std::size_t InterfaceLayer::network_size() const {
  return case_.family.shape.features() * case_.model.fields.size();
}

Coefficients InterfaceLayer::start() const {
  Coefficients result;
  // With materials, parts that hardly reach into a box have too few points there for a fit.
  if (grid_ && !case_.model.region.has_interfaces())
    for (const auto& own : own_) result[own.k] = grid_->fit(own.k);
  return result;
}

void InterfaceLayer::linearise(const Coefficients& coefficients, bool reweight) {
  const auto traces = given_traces(coefficients);
  if (grid_) grid_->prepare(coefficients);
  unknowns_ = 0;
  for (auto& own : own_) {
    linearise(own, coefficients, traces, reweight);
    own.first_unknown = unknowns_;
    unknowns_ += own.system.unknowns();
    const auto& transform = own.system.transform;
    for (std::size_t p = 0; p < own.parts.size(); ++p) {
      const MatrixView of_part(transform.data() + p * network_size(), network_size(), transform.columns(),
                               transform.rows());
      if (grid_) add_to_grid(own, own.parts[p], of_part);
      for (auto& giving : own.parts[p].giving) {
        Matrix raw(giving.rows->size(), network_size());
        giving.rows->add_rows(case_.family.network(own.parts[p].k), {}, 0, raw);
        giving.traces = product(Op::none, raw, Op::none, of_part);
      }
    }
  }
}

void InterfaceLayer::add_to_grid(const Own& own, const Part& part, MatrixView transform) {
  const auto& traces = own.system.traces;
  const MatrixView of_part(traces.data() + part.first_row * traces.rows(), traces.rows(), part.rows->size(),
                           traces.rows());
  grid_->add(part.k, *part.rows, transform, of_part);
}

/// The weighted rows of a box: the columns of one network after those of another.
Matrix InterfaceLayer::jacobian(const Own& own, const Linearisation& linear) const {
  Matrix result;
  for (const auto& part : own.parts) {
    const auto network = case_.family.network(part.k);
    auto columns = own.problem->jacobian(part.k, network, linear, own.weights.size());
    if (part.rows->size() > 0)
      part.rows->add_rows(network, std::span(own.weights).subspan(part.first_row, part.rows->size()),
                          own.problem->rows() + part.first_row, columns);
    if (own.parts.size() == 1) return columns;
    if (result.empty()) result = Matrix::uninitialised(columns.rows(), columns.columns() * own.parts.size());
    const auto p = static_cast<std::size_t>(&part - own.parts.data());
    std::ranges::copy(columns.entries(), result.column(p * network_size()));
  }
  return result;
}

/// The fields of a box's own networks at the points of its problem, which is made where it is missing.
std::vector<FieldValues> InterfaceLayer::fields(Own& own, const Coefficients& coefficients) const {
  if (!own.problem)
    own.problem =
        std::make_unique<LocalProblem>(case_.model, case_.decomposition, case_.decomposition.parts(own.k),
                                       LocalPoints{case_.points.interior, case_.points.boundary,
                                                   sampling_from(case_.points.sampling), case_.family.seed});
  auto result = own.problem->lift();
  for (const auto& part : own.parts)
    if (const auto& of_part = coefficients.at(part.k); !is_zero(of_part))
      own.problem->add_fields(part.k, case_.family.network(part.k), of_part, result);
  return result;
}

void InterfaceLayer::weigh(const Coefficients& coefficients) {
  for (auto& own : own_) {
    const auto present = fields(own, coefficients);
    own.problem->set_weights(present);
  }
}

std::vector<InterfaceLayer::Local> InterfaceLayer::locals(const Coefficients& coefficients) {
  const auto traces = given_traces(coefficients);
  std::vector<Local> result;
  for (const auto& own : own_) {
    const auto first = traces.begin() + static_cast<long>(own.first_trace);
    const auto& part = own.parts.front();
    result.push_back({part.k,
                      own.problem.get(),
                      part.rows.get(),
                      own.weights,
                      {first, first + static_cast<long>(own.weights.size())}});
  }
  return result;
}

void InterfaceLayer::linearise(Own& own, const Coefficients& coefficients, std::span<const double> traces,
                               bool reweight) {
  const auto fields = this->fields(own, coefficients);
  std::vector<double> known;
  for (const auto& part : own.parts) {
    const auto of_part = coefficients.at(part.k).entries();
    known.insert(known.end(), of_part.begin(), of_part.end());
  }
  if (reweight) own.problem->set_weights(fields);
  const auto linear = own.problem->linearise(fields);
  const auto jacobian = this->jacobian(own, linear);
  auto residual = linear.residual;
  const auto field = own_traces(own, coefficients);
  for (std::size_t r = 0; r < field.size(); ++r)
    residual.push_back(own.weights[r] * (field[r] - traces[own.first_trace + r]));
  std::vector<double> image(jacobian.rows());
  multiply(1, Op::none, jacobian, known.data(), 0, image.data());
  own.size_square = square_sum(image);
  own.system = local_system(jacobian, residual, own.weights, case_.compression,
                            most_local_unknowns(jacobian.rows(), own.parts.size(), case_.model.region));
  // A linear problem is linearised once.
  if (case_.model.affine && !case_.trains) own.problem.reset();
}

void InterfaceLayer::give(std::size_t stage, std::span<const double> y) {
  auto& contributions = stages_[stage].contributions();
  std::ranges::fill(contributions, 0.0);
  std::vector<double> values;
  for (const auto& own : own_)
    for (const auto& part : own.parts)
      for (const auto& giving : part.giving) {
        if (giving.stage != stage) continue;
        values.resize(giving.traces.rows());
        multiply(1, Op::none, giving.traces, y.data() + own.first_unknown, 0, values.data());
        for (std::size_t r = 0; r < values.size(); ++r) contributions[giving.rows->target(r)] += values[r];
      }
}

void InterfaceLayer::apply(std::span<const double> y, std::span<double> to, bool homogeneous) {
  std::vector<double> newest(y.begin(), y.end());
  std::ranges::fill(traces_, 0.0);
  for (std::size_t s = 0; s < stages_.size(); ++s) {
    give(s, newest);
    stages_[s].begin(traces_);
    if (grid_ && s == 0) {  // while the traces are under way
      grid_->start(homogeneous);
      for (const auto& own : own_)
        for (const auto& part : own.parts) grid_->add_defect(part.k, y.data() + own.first_unknown);
    }
    stages_[s].end(traces_);
    if (grid_ && s == 0) grid_->correct();
    for (const auto& own : own_) {
      if (own.stage != s) continue;
      double* mine = newest.data() + own.first_unknown;
      std::fill_n(mine, own.system.unknowns(), 0.0);
      if (!homogeneous) std::ranges::copy(own.system.start, mine);
      multiply(1, Op::none, own.system.traces, traces_.data() + own.first_trace, 1, mine);
      for (const auto& part : own.parts)
        if (grid_) grid_->add_correction(part.k, mine);
    }
  }
  std::ranges::copy(newest, to.begin());
}

Coefficients InterfaceLayer::step(std::span<const double> y) const {
  Coefficients result;
  for (const auto& own : own_) {
    std::vector<double> all(own.system.transform.rows());
    multiply(1, Op::none, own.system.transform, y.data() + own.first_unknown, 0, all.data());
    for (std::size_t p = 0; p < own.parts.size(); ++p) {
      auto& c = result[own.parts[p].k] =
          Matrix::uninitialised(case_.family.shape.features(), case_.model.fields.size());
      std::copy_n(all.data() + p * network_size(), network_size(), c.data());
    }
  }
  return result;
}

double InterfaceLayer::size_square(std::span<const double> y) const {
  double local = square_sum(y);
  for (const auto& own : own_) local += own.size_square;
  return sum(case_.comm, local);
}

double InterfaceLayer::objective(const Coefficients& coefficients) {
  const auto traces = given_traces(coefficients);
  double total = 0;
  bool finite = true;
  for (const auto& own : own_) {
    auto fields = own.problem->lift();
    for (const auto& part : own.parts)
      own.problem->add_fields(part.k, case_.family.network(part.k), coefficients.at(part.k), fields);
    try {
      total += square_sum(own.problem->residual(fields));
    } catch (const Error&) {
      finite = false;
      break;
    }
    const auto field = own_traces(own, coefficients);
    for (std::size_t r = 0; r < field.size(); ++r)
      total += std::pow(own.weights[r] * (field[r] - traces[own.first_trace + r]), 2);
  }
  return any(case_.comm, !finite) ? std::numeric_limits<double>::infinity() : sum(case_.comm, total) / 2;
}

Jump InterfaceLayer::jump(const Coefficients& coefficients) {
  const auto traces = given_traces(coefficients);
  Jump result;
  for (const auto& own : own_) {
    const auto field = own_traces(own, coefficients);
    std::vector<double> lift;
    for (const auto& part : own.parts) {
      const auto of_part = part.rows->lift();
      lift.insert(lift.end(), of_part.begin(), of_part.end());
    }
    for (std::size_t r = 0; r < field.size(); ++r) {
      const double trace = traces[own.first_trace + r];
      result.difference += std::pow(field[r] - trace, 2);
      result.trace += std::pow(trace + lift[r], 2);
    }
  }
  result.difference = sum(case_.comm, result.difference);
  result.trace = sum(case_.comm, result.trace);
  return result;
}

long long InterfaceLayer::messages() const {
  long long count = 0;
  for (const auto& stage : stages_) count += stage.messages();
  return count;
}

long long InterfaceLayer::bytes() const {
  long long count = 0;
  for (const auto& stage : stages_) count += stage.bytes();
  return count;
}

}  // namespace ddpinn
