// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "solver/linear/polynomial_space.hpp"

#include "dense/lapack.hpp"
#include "petsc/symmetric_blocks.hpp"
#include "space/block_exchange.hpp"

#include <algorithm>
#include <cmath>
#include <deque>
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

/// Coarse functions of every subdomain, on every rank.
std::vector<std::size_t> sizes(const Communicator& comm, int subdomains,
                               const std::map<int, SharedMatrix>& basis) {
  std::vector<double> size(subdomains, 0);
  for (const auto& [k, z] : basis) size[k] = static_cast<double>(z->columns());
  sum(comm, size);
  return {size.begin(), size.end()};
}

}  // namespace

PolynomialSpace::PolynomialSpace(const JacobianOperator& jacobian, const NormalBlocks& normal,
                                 const std::map<int, SharedMatrix>& polynomial)
    : layout_(&jacobian.layout()) {
  const auto& comm = jacobian.communicator();
  const auto& decomposition = jacobian.discretisation().decomposition();
  DerivedMatrices made;
  for (const auto& [k, coordinates] : polynomial)
    if (decomposition[k].level == 0)
      basis_[k] = made({coordinates.get()}, {}, [&] { return orthonormal(*coordinates); });
  coarse_ = std::make_unique<DofLayout>(jacobian.discretisation().owner(),
                                        sizes(comm, decomposition.size(), basis_), comm);
  const auto basis = collect(jacobian, normal);
  const auto image = CoarseImage::blocks(normal, basis);
  image_ = std::make_unique<CoarseImage>(jacobian, *coarse_, image);
  matrix_ = assemble(normal, basis, image, comm.get());
  check(MatCreateVecs(matrix_, right_.out(), nullptr));
  solver_ = petsc::SparseCholesky(comm.get(), matrix_, "coarse_");
}

/// The bases of all subdomains in pairs of this rank: it has those of the first ones.
std::map<int, SharedMatrix> PolynomialSpace::collect(const JacobianOperator& jacobian,
                                                     const NormalBlocks& normal) const {
  std::vector<SharedBlock> outgoing;
  for (const auto& [k, z] : basis_) {
    std::set<int> ranks{layout_->owner(k)};
    for (int l : normal.neighbours(k))
      if (l < k) ranks.insert(layout_->owner(l));
    for (int rank : ranks) outgoing.push_back({rank, k, 0, z});
  }
  std::map<int, SharedMatrix> result;
  for (auto& incoming : exchange_blocks(jacobian.communicator(), std::move(outgoing)))
    result[incoming.first] = std::move(incoming.block);
  return result;
}

petsc::Mat PolynomialSpace::assemble(const NormalBlocks& normal, const std::map<int, SharedMatrix>& basis,
                                     const CoarseImage::Blocks& image, MPI_Comm comm) const {
  petsc::SymmetricBlocks blocks;
  std::deque<Matrix> entries;
  for (const auto& [pair, block] : normal.owned()) {
    const auto [l, m] = pair;
    if (!basis.contains(l) || !basis.contains(m)) continue;
    const auto& projected =
        entries.emplace_back(product(Op::transpose, *basis.at(l), Op::none, *image.at(pair)));
    blocks.add(coarse_->global_offset(l), coarse_->global_offset(m), projected.rows(), projected.columns(),
               projected.data());
  }
  return blocks.assemble(comm, coarse_->owned_size());
}

petsc::Vec PolynomialSpace::create_coarse() const {
  petsc::Vec c;
  check(VecDuplicate(right_, c.out()));
  return c;
}

void PolynomialSpace::project(::Vec r, ::Vec c) const {
  {
    const petsc::ConstLocalArray fine(r);
    const petsc::LocalArray coarse(right_);
    for (const auto& [k, basis] : basis_)
      multiply(1, Op::transpose, *basis, fine.get().data() + layout_->local_offset(k), 0,
               coarse.get().data() + coarse_->local_offset(k));
  }
  solver_.solve(right_, c);
}

void PolynomialSpace::project_image(::Vec v, ::Vec c) const {
  image_->multiply_transposed(v, right_);
  solver_.solve(right_, c);
}

void PolynomialSpace::add(::Vec c, ::Vec z) const {
  const petsc::ConstLocalArray coarse(c);
  const petsc::LocalArray fine(z);
  for (const auto& [k, basis] : basis_)
    multiply(1, Op::none, *basis, coarse.get().data() + coarse_->local_offset(k), 1,
             fine.get().data() + layout_->local_offset(k));
}

void PolynomialSpace::apply(::Vec r, ::Vec z) const {
  const auto c = create_coarse();
  project(r, c);
  check(VecZeroEntries(z));
  add(c, z);
}

}  // namespace ddpinn
