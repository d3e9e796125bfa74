// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "solver/interface/transmission.hpp"

#include "assembly/box_rows.hpp"
#include "assembly/rows.hpp"

#include <ddpinn/error.hpp>

#include <algorithm>
#include <cmath>
#include <numbers>
#include <numeric>

namespace ddpinn {

namespace {

Location place_of(const Problem& problem, const std::string& statement) {
  for (const auto& equation : problem.equations)
    if (equation.name == statement) return equation.residual.at;
  return {};
}

[[noreturn]] void unfit(const Location& at, const std::string& what, const std::string& why) {
  throw Error(Status::case_file, at,
              what + " with coupling = \"interface\" (" + why + "); use coupling = \"windowed\"");
}

void require_fit(const Problem& problem, const std::string& statement, int field, int direction, bool time,
                 int order) {
  const auto& name = problem.fields[field];
  const auto& coordinate = problem.domain.coordinates[direction];
  const auto at = place_of(problem, statement);
  if (time && order > 2)
    unfit(at, "'" + name + "' is differentiated " + std::to_string(order) + " times by " + coordinate,
          "subdomains start from the value and the first derivative at their lower face in time");
  if (!time && order % 2 == 1)
    unfit(at,
          "'" + name + "' has no more than " + std::to_string(order) + " derivative" +
              (order > 1 ? "s" : "") + " by " + coordinate,
          "an odd order needs conditions on one side only, which depends on the characteristics; orders two "
          "and four have one and two conditions on each side");
}

/// Highest order of a field's derivatives by direction, and a statement that has it.
struct Highest {
  std::array<int, max_dimension> order{};
  std::array<std::string, max_dimension> statement;
};

std::vector<Highest> highest_orders(const Model& model) {
  std::vector<Highest> result(model.fields.size());
  for (const auto& group : model.groups) {
    if (!group.interior) continue;
    for (const auto& statement : group.statements)
      for (const auto& argument : statement.residual.arguments()) {
        if (argument.kind != Argument::Kind::field) continue;
        auto& [order, names] = result[argument.derivative.field];
        for (int d = 0; d < max_dimension; ++d)
          if (argument.derivative.alpha[d] > order[d]) {
            order[d] = argument.derivative.alpha[d];
            names[d] = statement.name;
          }
      }
  }
  return result;
}

/// Means of a linearised statement's coefficients over its points.
class Coefficients {
 public:
  Coefficients(const PointGroup& group, const GroupBasis::Linearised& linearised, int field)
      : group_(group), linearised_(linearised), field_(field) {}

  double operator()(const MultiIndex& alpha) const {
    for (std::size_t a = 0; a < linearised_.size(); ++a)
      if (group_.derivatives[a] == Derivative{field_, alpha} && !linearised_[a].empty())
        return std::accumulate(linearised_[a].begin(), linearised_[a].end(), 0.0) /
               static_cast<double>(linearised_[a].size());
    return 0;
  }

