// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
// Who gives traces to whom, and what these are.
#include "dense/lapack.hpp"
#include "solver/interface/interface_layer.hpp"
#include "space/neighbours.hpp"

#include <algorithm>
#include <cmath>

namespace ddpinn {

namespace {

std::vector<int> owned_of(const InterfaceCase& c, const std::vector<int>& subdomains) {
  std::vector<int> owned;
  for (int k : subdomains)
    if (c.space.owns(k)) owned.push_back(k);
  return owned;
}

Point moved(Point x, const Point& shift) {
  for (std::size_t d = 0; d < x.size(); ++d) x[d] += shift[d];
  return x;
}

}  // namespace

double Jump::relative() const { return trace > 0 ? std::sqrt(difference / trace) : std::sqrt(difference); }

InterfaceLayer::InterfaceLayer(const InterfaceCase& c, std::vector<int> members, std::vector<int> before,
                               Timers* timers)
    : case_(c), members_(std::move(members)), timers_(timers) {
  const auto owned = owned_of(c, members_);
  create_classes(owned);
  std::vector<double> rows(c.space.owner().size(), 0.0);
  for (const auto& own : own_) rows[own.k] = classes_[own.local_class].weights.size();
  sum(c.space.communicator(), rows);
  layout_ = std::make_unique<DofLayout>(c.space.owner(), std::vector<std::size_t>(rows.begin(), rows.end()),
                                        c.space.communicator());
  trace_rows_ = layout_->total();
  for (auto& own : own_) own.first_trace = layout_->local_offset(own.k);
  for (std::size_t s = 0; s < stages(); ++s) stages_.emplace_back(c.space.communicator(), *layout_);
  inflow_ = std::make_unique<TraceExchange>(c.space.communicator(), *layout_);
  for (auto& local : classes_) {
    for (std::size_t p = 0; p < local.parts.size(); ++p)
      if (c.space.decomposition()[local.parts[p].k].live)
        create_giving(local.parts[p].k, local.box, p, false, local.giving);
    for (auto m : local.members) own_[m].targets = create_targets(local.giving, local.box, own_[m].k, false);
  }
  for (int box : owned_of(c, before))
    for (int k : c.space.decomposition().sheets(box)) {
      auto& earlier = before_.emplace_back(Before{k, {}, {}});
      create_giving(k, box, 0, true, earlier.giving);
      earlier.targets = create_targets(earlier.giving, box, box, true);
    }
  for (auto& stage : stages_) stage.finish();
  inflow_->finish();
  traces_of_classes_.clear();
  traces_.resize(layout_->owned_size());
  if (c.grid) create_grid();
}

std::set<int> InterfaceLayer::reached_from(int k, int time_offset) const {
  return neighbourhood(case_.space.decomposition(), k, case_.rule.time, time_offset);
}

std::size_t InterfaceLayer::stages() const {
  return case_.rule.options.order == SubdomainOrder::multiplicative
             ? std::size_t{1} << case_.space.decomposition().dimension()
             : 1;
}

/// Subdomains of one colour do not touch; time has no colours, since a layer is solved at once.
std::size_t InterfaceLayer::stage_of(int k) const {
  if (stages() == 1) return 0;
  std::size_t colour = 0;
  for (int d = 0; d < case_.space.decomposition().dimension(); ++d)
    if (d != case_.rule.time)
      colour = 2 * colour + static_cast<std::size_t>(case_.space.decomposition()[k].cell[d] % 2);
  return colour;
}

/// Boxes of one key have the same traces, and so have their neighbours: Robin parameters, which depend on
/// coefficients, are compared beside the geometry.
InterfaceLayer::Key InterfaceLayer::key_of(int k) {
  const std::size_t geometry = case_.congruence.of(k);
  if (!case_.rule.robin()) return {geometry, stage_of(k), 0};
  DistinctNumbers::Columns factors;
  for (int near : reached_from(k, 0))
    for (const auto& face : case_.robin[near]) factors.push_back(face);
  const auto found = robin_.find(factors);
  return {geometry, stage_of(k), found ? *found : robin_.add(std::move(factors))};
}

const std::pair<int, Traces>& InterfaceLayer::traces_of_class(int k) {
  const auto [at, is_new] = traces_of_classes_.try_emplace(key_of(k));
  if (is_new)
    at->second = {k, traces_of(case_.rule, case_.space.model().region, case_.space.decomposition(), k,
                               case_.points.boundary, case_.robin)};
  return at->second;
}

void InterfaceLayer::create_classes(const std::vector<int>& owned) {
  std::map<Key, std::size_t> known;
  for (int k : owned) {
    const auto [at, is_new] = known.try_emplace(key_of(k), classes_.size());
    if (is_new) {
      classes_.emplace_back().box = k;
      classes_.back().stage = stage_of(k);
      create_own_rows(classes_.back());
    }
    classes_[at->second].members.push_back(own_.size());
    own_.push_back({k, at->second, 0, {}, {}, {}});
  }
}

void InterfaceLayer::create_own_rows(LocalClass& local) {
  const auto& decomposition = case_.space.decomposition();
  const auto& [box, traces] = traces_of_class(local.box);
  const auto shift = shift_between(decomposition, box, local.box);
  for (int k : decomposition.parts(local.box)) {
    auto& part = local.parts.emplace_back();
    part.k = k;
    part.first_row = local.weights.size();
    part.rows = std::make_unique<TraceRows>(case_.space.model(), decomposition, k);
    for (const auto& face : traces.faces) {
      if (face.part != (box == local.box ? k : box)) continue;
      for (std::size_t i = 0; i < face.points; ++i) {
        const auto p = face.first_point + i;
        auto cover = traces.own[p];
        cover.subdomain = k;
        part.rows->add(moved(traces.points.x[p], shift), traces.points.normal[p], traces.points.measure[p],
                       cover, face.conditions, face.rows_of(i));
      }
    }
    part.rows->finish();
    const auto weights = part.rows->weights(case_.space.family());
    local.weights.insert(local.weights.end(), weights.begin(), weights.end());
  }
}

/// What subdomain k gives to the rows of its neighbours, by stage; to those of the next layer in time where
/// k is of the layer before.
void InterfaceLayer::create_giving(int k, int box, std::size_t part, bool inflow,
                                   std::vector<Giving>& giving) {
  std::map<std::size_t, Giving> by_stage;
  for (int receiver : reached_from(k, inflow ? 1 : 0)) {
    const auto stage = inflow ? 0 : stage_of(receiver);
    auto& to = by_stage[stage];
    if (!to.rows) {
      to.stage = stage;
      to.part = part;
      to.rows = std::make_unique<TraceRows>(case_.space.model(), case_.space.decomposition(), k);
    }
    add_giving(k, box, receiver, inflow, to);
  }
  for (auto& [stage, one] : by_stage) {
    if (one.receivers.empty()) continue;
    one.first.push_back(one.rows->size());
    one.rows->finish();
    giving.push_back(std::move(one));
  }
}

/// The rows of one receiver, as those of a box that is congruent to it.
void InterfaceLayer::add_giving(int k, int box, int receiver, bool inflow, Giving& giving) {
  const auto& decomposition = case_.space.decomposition();
  const auto& [same, traces] = traces_of_class(receiver);
  const int giver = same == receiver ? k : moved_box(decomposition, box, receiver, same);
  const auto shift = shift_between(decomposition, same, receiver);
  const auto before = giving.rows->size();
  for (const auto& face : traces.faces) {
    if (face.lower_time != inflow) continue;
    for (std::size_t i = 0; i < face.points; ++i) {
      const auto p = face.first_point + i;
      for (auto cover : traces.givers[p]) {
        if (cover.subdomain != giver) continue;
        cover.subdomain = k;
        giving.rows->add(moved(traces.points.x[p], shift), traces.points.normal[p], traces.points.measure[p],
                         cover, face.conditions, face.rows_of(i));
      }
    }
  }
  if (giving.rows->size() == before) return;
  giving.receivers.push_back(receiver);
  giving.first.push_back(before);
}

/// Where a box gives to that is to `to` as these receivers are to `from`.
std::vector<InterfaceLayer::Target> InterfaceLayer::create_targets(const std::vector<Giving>& all, int from,
                                                                   int to, bool inflow) {
  std::vector<Target> targets;
  for (const auto& giving : all)
    for (std::size_t slot = 0; slot < giving.receivers.size(); ++slot) {
      const int receiver = from == to
                               ? giving.receivers[slot]
                               : moved_box(case_.space.decomposition(), giving.receivers[slot], from, to);
      auto& target = targets.emplace_back();
      if (case_.space.owns(receiver)) {
        target.first = layout_->local_offset(receiver);
        continue;
      }
      auto& exchange = inflow ? *inflow_ : stages_[giving.stage];
      for (auto r = giving.first[slot]; r < giving.first[slot + 1]; ++r)
        target.places.push_back(static_cast<int>(exchange.place(receiver, giving.rows->target(r))));
    }
  return targets;
}

void InterfaceLayer::create_grid() {
  const auto& decomposition = case_.space.decomposition();
  grid_ = std::make_unique<GridDefect>(case_);
  for (auto& local : classes_)
    for (auto& part : local.parts) {
      part.nodes = grid_->nodes(part.k, *part.rows);
      for (auto m : local.members)
        grid_->want(part.nodes, shift_between(decomposition, local.box, own_[m].k));
    }
  {
    const auto timed = optional_scope(timers_, "coarse set-up");
    grid_->create();
  }
  for (auto& local : classes_)
    for (const auto& part : local.parts)
      for (auto m : local.members)
        own_[m].places.push_back(
            grid_->places(part.nodes, shift_between(decomposition, local.box, own_[m].k)));
}

namespace {

/// Coefficients of networks, one after the other; empty where all are zero.
Matrix columns_of(const std::vector<int>& networks, const Coefficients& coefficients, std::size_t size) {
  Matrix all(size, networks.size());
  bool zero = true;
  for (std::size_t i = 0; i < networks.size(); ++i) {
    const auto found = coefficients.find(networks[i]);
    if (found == coefficients.end()) continue;
    zero = zero && is_zero(found->second);
    std::ranges::copy(found->second.entries(), all.column(i));
  }
  return zero ? Matrix() : all;
}

}  // namespace

/// The rows applied to coefficients of networks that share their features with k's: rows by networks; empty
/// where all coefficients are zero. @param raw the rows' derivatives, computed at the first use
Matrix InterfaceLayer::row_values(const TraceRows& rows, const std::vector<int>& networks,
                                  const Coefficients& coefficients, Matrix& raw) const {
  const auto columns = columns_of(networks, coefficients, case_.network_size());
  if (columns.empty() || rows.size() == 0) return {};
  if (raw.empty()) {
    raw = Matrix(rows.size(), case_.network_size());
    rows.add_rows(case_.space.family().network(rows.subdomain()), {}, 0, raw);
  }
  return product(Op::none, raw, Op::none, columns);
}

/// The traces of the windowed sum with these coefficients, without G.
std::vector<double> InterfaceLayer::given_traces(const Coefficients& coefficients) {
  std::vector<double> traces(traces_.size(), 0.0);
  for (std::size_t s = 0; s < stages_.size(); ++s) {
    std::ranges::fill(stages_[s].contributions(), 0.0);
    for (const auto& local : classes_) give_values(local, s, coefficients, traces);
    stages_[s].begin(traces);
    stages_[s].end(traces);
  }
  std::ranges::fill(inflow_->contributions(), 0.0);
  for (const auto& earlier : before_) {
    std::size_t first_target = 0;
    for (const auto& giving : earlier.giving) {
      const auto slots = giving.receivers.size();
      Matrix raw;
      const auto values = row_values(*giving.rows, {earlier.k}, coefficients, raw);
      if (!values.empty())
        scatter(giving, std::span(earlier.targets).subspan(first_target, slots), values.data(),
                inflow_->contributions(), traces);
      first_target += slots;
    }
  }
  inflow_->begin(traces);
  inflow_->end(traces);
  return traces;
}

void InterfaceLayer::give_values(const LocalClass& local, std::size_t stage, const Coefficients& coefficients,
                                 std::span<double> traces) {
  constexpr std::size_t together = 64;
  std::size_t first_target = 0;
  for (const auto& giving : local.giving) {
    const auto slots = giving.receivers.size();
    Matrix raw;
    for (std::size_t begin = 0; giving.stage == stage && begin < local.members.size(); begin += together) {
      const auto members =
          Members(local.members).subspan(begin, std::min(together, local.members.size() - begin));
      std::vector<int> networks;
      for (auto m : members) networks.push_back(local.network(own_[m].k, giving.part));
      const auto values = row_values(*giving.rows, networks, coefficients, raw);
      if (values.empty()) continue;
      for (std::size_t i = 0; i < members.size(); ++i)
        scatter(giving, std::span(own_[members[i]].targets).subspan(first_target, slots), values.column(i),
                stages_[stage].contributions(), traces);
    }
    first_target += slots;
  }
}

/// The conditions applied to the own networks of boxes of one class, without G: rows by boxes.
Matrix InterfaceLayer::own_traces(const LocalClass& local, Members members,
                                  const Coefficients& coefficients) const {
  Matrix result(local.weights.size(), members.size());
  for (std::size_t p = 0; p < local.parts.size(); ++p) {
    const auto& part = local.parts[p];
    std::vector<int> networks;
    for (auto m : members) networks.push_back(local.network(own_[m].k, p));
    Matrix raw;
    const auto values = row_values(*part.rows, networks, coefficients, raw);
    for (std::size_t i = 0; i < values.columns(); ++i)
      std::copy_n(values.column(i), values.rows(), result.column(i) + part.first_row);
  }
  return result;
}

void InterfaceLayer::add_jump(const LocalClass& local, const Coefficients& coefficients,
                              std::span<const double> traces, Jump& jump) const {
  constexpr std::size_t together = 1024;
  std::vector<double> lift;
  for (const auto& part : local.parts) {
    const auto of_part = part.rows->lift();
    lift.insert(lift.end(), of_part.begin(), of_part.end());
  }
  for (std::size_t begin = 0; begin < local.members.size(); begin += together) {
    const auto members =
        Members(local.members).subspan(begin, std::min(together, local.members.size() - begin));
    const auto fields = own_traces(local, members, coefficients);
    for (std::size_t i = 0; i < members.size(); ++i)
      for (std::size_t r = 0; r < lift.size(); ++r) {
        const double trace = traces[own_[members[i]].first_trace + r];
        jump.difference += std::pow(fields(r, i) - trace, 2);
        jump.trace += std::pow(trace + lift[r], 2);
      }
  }
}

Jump InterfaceLayer::jump(const Coefficients& coefficients) {
  const auto traces = given_traces(coefficients);
  Jump result;
  for (const auto& local : classes_) add_jump(local, coefficients, traces, result);
  result.difference = sum(case_.space.communicator(), result.difference);
  result.trace = sum(case_.space.communicator(), result.trace);
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
