// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "solver/nonlinear/met_rows.hpp"

#include "assembly/misfit.hpp"
#include "parallel/agree.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace ddpinn {

namespace {

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
  auto field = solution.field;
  field.complete();
  std::optional<Unmet> worst;
  for (const auto& [name, misfit] : misfits(rows, solution.fields, field))
    if (!misfit.data && misfit.relative > std::max(Misfit::poor, worst ? worst->relative : 0))
      worst = {name, misfit.relative};
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
