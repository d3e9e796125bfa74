// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "judge/correction.hpp"

#include "judge/enriched_coordinates.hpp"
#include "parallel/agree.hpp"
#include "parallel/square_sum.hpp"
#include "solver/identification/identification.hpp"

#include <algorithm>
#include <cmath>
#include <functional>

namespace ddpinn {

namespace {

constexpr double unknown_condition = 1e4;

/// How a correction is solved for. It needs no more digits than one, but the norm of the stopping test weighs
/// parts of it by the roots of their eigenvalues. Preconditioned by two levels these lie within a factor of a
/// hundred in most problems; where errors grow, as along an exponential, there is a mode with a far smaller
/// one, and its part of the correction, which can be all that matters, comes last. Problems that are small
/// are then factorised.
/// What data say of the model's unknowns is a small part of the rows: it takes the digits of a solve.
/// @param condition of the preconditioned normal matrix, as the solve before has seen it; unknown_condition
/// of a problem that was not solved before
SolverOptions rough(SolverOptions options, const Rows& rich, double condition, std::size_t unknowns) {
  constexpr double usual = 100;
  constexpr std::size_t small = 20000;
  if (rich.model().is_weak()) options.krylov.type = KrylovType::cg;
  if (rich.model().unknowns.empty()) options.tolerance = 1e-2 * std::min(1.0, usual / condition);
  if (condition > usual && unknowns <= small) options.krylov.preconditioner = PreconditionerType::direct;
  return options;
}

/// A linearised least-squares problem of a richer space.
struct Enriched {
  const JacobianOperator& jacobian;
  const Preconditioner& preconditioner;
  const SolverOptions& how;
  std::function<Field(::Vec)> expand;  ///< from its unknowns to output coefficients
};

/// Adds to y what the unknowns change by, and says what is left uncertain of them.
/// @param y solution for the unknowns as they are
std::vector<Field> correct_unknowns(const Communicator& comm, const Enriched& enriched, const Rows& rich,
                                    const Linearisation& linear, ::Vec y, const Monitor& monitor) {
  const Border border(enriched.jacobian, enriched.preconditioner, enriched.how, linear.unknowns, monitor, 1);
  const auto left = [&](const std::vector<double>& change) {
    std::vector<double> rows(linear.residual.size());
    enriched.jacobian.multiply(y, rows);
    for (std::size_t r = 0; r < rows.size(); ++r) {
      rows[r] += linear.residual[r];
      for (std::size_t i = 0; i < change.size(); ++i) rows[r] += change[i] * linear.unknowns[i][r];
    }
    return rows;
  };
  const auto add = [&](const std::vector<double>& change, ::Vec to) {
    for (std::size_t i = 0; i < change.size(); ++i) petsc::check(VecAXPY(to, change[i], border.answers()[i]));
  };
  const auto [lower, upper] = room(rich.model().unknowns, rich.unknowns());
  const auto change = border.solve(left({}), lower, upper, Border::least_damping);
  add(change, y);
  const auto rest = left(change);
  const long long freedom =
      sum(comm, rich.rows().count) - enriched.jacobian.layout().total() - std::ssize(change);
  const double deviation = std::sqrt(square_sum(comm, rest) / std::max(1LL, freedom));
  std::vector<Field> uncertain;
  for (const auto& direction : deviations(border.covariance(row_errors(rich, rest, deviation)))) {
    const auto answer = enriched.jacobian.create_unknowns();
    add(direction, answer);
    uncertain.push_back(enriched.expand(answer));
  }
  return uncertain;
}

Correction solve(const Communicator& comm, const Enriched& enriched, const Rows& rich,
                 const Linearisation& linear, const Monitor& monitor) {
  const auto y = enriched.jacobian.create_unknowns();
  const auto found = solve_least_squares(enriched.jacobian, enriched.preconditioner, enriched.how,
                                         linear.residual, y, monitor, 1);
  std::vector<Field> uncertain;
  if (!linear.unknowns.empty()) uncertain = correct_unknowns(comm, enriched, rich, linear, y, monitor);
  return {enriched.expand(y), found.converged, std::move(uncertain)};
}

/// Of a weak form: solved for in passes, each of which takes over as multipliers what the springs of the
/// conditions were stretched by.
/// @param gradient of the weak form, by block @param transforms from the unknowns to coefficients, by block
Correction solve_weak_form(const Communicator& comm, JacobianOperator& jacobian, const Enriched& enriched,
                           const std::vector<std::vector<double>>& gradient,
                           const std::vector<Matrix>& transforms, const Rows& rich,
                           const Linearisation& linear, const Monitor& monitor) {
  constexpr int passes = 3;
  if (any(comm, !linear.form.symmetric())) jacobian.set_form(linear.form, false);
  const auto y = jacobian.create_unknowns(), more = jacobian.create_unknowns(),
             forces = jacobian.create_unknowns();
  petsc::check(VecZeroEntries(y));
  petsc::check(VecZeroEntries(forces));
  jacobian.add_compressed(gradient, transforms, forces);
  auto right = linear.residual, image = right;
  const auto conditions = rich.condition_rows();
  bool converged = true;
  for (int pass = 0; pass < passes; ++pass) {
    const auto found =
        solve_least_squares(jacobian, enriched.preconditioner, enriched.how, right, more, monitor, 1, forces);
    converged = converged && found.converged;
    petsc::check(VecAXPY(y, 1, more));
    jacobian.multiply(more, image);
    for (std::size_t i = 0; i < right.size(); ++i) right[i] += image[i];
    jacobian.multiply(y, image);
    for (auto i : conditions) right[i] += linear.residual[i] + image[i];
  }
  return {enriched.expand(y), converged, {}};
}

/// What the rows of a richer space are linearised to.
struct RichRows {
  const Rows& rows;
  const Linearisation& linear;
  std::vector<std::vector<double>> gradient;  ///< of a weak form, by block
};

/// @param transforms from the unknowns to coefficients, by block
Correction solve(const Communicator& comm, const RichRows& rich, JacobianOperator& jacobian,
                 const Enriched& enriched, const std::vector<Matrix>& transforms, const Monitor& monitor) {
  return rich.rows.model().is_weak() ? solve_weak_form(comm, jacobian, enriched, rich.gradient, transforms,
                                                       rich.rows, rich.linear, monitor)
                                     : solve(comm, enriched, rich.rows, rich.linear, monitor);
}

Correction anew(const Communicator& comm, const RichRows& rich, std::vector<Matrix> blocks,
                const SolverOptions& options, const Monitor& monitor) {
  LinearProblem problem(comm, rich.rows, options.krylov.compression, std::move(blocks), monitor.stop);
  const auto how = rough(options, rich.rows, unknown_condition, problem.layout.total());
  problem.precondition(how.krylov.preconditioner, nullptr, monitor.stop);
  return solve(comm, rich, problem.jacobian,
               {problem.jacobian, *problem.preconditioner, how, [&](::Vec y) { return problem.expand(y); }},
               problem.compression.transform, monitor);
}

}  // namespace

Correction correction(const Communicator& comm, Rows& rich, const std::vector<FieldValues>& fields,
                      const LinearProblem* solved, const SolverOptions& options, const Monitor& monitor) {
  Linearisation linear;
  collectively(comm, [&] {
    rich.set_weights(fields);
    linear = rich.linearise(fields);
  });
  auto blocks = jacobian_blocks(comm, rich, linear, monitor.stop);
  auto silent = monitor;
  silent.iteration = {};
  RichRows rows{rich, linear, {}};
  if (rich.model().is_weak()) rows.gradient = collectively(comm, [&] { return rich.weak_gradient(fields); });
  const auto coordinates =
      solved ? EnrichedCoordinates::make(comm, rich, *solved, blocks) : std::optional<EnrichedCoordinates>();
  if (!coordinates) return anew(comm, rows, std::move(blocks), options, silent);
  JacobianOperator jacobian(comm, rich, coordinates->layout(), std::move(blocks));
  const auto how = rough(options, rich, solved->first.condition, coordinates->layout().total());
  const Preconditioner preconditioner(how.krylov.preconditioner, jacobian, coordinates->polynomials(*solved),
                                      nullptr, monitor.stop);
  const auto expand = [&](::Vec y) { return coordinates->expand(rich, jacobian.gather(y)); };
  return solve(comm, rows, jacobian, {jacobian, preconditioner, how, expand}, coordinates->transforms(),
               silent);
}

}  // namespace ddpinn