 private:
  const PointGroup& group_;
  const GroupBasis::Linearised& linearised_;
  int field_;
};

MultiIndex along(int direction, int order) {
  MultiIndex alpha{};
  alpha[direction] = order;
  return alpha;
}

/// The coefficients of one field's equation, relative to that of its second derivative across a face.
struct Operator {
  double tangential = 1;  ///< largest a'/a
  double advection = 0;   ///< b/a, along the coordinate
  double reaction = 0;    ///< c/a, and what the time derivative adds
};

Operator operator_across(const Rows& local, const Linearisation& linear, int field, int direction,
                         const TransmissionRule& rule, double duration) {
  Operator result;
  double largest = 0;
  for (std::size_t g = 0; g < local.rows().groups.size(); ++g) {
    const auto& group = local.rows().groups[g];
    if (!group.statements->interior) continue;
    for (const auto& linearised : linear.derivative[g]) {
      const Coefficients mean(group, linearised, field);
      const double second = mean(along(direction, 2));
      if (std::abs(second) <= largest) continue;
      largest = std::abs(second);
      result = {0, -mean(along(direction, 1)) / second, std::max(0.0, -mean({}) / second)};
      for (int d = 0; d < group.space.dimension(); ++d)
        if (d != direction && d != rule.time)
          result.tangential = std::max(result.tangential, mean(along(d, 2)) / second);
      if (rule.time >= 0) result.reaction += std::abs(mean(along(rule.time, 1)) / second) / duration;
    }
  }
  return result;
}

/// With a grid, which carries information far, iterations with Dirichlet traces are fewer, and the same in
/// number on any number of subdomains: on a case in two dimensions 11 against 18 with Robin traces. Without
/// one these are better: 19.
TransmissionCondition chosen_transmission(const InterfaceOptions& options, bool grid) {
  return grid && !options.robin_parameter ? TransmissionCondition::dirichlet : TransmissionCondition::robin;
}

/// The width of the overlap behind a face.
double overlap_width(const Decomposition& decomposition, int k, int direction, bool upper) {
  const auto& axis = decomposition.axis(0, direction);
  const int cell = decomposition[k].cell[direction], n = axis.cells();
  const int next = (cell + (upper ? 1 : n - 1)) % n;
  const double own =
      upper ? axis.box_upper(cell) - axis.core_upper(cell) : axis.core_lower(cell) - axis.box_lower(cell);
  const double other =
      upper ? axis.core_lower(next) - axis.box_lower(next) : axis.box_upper(next) - axis.core_upper(next);
  return own + other;
}

}  // namespace

TransmissionRule transmission_rule(const Problem& problem, const Model& model,
                                   const InterfaceOptions& options, const std::vector<int>& coarse) {
  TransmissionRule rule{options, -1, {}};
  const auto& coordinates = problem.domain.coordinates;
  for (std::size_t d = 0; d < coordinates.size(); ++d)
    if (coordinates[d] == "t") rule.time = d;
  if (rule.time >= 0 && problem.domain.periodic[rule.time])
    unfit(problem.equations.front().residual.at, "time is periodic", "subdomains are solved forward in time");
  if (options.transmission == TransmissionCondition::automatic)
    rule.options.transmission = chosen_transmission(options, !coarse.empty() && rule.time < 0);
  const auto highest = highest_orders(model);
  for (std::size_t f = 0; f < highest.size(); ++f) {
    for (int d = 0; d < model.dimension(); ++d)
      require_fit(problem, highest[f].statement[d], f, d, d == rule.time, highest[f].order[d]);
    rule.order.push_back(highest[f].order);
  }
  return rule;
}

std::vector<TraceCondition> trace_conditions(const TransmissionRule& rule, int direction, bool upper,
                                             const std::vector<double>& robin) {
  std::vector<TraceCondition> conditions;
  const bool time = direction == rule.time;
  if (time && upper) return conditions;
  for (std::size_t f = 0; f < rule.order.size(); ++f) {
    const int field = f, order = rule.order[f][direction];
    const bool pair = time ? order == 2 : order == 4;
    if (order == 0) continue;
    if (pair || time || rule.options.transmission == TransmissionCondition::dirichlet)
      conditions.push_back({field, 1, 0});
    if (pair || (!time && rule.options.transmission == TransmissionCondition::neumann))
      conditions.push_back({field, 0, 1});
    if (!pair && !time && rule.robin()) conditions.push_back({field, robin[f], 1});
  }
  return conditions;
}

std::vector<std::vector<double>> robin_parameters(const TransmissionRule& rule, const Space& space, int k) {
  const auto& model = space.model();
  const auto& decomposition = space.decomposition();
  const int dimension = model.dimension();
  std::vector<std::vector<double>> result(2 * dimension, std::vector<double>(model.fields.size(), 0.0));
  if (!rule.robin()) return result;
  if (rule.options.robin_parameter) {
    for (auto& face : result) std::ranges::fill(face, *rule.options.robin_parameter);
    return result;
  }
  const auto& box = decomposition[k].box;
  const Rows local(
      space, draw_box(model, decomposition, {k}, {std::vector<int>(dimension, 2), 1, Sampling::uniform, 1}));
  const auto linear = local.linearise(local.lift());
  const double duration = rule.time >= 0 ? box.width(rule.time) : 1;
  for (int d = 0; d < dimension; ++d) {
    if (d == rule.time) continue;
    double width = 0;
    for (int e = 0; e < dimension; ++e)
      if (e != d && e != rule.time) width = std::max(width, box.width(e));
    const double frequency = width > 0 ? std::numbers::pi / width : 0, reach = 1 / box.width(d);
    for (std::size_t f = 0; f < model.fields.size(); ++f) {
      const auto across = operator_across(local, linear, f, d, rule, duration);
      const double s = std::sqrt(reach * reach + across.tangential * frequency * frequency + across.reaction +
                                 across.advection * across.advection / 4);
      for (const bool upper : {false, true}) {
        const double overlap = overlap_width(decomposition, k, d, upper);
        const double outflow = (upper ? 1 : -1) * across.advection / 2;
        result[2 * d + (upper ? 1 : 0)][f] = std::max(s, std::cbrt(s * s / (2 * overlap))) - outflow;
      }
    }
  }
  return result;
}

}  // namespace ddpinn
