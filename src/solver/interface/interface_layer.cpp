// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "solver/interface/interface_layer.hpp"

#include "assembly/box_rows.hpp"
#include "assembly/compression.hpp"
#include "dense/lapack.hpp"
#include "parallel/square_sum.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace ddpinn {

namespace {

/// As many unknowns as a local problem may have. Its functions have no windows, so Gauss points on a whole
/// box are a quadrature of products of smooth functions, and 1.3 rows per direction for each unknown do;
/// where shapes cut the box they are not, and the windowed coupling's rule holds.
std::size_t most_local_unknowns(std::size_t rows, std::size_t parts, const Region& region) {
  constexpr double oversampling = 1.3;
  bool cut = parts > 1;
  for (std::size_t i = 0; i < region.shapes(); ++i) cut |= region.shape(i).use != Shape::Use::interface;
  if (cut) return most_unknowns(rows, region.dimension());
  return static_cast<std::size_t>(rows / std::pow(oversampling, region.dimension()));
}

}  // namespace

std::size_t InterfaceLayer::network_size() const {
  return case_.space.family().shape.features() * case_.space.model().fields.size();
}

Coefficients InterfaceLayer::start() const {
  Coefficients result;
  // With materials, parts that hardly reach into a box have too few points there for a fit.
  if (grid_ && !case_.space.model().region.has_interfaces())
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
        giving.rows->add_rows(case_.space.family().network(own.parts[p].k), {}, 0, raw);
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
    const auto network = case_.space.family().network(part.k);
    auto columns = own.problem->jacobian(own.problem->block(part.k), network, linear);
    if (part.rows->size() > 0)
      part.rows->add_rows(network, std::span(own.weights).subspan(part.first_row, part.rows->size()),
                          columns.rows() - own.weights.size() + part.first_row, columns);
    if (own.parts.size() == 1) return columns;
    if (result.empty()) result = Matrix::uninitialised(columns.rows(), columns.columns() * own.parts.size());
    const std::size_t p = &part - own.parts.data();
    std::ranges::copy(columns.entries(), result.column(p * network_size()));
  }
  return result;
}

/// The fields of a box's own networks at the points of its problem, which is made where it is missing.
std::vector<FieldValues> InterfaceLayer::fields(Own& own, const Coefficients& coefficients) const {
  if (!own.problem)
    own.problem =
        std::make_unique<Rows>(case_.space, draw_box(case_.space.model(), case_.space.decomposition(),
                                                     case_.space.decomposition().parts(own.k),
                                                     {case_.points.interior, case_.points.boundary,
                                                      case_.points.sampling, case_.space.family().seed, true},
                                                     own.weights.size()));
  auto result = own.problem->lift();
  for (const auto& part : own.parts)
    if (const auto& of_part = coefficients.at(part.k); !is_zero(of_part))
      own.problem->add_fields(part.k, case_.space.family().network(part.k), of_part, result);
  return result;
}

void InterfaceLayer::weigh(const Coefficients& coefficients) {
  for (auto& own : own_) {
    const auto present = fields(own, coefficients);
    own.problem->set_weights(present);
  }
}

Blocks InterfaceLayer::weights() const {
  Blocks blocks;
  for (const auto& own : own_) {
    if (!own.problem) continue;
    auto& block = blocks[own.k];
    for (const auto& group : own.problem->weights())
      for (const auto& column : group) block.insert(block.end(), column.begin(), column.end());
  }
  return blocks;
}

void InterfaceLayer::take_weights(const Blocks& held, const Journal& journal,
                                  const Coefficients& coefficients) {
  std::vector<int> wanted;
  for (const auto& own : own_) wanted.push_back(own.k);
  const auto blocks = journal.fetch(held, wanted);
  for (auto& own : own_) {
    const auto found = blocks.find(own.k);
    if (found == blocks.end()) continue;
    fields(own, coefficients);
    auto weights = own.problem->weights();
    auto from = found->second.begin();
    for (auto& group : weights)
      for (auto& column : group)
        for (auto& weight : column) weight = *from++;
    own.problem->take_weights(std::move(weights));
  }
}

std::vector<InterfaceLayer::Local> InterfaceLayer::locals(const Coefficients& coefficients) {
  const auto traces = given_traces(coefficients);
  std::vector<Local> result;
  for (const auto& own : own_) {
    const auto first = traces.begin() + own.first_trace;
    const auto& part = own.parts.front();
    result.push_back(
        {part.k, own.problem.get(), part.rows.get(), own.weights, {first, first + own.weights.size()}});
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
  set_transmission(own, coefficients, traces, residual);
  std::vector<double> image(jacobian.rows());
  multiply(1, Op::none, jacobian, known.data(), 0, image.data());
  own.size_square = square_sum(image);
  own.system =
      local_system(jacobian, residual, own.weights, case_.compression,
                   most_local_unknowns(jacobian.rows(), own.parts.size(), case_.space.model().region));
  // A linear problem is linearised once.
  if (case_.space.model().affine && !case_.trains) own.problem.reset();
}

/// Fills in the last rows.
void InterfaceLayer::set_transmission(const Own& own, const Coefficients& coefficients,
                                      std::span<const double> traces, std::vector<double>& residual) const {
  const auto field = own_traces(own, coefficients);
  const auto rows = std::span(residual).last(field.size());
  for (std::size_t r = 0; r < field.size(); ++r)
    rows[r] = own.weights[r] * (field[r] - traces[own.first_trace + r]);
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
          Matrix::uninitialised(case_.space.family().shape.features(), case_.space.model().fields.size());
      std::copy_n(all.data() + p * network_size(), network_size(), c.data());
    }
  }
  return result;
}

double InterfaceLayer::size_square(std::span<const double> y) const {
  double local = square_sum(y);
  for (const auto& own : own_) local += own.size_square;
  return sum(case_.space.communicator(), local);
}

double InterfaceLayer::objective(const Coefficients& coefficients) {
  const auto traces = given_traces(coefficients);
  double total = 0;
  bool finite = true;
  for (auto& own : own_) {
    const auto present = fields(own, coefficients);
    try {
      auto residual = own.problem->residual(present);
      set_transmission(own, coefficients, traces, residual);
      total += square_sum(residual);
    } catch (const Error&) {
      finite = false;
      break;
    }
  }
  return any(case_.space.communicator(), !finite) ? std::numeric_limits<double>::infinity()
                                                  : sum(case_.space.communicator(), total) / 2;
}

}  // namespace ddpinn
