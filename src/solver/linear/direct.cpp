// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "solver/linear/direct.hpp"

#include "petsc/symmetric_blocks.hpp"

#include <algorithm>

namespace ddpinn {

using petsc::check;

namespace {

/// Up to this size a matrix of which much is not zero is factorised by LAPACK, by every rank for itself: with
/// 900 unknowns of one network, MUMPS and the assembly of its matrix take twice the time of all else in a
/// step of training.
constexpr std::size_t most_dense_unknowns = 3000;
constexpr double least_dense_part = 0.25;

bool nearly_dense(const Communicator& comm, const NormalBlocks& normal, std::size_t unknowns) {
  if (unknowns > most_dense_unknowns) return false;
  double entries = 0;
  for (const auto& [pair, block] : normal.owned())
    entries += static_cast<double>(block->entries().size()) * (pair.first == pair.second ? 1.0 : 2.0);
  return sum(comm, entries) >= least_dense_part * unknowns * unknowns;
}

}  // namespace

DirectSolver::DirectSolver(const JacobianOperator& jacobian, const NormalBlocks& normal)
    : comm_(&jacobian.communicator()), layout_(&jacobian.layout()) {
  if (nearly_dense(*comm_, normal, layout_->total())) {
    factorise_densely(normal);
    return;
  }
  petsc::SymmetricBlocks blocks;
  for (const auto& [pair, block] : normal.owned())
    blocks.add(layout_->global_offset(pair.first), layout_->global_offset(pair.second), block->rows(),
               block->columns(), block->data());
  matrix_ = blocks.assemble(comm_->get(), layout_->owned_size());
  solver_ = petsc::SparseCholesky(comm_->get(), matrix_, "direct_");
}

void DirectSolver::factorise_densely(const NormalBlocks& normal) {
  const std::size_t n = layout_->total();
  Matrix all(n, n);
  for (const auto& [pair, block] : normal.owned()) {
    const std::size_t row = layout_->global_offset(pair.first), column = layout_->global_offset(pair.second);
    for (std::size_t j = 0; j < block->columns(); ++j)
      for (std::size_t i = 0; i < block->rows(); ++i)
        all(row + i, column + j) = all(column + j, row + i) = (*block)(i, j);
  }
  sum(*comm_, all.entries());
  dense_.emplace(std::move(all));
}

void DirectSolver::apply(::Vec r, ::Vec z) const {
  if (!dense_) {
    solver_.solve(r, z);
    return;
  }
  auto x = all_gather(*comm_, petsc::ConstLocalArray(r).get());
  dense_->solve(x.data());
  PetscInt first = 0, end = 0;
  check(VecGetOwnershipRange(z, &first, &end));
  std::copy(x.begin() + first, x.begin() + end, petsc::LocalArray(z).get().begin());
}

}  // namespace ddpinn
