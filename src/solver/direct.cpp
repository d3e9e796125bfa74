// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "solver/direct.hpp"

#include "petsc/symmetric_blocks.hpp"

namespace ddpinn {

using petsc::check;

DirectSolver::DirectSolver(const JacobianOperator& jacobian, const NormalBlocks& normal) {
  const auto& layout = jacobian.layout();
  petsc::SymmetricBlocks blocks;
  for (const auto& [pair, block] : normal.owned())
    blocks.add(static_cast<PetscInt>(layout.global_offset(pair.first)),
               static_cast<PetscInt>(layout.global_offset(pair.second)), block.rows(), block.columns(),
               block.data());
  const auto comm = jacobian.communicator().get();
  matrix_ = blocks.assemble(comm, static_cast<PetscInt>(layout.owned_size()));
  solver_ = petsc::cholesky_solver(comm, matrix_, "direct_");
}

void DirectSolver::apply(::Vec r, ::Vec z) const { check(KSPSolve(solver_, r, z)); }

}  // namespace ddpinn
