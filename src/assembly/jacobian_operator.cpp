// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "assembly/jacobian_operator.hpp"

#include "dense/lapack.hpp"
#include "petsc/callback.hpp"

#include <algorithm>

namespace ddpinn {

using petsc::check;

namespace {

std::vector<int> subdomains_of(const std::vector<Block>& blocks) {
  std::vector<int> subdomains;
  for (const auto& block : blocks) subdomains.push_back(block.subdomain);
  return subdomains;
}

const JacobianOperator& context(::Mat shell) {
  void* raw = nullptr;
  check(MatShellGetContext(shell, &raw));
  return *static_cast<const JacobianOperator*>(raw);
}

PetscErrorCode multiply_rectangular(::Mat shell, ::Vec x, ::Vec y) {
  return petsc::guarded([&] { context(shell).multiply(x, petsc::LocalArray(y).get()); });
}

PetscErrorCode multiply_rectangular_transposed(::Mat shell, ::Vec x, ::Vec y) {
  return petsc::guarded([&] { context(shell).multiply_transposed(petsc::ConstLocalArray(x).get(), y); });
}

PetscErrorCode multiply_normal(::Mat shell, ::Vec x, ::Vec y) {
  return petsc::guarded([&] {
    const auto& jacobian = context(shell);
    std::vector<double> rows(jacobian.discretisation().rows().count);
    jacobian.multiply(x, rows);
    jacobian.multiply_transposed(rows, y);
  });
}

}  // namespace

JacobianOperator::JacobianOperator(const Communicator& comm, const Rows& discretisation,
                                   const DofLayout& layout, std::vector<Matrix> blocks)
    : comm_(&comm),
      discretisation_(&discretisation),
      layout_(&layout),
      blocks_(std::move(blocks)),
      ghosts_(comm, layout, subdomains_of(discretisation.blocks())) {}

void JacobianOperator::linearise_anew(std::vector<Matrix> blocks, const std::vector<Matrix>& transforms) {
  blocks_ = std::move(blocks);
  transforms_ = &transforms;
}

void JacobianOperator::multiply(::Vec x, std::span<double> rows) const {
  const auto gathered = gather(x);
  const auto& chunks = discretisation_->rows().chunks;
  std::ranges::fill(rows, 0.0);
  std::vector<double> product, features;
  for (std::size_t b = 0; b < blocks_.size(); ++b) {
    product.resize(blocks_[b].rows());
    const double* of_block = gathered.data() + ghosts_.offset(b);
    if (transforms_) {
      features.resize(blocks_[b].columns());
      ddpinn::multiply(1, Op::none, (*transforms_)[b], of_block, 0, features.data());
      of_block = features.data();
    }
    ddpinn::multiply(1, Op::none, blocks_[b], of_block, 0, product.data());
    for (const auto& [chunk, offset] : discretisation_->blocks()[b].parts)
      for (std::size_t i = 0; i < chunks[chunk].count; ++i)
        rows[chunks[chunk].begin + i] += product[offset + i];
  }
}

void JacobianOperator::multiply_transposed(std::span<const double> rows, ::Vec y) const {
  std::vector<double> formed;
  if (has_form()) {
    formed = (*form_)(rows);
    rows = formed;
  }
  std::vector<double> gathered(ghosts_.size(), 0.0), part, features;
  const auto& chunks = discretisation_->rows().chunks;
  for (std::size_t b = 0; b < blocks_.size(); ++b) {
    part.resize(blocks_[b].rows());
    for (const auto& [chunk, offset] : discretisation_->blocks()[b].parts)
      std::copy_n(rows.data() + chunks[chunk].begin, chunks[chunk].count, part.data() + offset);
    double* const of_block = gathered.data() + ghosts_.offset(b);
    if (transforms_) {
      features.resize(blocks_[b].columns());
      ddpinn::multiply(1, Op::transpose, blocks_[b], part.data(), 0, features.data());
      ddpinn::multiply(1, Op::transpose, (*transforms_)[b], features.data(), 0, of_block);
    } else {
      ddpinn::multiply(1, Op::transpose, blocks_[b], part.data(), 0, of_block);
    }
  }
  check(VecZeroEntries(y));
  ghosts_.add(gathered, y);
}

void JacobianOperator::add_compressed(const std::vector<std::vector<double>>& by_block,
                                      const std::vector<Matrix>& transforms, ::Vec y) const {
  std::vector<double> gathered(ghosts_.size(), 0.0);
  for (std::size_t b = 0; b < by_block.size(); ++b)
    ddpinn::multiply(1, Op::transpose, transforms[b], by_block[b].data(), 0,
                     gathered.data() + ghosts_.offset(b));
  ghosts_.add(gathered, y);
}

std::vector<double> JacobianOperator::gather(::Vec x) const {
  std::vector<double> gathered(ghosts_.size());
  ghosts_.gather(x, gathered);
  return gathered;
}

petsc::Vec JacobianOperator::create_unknowns() const {
  petsc::Vec x;
  check(VecCreateMPI(comm_->get(), layout_->owned_size(), PETSC_DETERMINE, x.out()));
  return x;
}

petsc::Vec JacobianOperator::create_rows() const {
  petsc::Vec r;
  check(VecCreateMPI(comm_->get(), discretisation_->rows().count, PETSC_DETERMINE, r.out()));
  return r;
}

petsc::Mat JacobianOperator::rectangular() const {
  petsc::Mat shell;
  check(MatCreateShell(comm_->get(), discretisation_->rows().count, layout_->owned_size(), PETSC_DETERMINE,
                       PETSC_DETERMINE, const_cast<JacobianOperator*>(this), shell.out()));
  check(MatShellSetOperation(shell, MATOP_MULT, reinterpret_cast<void (*)()>(multiply_rectangular)));
  check(MatShellSetOperation(shell, MATOP_MULT_TRANSPOSE,
                             reinterpret_cast<void (*)()>(multiply_rectangular_transposed)));
  return shell;
}

petsc::Mat JacobianOperator::normal() const {
  const PetscInt n = layout_->owned_size();
  petsc::Mat shell;
  check(MatCreateShell(comm_->get(), n, n, PETSC_DETERMINE, PETSC_DETERMINE,
                       const_cast<JacobianOperator*>(this), shell.out()));
  check(MatShellSetOperation(shell, MATOP_MULT, reinterpret_cast<void (*)()>(multiply_normal)));
  check(MatShellSetOperation(shell, MATOP_MULT_TRANSPOSE, reinterpret_cast<void (*)()>(multiply_normal)));
  check(MatSetOption(shell, MAT_SYMMETRIC, symmetric_ ? PETSC_TRUE : PETSC_FALSE));
  return shell;
}

}  // namespace ddpinn
