// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "solver/nonlinear/met_rows.hpp"

#include "parallel/agree.hpp"
#include "space/field_values.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <span>

namespace ddpinn {

namespace {

/// From which part of its terms on a residual says that a statement is not met.
constexpr double poor = 0.1;

/// Size of a derivative, relative to that of fields which vary over the whole domain, below which it is
/// rounding: where all terms of a statement vanish, a residual is no part of them.
constexpr double least_part = 1e-3;

/// By all statements in the order of the groups, which is the same on every rank.
template <class Visit>
void for_statements(const Rows& rows, Visit&& visit) {
  const auto& groups = rows.rows().groups;
  for (std::size_t g = 0; g < groups.size(); ++g)
    for (const auto& statement : groups[g].statements->statements) visit(g, statement);
}

StatementValues linearised(const Rows& rows, const std::vector<FieldValues>& fields, std::size_t g,
                           const Statement& statement) {
  return evaluate(statement, rows.rows().groups[g], fields[g], rows.unknowns(), rows.model(), true);
}

/// Root mean squares of fields and derivatives over the equations' points.
class Sizes {
 public:
  Sizes(const Rows& rows, const Solution& solution) : box_(rows.model().region.box()) {
    const auto values = values_of_fields(rows.model());
    auto field = solution.field;
    field.complete();
    for (std::size_t g = 0; g < solution.fields.size(); ++g) {
      const auto& group = rows.rows().groups[g];
      if (!is_equation(*group.statements)) continue;
      add(group.derivatives, solution.fields[g], group.points);
      const auto points = field.points(group.points, values);
      add(values, field.at(points), points.points);
    }
    for (const auto& [key, square] : squares_) {
      std::vector<double> all{square.first, square.second};
      sum(rows.space().communicator(), all);
      const double size = all[1] > 0 ? std::sqrt(all[0] / all[1]) : 0;
      sizes_[key] = size;
      if (key.second == MultiIndex{}) largest_ = std::max(largest_, size);
    }
  }

  /// Of one that vanishes, what rounding makes of it.
  double of(const Derivative& derivative) const {
    const double least = least_part * over_widths(largest_, box_, derivative.alpha);
    const auto found = sizes_.find({derivative.field, derivative.alpha});
    if (found == sizes_.end()) return over_widths(largest_, box_, derivative.alpha);
    return std::max(least, found->second);
  }

  static bool is_equation(const StatementGroup& group) { return group.interior && group.points.empty(); }

 private:
  void add(const std::vector<Derivative>& derivatives, const FieldValues& fields, const PointSet& points) {
    for (std::size_t a = 0; a < derivatives.size(); ++a) {
      auto& [square, measure] = squares_[{derivatives[a].field, derivatives[a].alpha}];
      for (std::size_t i = 0; i < points.size(); ++i) {
        square += points.measure[i] * fields[a][i] * fields[a][i];
        measure += points.measure[i];
      }
    }
  }

  using Key = std::pair<int, MultiIndex>;

  const Box& box_;
  double largest_ = 0;
  std::map<Key, std::pair<double, double>> squares_;  ///< times measure, and the measure; of this rank
  std::map<Key, double> sizes_;
};

/// Of a statement's residuals, and of its terms.
void add_squares(const StatementValues& values, const PointGroup& group, const Sizes& sizes,
                 std::span<double, 2> squares) {
  for (std::size_t i = 0; i < values.residual.size(); ++i) {
    double terms = 0;
    for (std::size_t a = 0; a < values.derivative.size(); ++a)
      if (!values.derivative[a].empty())
        terms += std::abs(values.derivative[a][i]) * sizes.of(group.derivatives[a]);
    squares[0] += group.points.measure[i] * values.residual[i] * values.residual[i];
    squares[1] += group.points.measure[i] * terms * terms;
  }
}

/// The largest derivative at any point; infinite where one is not finite.
double steepest(const StatementValues& values) {
  double result = 0;
  for (const auto& column : values.derivative)
    for (double slope : column) result = std::isfinite(slope) ? std::max(result, std::abs(slope)) : HUGE_VAL;
  return result;
}

}  // namespace

bool can_start(const Rows& rows, const std::vector<FieldValues>& fields) {
  const auto& comm = rows.space().communicator();
  std::vector<double> steep;
  try {
    collectively(comm, [&] {
      for_statements(rows, [&](std::size_t g, const Statement& statement) {
        if (!statement.residual.affine_in_fields())
          steep.push_back(steepest(linearised(rows, fields, g, statement)));
      });
    });
  } catch (const AgreedError& error) {
    if (error.status() != Status::numerical) throw;
    return false;
  }
  return std::ranges::all_of(steep, [&](double local) {
    const double all = max(comm, local);
    return all > 0 && std::isfinite(all);
  });
}

std::optional<Unmet> worst_unmet(const Rows& rows, const Solution& solution) {
  const auto& comm = rows.space().communicator();
  const Sizes sizes(rows, solution);
  std::vector<std::string> names;
  std::vector<double> squares;
  collectively(comm, [&] {
    for_statements(rows, [&](std::size_t g, const Statement& statement) {
      const auto& group = rows.rows().groups[g];
      if (group.statements->is_data()) return;
      const auto values = linearised(rows, solution.fields, g, statement);
      names.push_back(statement.name);
      squares.insert(squares.end(), {0, 0});
      add_squares(values, group, sizes, std::span(squares).last<2>());
    });
  });
  sum(comm, squares);
  std::optional<Unmet> worst;
  for (std::size_t s = 0; s < names.size(); ++s) {
    const double residual = std::sqrt(squares[2 * s]), terms = std::sqrt(squares[2 * s + 1]);
    const double relative = residual > 0 ? residual / (residual + terms) : 0;
    if (relative > poor && (!worst || relative > worst->relative)) worst = {names[s], relative};
  }
  return worst;
}

void require_solution(const Rows& rows, Solution& solution) {
  if (!solution.converged) return;
  const auto unmet = worst_unmet(rows, solution);
  if (!unmet) return;
  solution.converged = false;
  solution.stationary = true;
  solution.stop_reason = fmt::format(
      "the iteration has ended where '{}' is not met, its residual being {:.0f} % of its terms ({})",
      unmet->name, 100 * unmet->relative, solution.stop_reason);
}

}  // namespace ddpinn
