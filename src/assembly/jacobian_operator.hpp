// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "assembly/discretisation.hpp"
#include "assembly/dof_layout.hpp"

#include <span>
#include <vector>

namespace ddpinn {

/// The compressed Jacobian as a distributed operator: rows local, columns local or ghost, dense blocks.
class JacobianOperator {
 public:
  /// @note Collective.
  JacobianOperator(const Communicator&, const Discretisation&, const DofLayout&, std::vector<Matrix> blocks);

  const Communicator& communicator() const { return *comm_; }
  const Discretisation& discretisation() const { return *discretisation_; }
  const DofLayout& layout() const { return *layout_; }
  const std::vector<Matrix>& blocks() const { return blocks_; }

  /// rows = J x. @note Collective.
  void multiply(::Vec x, std::span<double> rows) const;
  /// y = J^T rows. @note Collective.
  void multiply_transposed(std::span<const double> rows, ::Vec y) const;

  /// The unknowns of this rank's blocks, one after the other in the order of the blocks. @note Collective.
  std::vector<double> gather(::Vec x) const;

  petsc::Vec create_unknowns() const;
  petsc::Vec create_rows() const;

  /// J itself, and J^T J, as PETSc's shell matrices. They refer to this operator.
  petsc::Mat rectangular() const;
  petsc::Mat normal() const;

 private:
  const Communicator* comm_;
  const Discretisation* discretisation_;
  const DofLayout* layout_;
  std::vector<Matrix> blocks_;
  GhostExchange ghosts_;
};

}  // namespace ddpinn
