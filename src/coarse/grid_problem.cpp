// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "coarse/grid_problem.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <algorithm>
#include <numeric>

namespace ddpinn {

bool GridStatement::uses(int field) const { return order_in(field) >= 0; }

int GridStatement::order_in(int field) const {
  int highest = -1;
  for (const auto& argument : arguments)
    if (argument.kind == Argument::Kind::field && argument.derivative.field == field)
      highest = std::max(highest, ddpinn::order(argument.derivative.alpha));
  return highest;
}

namespace {

GridStatement describe(const StatementGroup& group, const Statement& statement, int time) {
  GridStatement result{&group, &statement, statement.residual.arguments()};
  for (const auto& argument : result.arguments) {
    if (argument.kind != Argument::Kind::field) continue;
    result.order = std::max(result.order, order(argument.derivative.alpha));
    if (time >= 0)
      result.time_order =
          std::max<int>(result.time_order, argument.derivative.alpha[static_cast<std::size_t>(time)]);
  }
  return result;
}

/// How well an equation determines a field: by the order of its highest derivative, which outweighs any
/// number of lower ones; derivatives in time count twice.
double fitness(const GridStatement& statement, int field, int time) {
  double best = 0;
  for (const auto& argument : statement.arguments) {
    if (argument.kind != Argument::Kind::field || argument.derivative.field != field) continue;
    const auto& alpha = argument.derivative.alpha;
    double value = 1;
    for (int i = 0; i < order(alpha); ++i) value *= 100;
    if (time >= 0 && alpha[static_cast<std::size_t>(time)] > 0) value *= 2;
    best = std::max(best, value);
  }
  return best;
}

}  // namespace

GridProblem::GridProblem(const Model& model, const std::vector<int>& cells)
    : model_(&model), mesh_(model, cells), time_order_(model.fields.size(), 0) {
  if (!model.unknowns.empty())
    throw Error(Status::case_file,
                fmt::format("'{}' is unknown (a grid solves the equations for the fields alone, and takes no "
                            "notice of data); write its value into [parameters]",
                            model.unknowns.front().name));
  for (bool interior : {true, false})
    for (const auto& group : model.groups)
      if (group.interior == interior && !group.is_data())
        for (const auto& statement : group.statements)
          statements_.push_back(describe(group, statement, mesh_.time()));
  for (const auto& statement : statements_) {
    if (!statement.group->interior) continue;
    ++equations_;
    for (const auto& argument : statement.arguments)
      if (argument.kind == Argument::Kind::field && mesh_.time() >= 0) {
        auto& highest = time_order_[static_cast<std::size_t>(argument.derivative.field)];
        highest = std::max<int>(highest, argument.derivative.alpha[static_cast<std::size_t>(mesh_.time())]);
      }
  }
  check_interfaces();
  if (mesh_.time() >= 0) check_time();
}

std::size_t GridProblem::best_field(std::size_t equation) const {
  std::size_t best = 0;
  for (std::size_t f = 1; f < fields(); ++f)
    if (fitness(statements_[equation], static_cast<int>(f), mesh_.time()) >
        fitness(statements_[equation], static_cast<int>(best), mesh_.time()))
      best = f;
  return best;
}

void GridProblem::check_interfaces() const {
  for (const auto& s : statements_)
    if (s.group->interface)
      throw Error(Status::case_file, s.statement->at,
                  fmt::format("'{}' stands on an interface between materials (differences on the grid reach "
                              "across it, where derivatives jump); do without the grid",
                              s.statement->name));
}

void GridProblem::check_time() const {
  for (const auto& s : statements_) {
    if (s.time_order > 2)
      throw Error(Status::case_file, s.statement->at,
                  fmt::format("'{}' has a derivative of order {} in time (the grid marches in time by "
                              "backward differences of orders 1 and 2); introduce u_t as a field of its own",
                              s.statement->name, s.time_order));
    for (const auto& face : s.group->faces)
      if (face.direction == mesh_.time() && face.upper)
        throw Error(Status::case_file, s.statement->at,
                    fmt::format("'{}' stands on t.upper (the grid marches in time from t.lower on, and "
                                "does not know the end); give it on t.lower, or name the coordinate "
                                "otherwise than t",
                                s.statement->name));
  }
}

void GridProblem::reject_count(const std::vector<int>& active, const Point& x) const {
  std::vector<std::string> names;
  for (int s : active) names.push_back(statements_[static_cast<std::size_t>(s)].statement->name);
  throw Error(Status::case_file, statements_.front().statement->at,
              fmt::format("at ({:.6g}) there are {} equations ({}) for {} fields (differences on a grid need "
                          "one equation a field); check the keys `where` of the equations, or use the "
                          "least-squares solve alone",
                          fmt::join(x.begin(), x.begin() + mesh_.dimension(), ", "), active.size(),
                          fmt::join(names, ", "), fields()));
}

void GridProblem::reject_pressure(std::size_t field, const GridStatement& equation) const {
  const auto& name = model_->fields[field];
  throw Error(
      Status::case_file, equation.statement->at,
      fmt::format("{0} is in no equation of its own: '{1}', which is left for it, does not contain it (as "
                  "the pressure of an incompressible flow; with all fields at the same nodes {0} would "
                  "oscillate from node to node); add a small multiple of {0} or of its second "
                  "derivatives to '{1}' for the grid, or do without the grid",
                  name, equation.statement->name));
}

const std::vector<int>& GridProblem::equations_of_fields(const std::vector<int>& active,
                                                         const Point& x) const {
  const auto known = assignments_.find(active);
  if (known != assignments_.end()) return known->second;
  if (active.size() != fields()) reject_count(active, x);
  auto trial = active, best = active;
  double highest = -1;
  std::ranges::sort(trial);
  do {
    double total = 0;
    for (std::size_t f = 0; f < trial.size(); ++f)
      total += fitness(statements_[static_cast<std::size_t>(trial[f])], static_cast<int>(f), mesh_.time());
    if (total > highest) {
      highest = total;
      best = trial;
    }
  } while (std::ranges::next_permutation(trial).found);
  for (std::size_t f = 0; f < best.size(); ++f)
    if (!statements_[static_cast<std::size_t>(best[f])].uses(static_cast<int>(f)))
      reject_pressure(f, statements_[static_cast<std::size_t>(best[f])]);
  return assignments_[active] = best;
}

}  // namespace ddpinn
