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
                                   const DofLayout& layout, SharedMatrices blocks)
    : comm_(&comm),
      discretisation_(&discretisation),
      layout_(&layout),
      blocks_(std::move(blocks)),
      ghosts_(comm, layout, subdomains_of(discretisation.blocks())) {
  find_batches();
}

/// Few enough blocks that what is multiplied stays in cache.
void JacobianOperator::find_batches() {
  constexpr std::size_t most = 32;
  batches_.clear();
  for (const auto& places : blocks_.classes())
    for (std::size_t i = 0; i < places.size(); ++i) {
      if (i == 0 || batches_.back().size() == most || transforms_) batches_.emplace_back();
      batches_.back().push_back(places[i]);
    }
}

void JacobianOperator::linearise_anew(SharedMatrices blocks, const SharedMatrices& transforms) {
  blocks_ = std::move(blocks);
  transforms_ = &transforms;
  find_batches();
}

void JacobianOperator::multiply(::Vec x, std::span<double> rows) const {
  const auto gathered = gather(x);
  const auto& chunks = discretisation_->rows().chunks;
  std::ranges::fill(rows, 0.0);
  std::vector<double> product, from;
  for (const auto& batch : batches_) {
    const auto& block = blocks_[batch.front()];
    product.resize(block.rows() * batch.size());
    from.resize(block.columns() * batch.size());
    for (std::size_t i = 0; i < batch.size(); ++i) {
      const double* of_block = gathered.data() + ghosts_.offset(batch[i]);
      double* const to = from.data() + i * block.columns();
      if (transforms_)
        ddpinn::multiply(1, Op::none, (*transforms_)[batch[i]], of_block, 0, to);
      else
        std::copy_n(of_block, block.columns(), to);
    }
    ddpinn::multiply(1, Op::none, block, from.data(), batch.size(), 0, product.data());
    for (std::size_t i = 0; i < batch.size(); ++i)
      for (const auto& [chunk, offset] : discretisation_->blocks()[batch[i]].parts)
        for (std::size_t r = 0; r < chunks[chunk].count; ++r)
          rows[chunks[chunk].begin + r] += product[i * block.rows() + offset + r];
  }
}

void JacobianOperator::multiply_transposed(std::span<const double> rows, ::Vec y) const {
  std::vector<double> formed;
  if (has_form()) {
    formed = (*form_)(rows);
    rows = formed;
  }
  std::vector<double> gathered(ghosts_.size(), 0.0), part, product;
  const auto& chunks = discretisation_->rows().chunks;
  for (const auto& batch : batches_) {
    const auto& block = blocks_[batch.front()];
    part.resize(block.rows() * batch.size());
    product.resize(block.columns() * batch.size());
    for (std::size_t i = 0; i < batch.size(); ++i)
      for (const auto& [chunk, offset] : discretisation_->blocks()[batch[i]].parts)
        std::copy_n(rows.data() + chunks[chunk].begin, chunks[chunk].count,
                    part.data() + i * block.rows() + offset);
    ddpinn::multiply(1, Op::transpose, block, part.data(), batch.size(), 0, product.data());
    for (std::size_t i = 0; i < batch.size(); ++i) {
      const double* from = product.data() + i * block.columns();
      double* const to = gathered.data() + ghosts_.offset(batch[i]);
      if (transforms_)
        ddpinn::multiply(1, Op::transpose, (*transforms_)[batch[i]], from, 0, to);
      else
        std::copy_n(from, block.columns(), to);
    }
  }
  check(VecZeroEntries(y));
  ghosts_.add(gathered, y);
}

void JacobianOperator::add_compressed(const std::vector<std::vector<double>>& by_block,
                                      const SharedMatrices& transforms, ::Vec y) const {
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
