// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "solver/nonlinear/linear_problem.hpp"

#include "assembly/jacobian_numbers.hpp"

namespace ddpinn {

SharedMatrices jacobian_blocks(const Communicator& comm, const Rows& rows, const Linearisation& linear,
                               const StopTest& stop) {
  constexpr std::size_t of_a_round = 16;
  CongruentBlocks result(rows, linear);
  in_rounds(comm, rows.blocks().size(), of_a_round, stop, [&](std::size_t) { result.add_next(); });
  return std::move(result).all();
}

std::unique_ptr<LinearProblem> make_linear_problem(const Communicator& comm, const Rows& discretisation,
                                                   const KrylovOptions& options, const Monitor& monitor,
                                                   SharedMatrices blocks) {
  std::unique_ptr<LinearProblem> problem;
  {
    const auto timed = start_phase(monitor, "compression");
    problem = std::make_unique<LinearProblem>(comm, discretisation, options.compression, std::move(blocks),
                                              monitor.stop);
  }
  const auto timed = start_phase(monitor, "preconditioner");
  problem->precondition(options.preconditioner, monitor.timers, monitor.stop);
  return problem;
}

OutputStep solve_linear_outputs(const Communicator& comm, const Rows& discretisation,
                                const Linearisation& linear, const std::vector<FieldValues>& fields,
                                const SolverOptions& options, const Monitor& monitor, int nonlinear) {
  LinearProblem problem(comm, discretisation, options.krylov.compression, discretisation.jacobian(linear));
  problem.precondition(options.krylov.preconditioner);
  const auto y = problem.jacobian.create_unknowns();
  const auto right = discretisation.linear_rows_at_lift(linear, fields);
  const auto krylov =
      solve_least_squares(problem.jacobian, *problem.preconditioner, options, right, y, monitor, nonlinear);
  return {problem.expand(y), krylov.iterations};
}

}  // namespace ddpinn
