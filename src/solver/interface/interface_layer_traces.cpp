// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
// Who gives traces to whom, and what these are.
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
    traces.emplace(
        k, traces_of(c.rule, c.space.model().region, c.space.decomposition(), k, c.points.boundary, c.robin));

  std::vector<double> rows(c.space.owner().size(), 0.0);
  for (int k : owned) rows[k] = traces.at(k).rows;
  sum(c.space.communicator(), rows);
  layout_ = std::make_unique<DofLayout>(c.space.owner(), std::vector<std::size_t>(rows.begin(), rows.end()),
                                        c.space.communicator());
  trace_rows_ = layout_->total();

  const std::size_t stages = c.rule.options.order == SubdomainOrder::multiplicative
                                 ? std::size_t{1} << c.space.decomposition().dimension()
                                 : 1;
  for (std::size_t s = 0; s < stages; ++s) stages_.emplace_back(c.space.communicator(), *layout_);
  inflow_ = std::make_unique<TraceExchange>(c.space.communicator(), *layout_);
  for (int k : owned) own_.emplace_back().k = k;
  create_own(traces);
  for (auto& own : own_)
    for (auto& part : own.parts)
      if (c.space.decomposition()[part.k].live) create_giving(part.k, traces, part.giving);
  for (int box : owned_before)
    for (int k : c.space.decomposition().sheets(box)) create_giving(k, traces, before_[k]);
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
  return neighbourhood(case_.space.decomposition(), k, case_.rule.time, time_offset);
}

/// Subdomains of one colour do not touch; time has no colours, since a layer is solved at once.
std::size_t InterfaceLayer::stage_of(int k) const {
  if (stages_.size() == 1) return 0;
  std::size_t colour = 0;
  for (int d = 0; d < case_.space.decomposition().dimension(); ++d)
    if (d != case_.rule.time)
      colour = 2 * colour + static_cast<std::size_t>(case_.space.decomposition()[k].cell[d] % 2);
  return colour;
}

void InterfaceLayer::create_own(const std::map<int, Traces>& all) {
  for (auto& own : own_) {
    own.stage = stage_of(own.k);
    own.first_trace = layout_->local_offset(own.k);
    const auto& traces = all.at(own.k);
    for (int k : case_.space.decomposition().parts(own.k)) {
      auto& part = own.parts.emplace_back();
      part.k = k;
      part.first_row = own.weights.size();
      part.rows = std::make_unique<TraceRows>(case_.space.model(), case_.space.decomposition(), k);
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
      const auto weights = part.rows->weights(case_.space.family());
      own.weights.insert(own.weights.end(), weights.begin(), weights.end());
    }
  }
}

/// What subdomain k gives to the rows of its neighbours, by stage; to those of the next layer in time where k
/// is of the layer before.
void InterfaceLayer::create_giving(int k, const std::map<int, Traces>& all, std::vector<Giving>& giving) {
  const bool inflow = !std::ranges::binary_search(members_, case_.space.decomposition()[k].first);
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
          if (!rows) rows = std::make_unique<TraceRows>(case_.space.model(), case_.space.decomposition(), k);
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
      const auto values = part.rows->values(case_.space.family().network(k), found->second);
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
    std::ranges::copy(part.rows->values(case_.space.family().network(part.k), found->second),
                      result.begin() + part.first_row);
  }
  return result;
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
