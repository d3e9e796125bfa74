// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "grid/grid_problem.hpp"

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

double argument_at(const Argument& argument, const Point& x, const Point& normal, double step, double value) {
  const std::size_t index = argument.index;
  if (argument.kind == Argument::Kind::field || argument.kind == Argument::Kind::given) return value;
  if (argument.kind == Argument::Kind::normal) return normal[index];
  const double sign = argument.side == Side::plus ? 1 : argument.side == Side::minus ? -1 : 0;
  return x[index] + sign * step * normal[index];
}

namespace {

GridStatement describe(const StatementGroup& group, const Statement& statement, int time) {
  GridStatement result{&group, &statement, statement.residual.arguments()};
  for (const auto& argument : result.arguments) {
    if (argument.kind != Argument::Kind::field) continue;
    result.order = std::max(result.order, order(argument.derivative.alpha));
    if (time >= 0) result.time_order = std::max<int>(result.time_order, argument.derivative.alpha[time]);
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
    if (time >= 0 && alpha[time] > 0) value *= 2;
    best = std::max(best, value);
  }
  return best;
}

}  // namespace

GridProblem::GridProblem(const Model& model, const std::vector<int>& cells, int order)
    : model_(&model),
      mesh_(model, cells, order),
      parts_(model, mesh_),
      time_order_(model.fields.size(), 0),
      pressure_(model.fields.size(), 0) {
  if (!model.unknowns.empty())
    throw Error(Status::case_file,
                fmt::format("'{}' is unknown (a grid solves the equations for the fields alone, and takes no "
                            "notice of data); write its value into [parameters]",
                            model.unknowns.front().name));
  if (model.is_weak())
    throw Error(
        Status::case_file,
        "the case is stated by energies or conservation laws to solve (grids correct equations alone); write "
        "equations");
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
        auto& highest = time_order_[argument.derivative.field];
        highest = std::max<int>(highest, argument.derivative.alpha[mesh_.time()]);
      }
  }
  check_interfaces();
  if (mesh_.time() >= 0) check_time();
  find_pressures();
  if (order > 2) check_order(order);
  find_anchors();
  check_constants();
}

std::size_t GridProblem::best_field(std::size_t equation) const {
  std::size_t best = 0;
  for (std::size_t f = 1; f < fields(); ++f)
    if (fitness(statements_[equation], f, mesh_.time()) > fitness(statements_[equation], best, mesh_.time()))
      best = f;
  return best;
}

void GridProblem::check_interfaces() const {
  if (!model_->region.has_interfaces()) return;
  for (const auto& s : statements_)
    if (s.order > 2)
      throw Error(
          Status::case_file, s.statement->at,
          fmt::format("'{}' is of order {} (with interfaces between materials, differences on the grid "
                      "reach one node across them, which is enough for order 2); do without the grid",
                      s.statement->name, s.order));
}

void GridProblem::check_order(int order) const {
  const auto reject = [&](std::string_view what) {
    throw Error(Status::case_file,
                fmt::format("grid: differences of order {} know no {} (they are for smooth fields on boxes, "
                            "each with an equation of its own); leave out --order",
                            order, what));
  };
  if (model_->region.shapes() > 0) reject("shapes");
  if (model_->region.has_interfaces()) reject("interfaces between materials");
  for (std::size_t f = 0; f < fields(); ++f)
    if (is_pressure(f)) reject(fmt::format("pressure ({})", model_->fields[f]));
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
  for (int s : active) names.push_back(statements_[s].statement->name);
  throw Error(Status::case_file, statements_.front().statement->at,
              fmt::format("at ({:.6g}) there are {} equations ({}) for {} fields (differences on a grid need "
                          "one equation a field); check the keys `where` of the equations, or use the "
                          "least-squares solve alone",
                          fmt::join(x.begin(), x.begin() + mesh_.dimension(), ", "), active.size(),
                          fmt::join(names, ", "), fields()));
}

