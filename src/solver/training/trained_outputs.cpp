// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "solver/training/trained_outputs.hpp"

#include "assembly/compression.hpp"

namespace ddpinn {

namespace {

/// The rows where all networks are zero: r - J u.
std::vector<double> rows_at_lift(const Discretisation& discretisation, const Linearisation& linear,
                                 std::vector<FieldValues> fields) {
  const auto lift = discretisation.lift();
  for (std::size_t g = 0; g < fields.size(); ++g)
    for (std::size_t a = 0; a < fields[g].size(); ++a)
      for (std::size_t i = 0; i < fields[g][a].size(); ++i) fields[g][a][i] -= lift[g][a][i];
  auto rows = discretisation.directional(linear, fields);
  for (std::size_t i = 0; i < rows.size(); ++i) rows[i] = linear.residual[i] - rows[i];
  return rows;
}

}  // namespace

std::vector<Matrix> output_jacobian(const Discretisation& discretisation, const Linearisation& linear) {
  std::vector<Matrix> blocks;
  for (const auto& block : discretisation.blocks()) blocks.push_back(discretisation.jacobian(block, linear));
  return blocks;
}

OutputStep solve_linear_outputs(const Communicator& comm, const Discretisation& discretisation,
                                const Linearisation& linear, const std::vector<FieldValues>& fields,
                                const SolverOptions& options, const Monitor& monitor, int nonlinear) {
  auto blocks = output_jacobian(discretisation, linear);
  const auto compression = compress(comm, discretisation, options.krylov.compression, blocks);
  const DofLayout layout(discretisation.owner(), compression.size, comm);
  const JacobianOperator jacobian(comm, discretisation, layout, std::move(blocks));
  const Preconditioner preconditioner(options.krylov.preconditioner, jacobian, compression.polynomial);
  const auto y = jacobian.create_unknowns();
  const auto right = rows_at_lift(discretisation, linear, fields);
  OutputStep step{discretisation.zero_field()};
  step.krylov_iterations =
      solve_least_squares(jacobian, preconditioner, options, right, y, monitor, nonlinear).iterations;
  compression.expand(discretisation.blocks(), jacobian.gather(y), step.field);
  return step;
}

}  // namespace ddpinn
