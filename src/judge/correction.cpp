// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "judge/correction.hpp"

#include "judge/enriched_coordinates.hpp"
#include "parallel/agree.hpp"

namespace ddpinn {

namespace {

/// An estimate needs no more digits than one.
SolverOptions rough(SolverOptions options) {
  options.tolerance = 1e-2;
  return options;
}

Correction anew(const Communicator& comm, const Rows& rich, std::vector<Matrix> blocks,
                const std::vector<double>& r, const SolverOptions& options, const Monitor& monitor) {
  LinearProblem problem(comm, rich, options.krylov.compression, std::move(blocks));
  problem.precondition(options.krylov.preconditioner);
  const auto y = problem.jacobian.create_unknowns();
  const auto found =
      solve_least_squares(problem.jacobian, *problem.preconditioner, rough(options), r, y, monitor, 1);
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
  const Preconditioner preconditioner(options.krylov.preconditioner, jacobian,
                                      coordinates->polynomials(*solved));
  const auto y = jacobian.create_unknowns();
  const auto found =
      solve_least_squares(jacobian, preconditioner, rough(options), linear.residual, y, silent, 1);
  return {coordinates->expand(rich, jacobian.gather(y)), found.converged};
}

}  // namespace ddpinn