void GridProblem::reject_field(std::size_t field, const GridStatement& equation) const {
  const auto& name = model_->fields[field];
  throw Error(
      Status::case_file, equation.statement->at,
      fmt::format("{0} is in no equation of its own: '{1}', which is left for it, does not contain it, "
                  "and it is no pressure either (the equations of other fields do not contain its "
                  "first derivatives everywhere); add a term with {0} to '{1}', or do without the grid",
                  name, equation.statement->name));
}

std::vector<int> GridProblem::best_equations(std::vector<int> trial) const {
  auto best = trial;
  double highest = -1;
  std::ranges::sort(trial);
  do {
    double total = 0;
    for (std::size_t f = 0; f < trial.size(); ++f) total += fitness(statements_[trial[f]], f, mesh_.time());
    if (total > highest) {
      highest = total;
      best = trial;
    }
  } while (std::ranges::next_permutation(trial).found);
  return best;
}

bool GridProblem::is_anchor(int statement) const {
  return std::ranges::any_of(anchors_, [&](const auto& anchor) { return anchor.statement == statement; });
}

/// Equations that hold in places only are left out: what they determine differs from node to node.
void GridProblem::find_pressures() {
  std::vector<int> all;
  for (std::size_t k = 0; k < equations_; ++k)
    if (!statements_[k].group->where) all.push_back(k);
  if (all.size() != fields()) return;
  const auto own = best_equations(all);
  for (std::size_t f = 0; f < fields(); ++f) {
    const int field = f;
    const bool elsewhere =
        std::ranges::any_of(all, [&](int k) { return statements_[k].order_in(field) == 1; });
    pressure_[f] = elsewhere && !statements_[own[f]].uses(field) ? 1 : 0;
  }
}

void GridProblem::find_anchors() {
  for (std::size_t k = equations_; k < statements_.size(); ++k) {
    bool fixes = !statements_[k].group->points.empty();
    for (std::size_t f = 0; f < fields(); ++f)
      fixes = fixes && (pressure_[f] != 0 || !statements_[k].uses(f));
    if (!fixes) continue;
    for (auto x : statements_[k].group->points) {
      if (mesh_.time() >= 0) x[mesh_.time()] = 0;
      const GridAnchor anchor{static_cast<int>(k), x};
      const bool known = std::ranges::any_of(
          anchors_, [&](const auto& a) { return a.statement == anchor.statement && a.x == x; });
      if (!known) anchors_.push_back(anchor);
    }
  }
}

/// A derivative of a pressure leaves a constant free.
void GridProblem::check_constants() const {
  for (std::size_t f = 0; f < fields(); ++f) {
    if (!is_pressure(f) || model_->enforcement[f]) continue;
    const bool fixed = std::ranges::any_of(statements_, [&](const auto& s) {
      return std::ranges::any_of(s.arguments, [&](const auto& a) {
        return a.kind == Argument::Kind::field && std::cmp_equal(a.derivative.field, f) &&
               order(a.derivative.alpha) == 0;
      });
    });
    if (!fixed)
      throw Error(Status::case_file, statements_.front().statement->at,
                  fmt::format("{0} is determined up to a constant (only its derivatives are in equations and "
                              "conditions); give it at a point, by a condition with points",
                              model_->fields[f]));
  }
}

const std::vector<int>& GridProblem::equations_of_fields(const std::vector<int>& active,
                                                         const Point& x) const {
  const auto known = assignments_.find(active);
  if (known != assignments_.end()) return known->second;
  if (active.size() != fields()) reject_count(active, x);
  const auto best = best_equations(active);
  for (std::size_t f = 0; f < best.size(); ++f)
    if (const auto& own = statements_[best[f]]; !own.uses(f) && !is_pressure(f)) reject_field(f, own);
  return assignments_[active] = best;
}

}  // namespace ddpinn
