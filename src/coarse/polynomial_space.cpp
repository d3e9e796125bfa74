// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "coarse/polynomial_space.hpp"

#include "assembly/block_exchange.hpp"
#include "dense/lapack.hpp"
#include "petsc/symmetric_blocks.hpp"

#include <algorithm>
#include <cmath>
#include <set>

namespace ddpinn {

using petsc::check;

namespace {

/// An orthonormal basis of the columns; those that depend on the others to 1e-10 are dropped.
Matrix orthonormal(Matrix a) {
  for (std::size_t j = 0; j < a.columns(); ++j) {
    double norm = 0;
    for (std::size_t i = 0; i < a.rows(); ++i) norm += a(i, j) * a(i, j);
    if (norm > 0)
      for (std::size_t i = 0; i < a.rows(); ++i) a(i, j) /= std::sqrt(norm);
  }
  return dominant_columns(std::move(a), 1e-10);
}

/// The coarse bases of subdomains that are second in a pair of this rank, with the place of their first
/// coarse unknown.
struct CoarseBlock {
  Matrix basis;
  PetscInt begin = 0;
};

std::map<int, CoarseBlock> collect(const JacobianOperator& jacobian, const NormalBlocks& normal,
                                   const std::map<int, Matrix>& basis,
                                   const std::map<int, std::size_t>& offset, PetscInt first) {
  const auto& layout = jacobian.layout();
  std::vector<TaggedBlock> outgoing;
  for (const auto& [k, z] : basis) {
    std::set<int> ranks{layout.owner(k)};
    for (int l : normal.neighbours(k))
      if (l < k) ranks.insert(layout.owner(l));
    for (int rank : ranks)
      outgoing.push_back({rank, k, static_cast<int>(first + static_cast<PetscInt>(offset.at(k))), z});
  }
  std::map<int, CoarseBlock> result;
  for (auto& [rank, k, begin, block] : exchange_blocks(jacobian.communicator(), outgoing))
    result[k] = {std::move(block), begin};
  return result;
}

}  // namespace

PolynomialSpace::PolynomialSpace(const JacobianOperator& jacobian, const NormalBlocks& normal,
                                 const std::map<int, Matrix>& polynomial)
    : layout_(&jacobian.layout()) {
  std::size_t size = 0;
  for (const auto& [k, coordinates] : polynomial) {
    if (jacobian.discretisation().decomposition()[k].level > 0) continue;
    offset_[k] = size;
    size += (basis_[k] = orthonormal(coordinates)).columns();
  }
  const auto comm = jacobian.communicator().get();
  const auto n = static_cast<PetscInt>(size);
  check(VecCreateMPI(comm, n, PETSC_DETERMINE, right_.out()));
  check(VecDuplicate(right_, solution_.out()));
  assemble(jacobian, normal);
  solver_ = petsc::cholesky_solver(comm, matrix_, "coarse_");
}

void PolynomialSpace::assemble(const JacobianOperator& jacobian, const NormalBlocks& normal) {
  PetscInt first = 0, total = 0;
  check(VecGetOwnershipRange(right_, &first, nullptr));
  check(VecGetSize(right_, &total));
  dimension_ = total;
  const auto coarse = collect(jacobian, normal, basis_, offset_, first);
  petsc::SymmetricBlocks blocks;
  for (const auto& [pair, block] : normal.owned()) {
    if (!coarse.contains(pair.first) || !coarse.contains(pair.second)) continue;
    const auto &l = coarse.at(pair.first), &m = coarse.at(pair.second);
    const auto projected =
        product(Op::transpose, l.basis, Op::none, product(Op::none, block, Op::none, m.basis));
    blocks.add(l.begin, m.begin, projected.rows(), projected.columns(), projected.data());
  }
  PetscInt local = 0;
  check(VecGetLocalSize(right_, &local));
  matrix_ = blocks.assemble(jacobian.communicator().get(), local);
}

void PolynomialSpace::apply(::Vec r, ::Vec z) const {
  {
    const petsc::ConstLocalArray fine(r);
    const petsc::LocalArray coarse(right_);
    for (const auto& [k, basis] : basis_)
      multiply(1, Op::transpose, basis, fine.get().data() + layout_->local_offset(k), 0,
               coarse.get().data() + offset_.at(k));
  }
  check(KSPSolve(solver_, right_, solution_));
  check(VecZeroEntries(z));
  const petsc::ConstLocalArray coarse(solution_);
  const petsc::LocalArray fine(z);
  for (const auto& [k, basis] : basis_)
    multiply(1, Op::none, basis, coarse.get().data() + offset_.at(k), 0,
             fine.get().data() + layout_->local_offset(k));
}

}  // namespace ddpinn
