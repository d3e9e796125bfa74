// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "run/collect.hpp"

#include "problem/forward_problem.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace ddpinn {

namespace {

void identify(Result& result, const Problem& problem, const std::vector<double>& values,
              const std::vector<double>& standard_errors) {
  for (std::size_t i = 0; i < values.size(); ++i)
    result.identified.push_back({problem.unknowns[i].name, values[i], standard_errors[i]});
}

/// Residual and number of all rows, with those of one part more.
void add_rows(Result& result, const Solution& solution) {
  const auto squares = [](double residual, long long rows) { return residual * residual * rows; };
  const double all = squares(result.residual, result.rows) + squares(solution.residual, solution.rows);
  result.rows += solution.rows;
  result.residual = std::sqrt(all / static_cast<double>(std::max(1LL, result.rows)));
}

}  // namespace

void collect(Result& result, const Solution& solution, const TimePart& part, int slab, int slabs) {
  if (slab == 0 || result.converged)
    result.stop_reason = slabs == 1
                             ? solution.stop_reason
                             : fmt::format("time slab {} of {}: {}", slab + 1, slabs, solution.stop_reason);
  const auto& time = part.slab();
  if (slab == 0 && slabs > 1) result.solved_until = time.lower;
  result.converged = solution.converged && (slab == 0 || result.converged);
  if (slabs > 1 && result.converged) result.solved_until = time.upper;
  result.nonlinear_iterations += solution.nonlinear_iterations;
  result.iterations += solution.krylov_iterations;
  add_rows(result, solution);
  result.subdomains += part.space().decomposition().live();
  result.unknowns += solution.unknowns;
  if (solution.congruent) ++result.congruent_slabs;
  result.bytes_exchanged += solution.bytes_exchanged;
  result.interface = solution.interface;
  if (solution.energy) result.energy = result.energy.value_or(0) + *solution.energy;
  result.scale = part.field().space().family().scale;
  result.data_rows += observations(part.problem());
  identify(result, part.problem(), solution.field.unknowns(), solution.standard_errors);
}

void collect(Result& result, const IdentificationRun& run, const Problem& problem) {
  const auto& fit = run.fit;
  result.stop_reason =
      fit.converged ? fmt::format("{}; {}", fit.stop_reason, result.stop_reason) : fit.stop_reason;
  result.converged = result.converged && fit.converged;
  result.nonlinear_iterations = fit.iterations;
  result.iterations = run.krylov_iterations;
  result.forward_solves = run.solves;
  result.data_rows += observations(problem);
  identify(result, problem, fit.values, fit.standard_errors);
}

void collect_end(Result& result, const TimeSlab& last, int solved, int slabs) {
  const bool cut = solved < slabs;
  if (cut && result.converged)
    result.stop_reason = fmt::format("a signal or the time limit, after time slab {} of {}", solved, slabs);
  result.converged = result.converged && !cut;
  if (result.converged || !result.solved_until) return;
  result.stop_reason += fmt::format("; the fields are solutions up to t = {:.6g}", *result.solved_until);
  if (!cut) return;
  result.stop_reason += last.upper > *result.solved_until
                            ? fmt::format(", not converged from there, and NaN after t = {:.6g}", last.upper)
                            : ", and NaN after that";
}

}  // namespace ddpinn
