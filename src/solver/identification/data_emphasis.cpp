// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "solver/identification/data_emphasis.hpp"

#include "assembly/row_weights.hpp"
#include "parallel/agree.hpp"
#include "solver/nonlinear/linear_step.hpp"
#include "solver/nonlinear/met_rows.hpp"
#include "solver/solution_record.hpp"

#include <fmt/format.h>

#include <cmath>
#include <limits>

namespace ddpinn {

namespace {

/// Root mean square misfit in standard deviations from which on data are overruled. Errors alone give one,
/// and that to 1 / sqrt(2 count).
double overruled(double count) { return 1 + std::min(0.5, 5 / std::sqrt(2 * count)); }

/// From which on unknowns are not those that the data tell.
constexpr double contradicted = 3;

/// Part of the misfit that must be gone in the end. Data that contradict the equations lose little of it
/// however much they count, and would only spoil the equations.
constexpr double helped = 0.5;

constexpr double more = 3;    ///< that they count in a step
constexpr double most = 1e4;  ///< as much as conditions

/// Root mean square in standard deviations, and how many observations have one.
struct Misfit {
  double size = 0;
  double count = 0;

  bool too_large() const { return count > 0 && size > overruled(count); }
};

/// @note Collective.
Misfit misfit(const Communicator& comm, const Rows& rows, const std::vector<FieldValues>& fields) {
  const auto residual = collectively(comm, [&] { return rows.residual(fields); });
  const auto noise = rows.noise();
  std::vector<double> sums(2, 0.0);
  for (std::size_t r = 0; r < noise.size(); ++r) {
    if (noise[r] == 0) continue;
    sums[0] += std::pow(residual[r] / noise[r], 2);
    sums[1] += 1;
  }
  sum(comm, sums);
  return {sums[1] > 0 ? std::sqrt(sums[0] / sums[1]) : 0, sums[1]};
}

/// Has the rows as they were when this was their solution.
void return_to(Rows& rows, const Solution& solution) {
  rows.set_data_emphasis(solution.data_emphasis);
  rows.set_unknowns(solution.field.unknowns());
  weighted_objective(rows.space().communicator(), rows, solution.fields);
}

/// What has been found by how much data count.
struct Passes {
  Solution solution, first;
  Misfit left = {}, of_first = {};
};

/// Of the solves so far, whose linear problems are not needed any more. @note Collective.
void put(Journal& journal, const Rows& rows, Passes& passes) {
  if (!journal.is_kept()) return;
  auto record = record_of_all(rows, passes.solution);
  record.numbers["misfits"] = {passes.left.size, passes.left.count, passes.of_first.size,
                               passes.of_first.count};
  journal.put("data", std::move(record));
  journal.put("data/first", record_of_all(rows, passes.first));
}

/// @note Collective.
Passes passes_from(Journal& journal, Rows& rows, const Record& record) {
  auto first = all_of_solution_from(rows, *journal.take("data/first"), journal);
  auto solution = all_of_solution_from(rows, record, journal);
  const auto& numbers = record.numbers.at("misfits");
  return {
      std::move(solution), std::move(first), {numbers.at(0), numbers.at(1)}, {numbers.at(2), numbers.at(3)}};
}

}  // namespace

Solution solve_with_data(const Communicator& comm, Rows& rows, const Monitor& monitor, Start start,
                         const std::function<Solution(Start)>& solve) {
  auto& journal = journal_of(monitor);
  const auto solve_in_scope = [&](Start from) {
    const auto scope = journal.enter("data");
    return solve(std::move(from));
  };
  const auto first_pass = [&]() -> Passes {
    if (const auto* record = journal.take("data")) return passes_from(journal, rows, *record);
    auto found = solve_in_scope(std::move(start));
    if (smallest_deviation(rows.model(), rows.family()) == 0) return {found, std::move(found)};
    const auto of_found = misfit(comm, rows, found.fields);
    return {found, std::move(found), of_found, of_found};
  };
  auto passes = first_pass();
  auto& [solution, first, left, of_first] = passes;
  while (left.too_large() && solution.data_emphasis < most && !monitor.stop()) {
    solution.problem.reset();
    first.problem.reset();
    put(journal, rows, passes);
    const double before = solution.data_emphasis;
    rows.set_data_emphasis(more * before);
    auto next = solve_in_scope({solution});
    next.nonlinear_iterations += solution.nonlinear_iterations;
    next.krylov_iterations += solution.krylov_iterations;
    if (monitor.stop() || worst_unmet(rows, next)) {
      return_to(rows, solution);
      break;
    }
    left = misfit(comm, rows, next.fields);
    solution = std::move(next);
    solution.data_emphasis = more * before;
    if (comm.rank() == 0 && monitor.message)
      monitor.message(fmt::format(
          "data count {:.0f} times more than usual: they are missed by {:.3g} standard deviations",
          solution.data_emphasis, left.size));
  }
  if (solution.data_emphasis > 1 && left.size > helped * of_first.size) {
    solution = first;
    left = of_first;
    return_to(rows, solution);
  }
  if (!rows.model().unknowns.empty() && left.size > contradicted && solution.converged) {
    solution.converged = false;
    solution.stop_reason =
        fmt::format("the iteration has ended where data are missed by {:.1f} standard deviations ({})",
                    left.size, solution.stop_reason);
  }
  return std::move(solution);
}

double smallest_noise(const Rows& rows) {
  double least = std::numeric_limits<double>::infinity();
  for (double noise : rows.noise())
    if (noise > 0) least = std::min(least, noise);
  least = min(rows.space().communicator(), least);
  return std::isfinite(least) ? least : 0;
}

}  // namespace ddpinn
