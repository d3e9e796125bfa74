// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "judge/correction.hpp"

#include "judge/enriched_coordinates.hpp"
#include "parallel/agree.hpp"

#include <algorithm>
#include <cmath>

namespace ddpinn {

namespace {

/// How a correction is solved for. It needs no more digits than one, but the norm of the stopping test weighs
/// parts of it by the roots of their eigenvalues. Preconditioned by two levels these lie within a factor of a
/// hundred in most problems; where errors grow, as along an exponential, there is a mode with a far smaller
/// one, and its part of the correction, which can be all that matters, comes last. Problems that are small
/// are then factorised.
/// @param condition of the preconditioned normal matrix, as the solve before has seen it
SolverOptions rough(SolverOptions options, double condition, std::size_t unknowns) {
  constexpr double usual = 100;
  constexpr std::size_t small = 20000;
  options.tolerance = 1e-2 * std::min(1.0, usual / condition);
  if (condition > usual && unknowns <= small) options.krylov.preconditioner = PreconditionerType::direct;
  return options;
}

/// Of a problem that was not solved before.
constexpr double unknown_condition = 1e4;

Correction anew(const Communicator& comm, const Rows& rich, std::vector<Matrix> blocks,
                const std::vector<double>& r, const SolverOptions& options, const Monitor& monitor) {
  LinearProblem problem(comm, rich, options.krylov.compression, std::move(blocks));
  const auto how = rough(options, unknown_condition, problem.layout.total());
  problem.precondition(how.krylov.preconditioner);
  const auto y = problem.jacobian.create_unknowns();
  const auto found = solve_least_squares(problem.jacobian, *problem.preconditioner, how, r, y, monitor, 1);
  return {problem.expand(y), found.converged};
}

}  // namespace

Correction correction(const Communicator& comm, Rows& rich, const std::vector<FieldValues>& fields,
                      const LinearProblem* solved, const SolverOptions& options, const Monitor& monitor) {
  Linearisation linear;
  std::vector<Matrix> blocks;
  collectively(comm, [&] {
    rich.set_weights(fields);
    linear = rich.linearise(fields);
    blocks = rich.jacobian(linear);
  });
  auto silent = monitor;
  silent.iteration = {};
  const auto coordinates =
      solved ? EnrichedCoordinates::make(comm, rich, *solved, blocks) : std::optional<EnrichedCoordinates>();
  if (!coordinates) return anew(comm, rich, std::move(blocks), linear.residual, options, silent);
  const JacobianOperator jacobian(comm, rich, coordinates->layout(), std::move(blocks));
  const auto how = rough(options, solved->first.condition, coordinates->layout().total());
  const Preconditioner preconditioner(how.krylov.preconditioner, jacobian, coordinates->polynomials(*solved));
  const auto y = jacobian.create_unknowns();
  const auto found = solve_least_squares(jacobian, preconditioner, how, linear.residual, y, silent, 1);
  return {coordinates->expand(rich, jacobian.gather(y)), found.converged};
}

}  // namespace ddpinn
