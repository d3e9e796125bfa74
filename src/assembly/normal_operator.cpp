// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "assembly/normal_operator.hpp"

#include "petsc/callback.hpp"

#include <algorithm>
#include <map>
#include <set>

namespace ddpinn {

using petsc::check;

namespace {

/// All subdomains in pairs of this rank.
std::vector<int> subdomains_in(const NormalBlocks& blocks) {
  std::set<int> result;
  for (const auto& [pair, block] : blocks.owned()) {
    result.insert(pair.first);
    result.insert(pair.second);
  }
  return {result.begin(), result.end()};
}

PetscErrorCode multiply_shell(::Mat shell, ::Vec x, ::Vec y) {
  return petsc::guarded([&] {
    void* raw = nullptr;
    check(MatShellGetContext(shell, &raw));
    static_cast<const NormalOperator*>(raw)->multiply(x, y);
  });
}

}  // namespace

NormalOperator::NormalOperator(const JacobianOperator& jacobian, const NormalBlocks& blocks)
    : jacobian_(&jacobian), ghosts_(jacobian.communicator(), jacobian.layout(), subdomains_in(blocks)) {
  constexpr std::size_t most = 64;  // few enough that what is multiplied stays in cache
  std::map<const Matrix*, std::size_t> open;
  for (const auto& [pair, block] : blocks.owned()) {
    const auto [place, is_new] = open.try_emplace(block.get(), batches_.size());
    if (!is_new && batches_[place->second].places.size() == most) place->second = batches_.size();
    if (place->second == batches_.size()) batches_.push_back({block, {}});
    batches_[place->second].places.emplace_back(ghosts_.offset_of(pair.first),
                                                ghosts_.offset_of(pair.second));
  }
}

/// to += op(block) from, for all pairs.
void NormalOperator::add(const Batch& batch, Op op, const std::vector<double>& from,
                         std::vector<double>& to) const {
  const bool transposed = op == Op::transpose;
  const auto rows = transposed ? batch.block->columns() : batch.block->rows(),
             columns = transposed ? batch.block->rows() : batch.block->columns();
  const auto count = batch.places.size();
  if (count == 1) {
    const auto [first, second] = batch.places.front();
    ddpinn::multiply(1, op, *batch.block, from.data() + (transposed ? first : second), 1,
                     to.data() + (transposed ? second : first));
    return;
  }
  std::vector<double> x(columns * count), y(rows * count);
  for (std::size_t i = 0; i < count; ++i)
    std::copy_n(from.data() + (transposed ? batch.places[i].first : batch.places[i].second), columns,
                x.data() + i * columns);
  ddpinn::multiply(1, op, *batch.block, x.data(), count, 0, y.data());
  for (std::size_t i = 0; i < count; ++i) {
    double* const target = to.data() + (transposed ? batch.places[i].second : batch.places[i].first);
    for (std::size_t r = 0; r < rows; ++r) target[r] += y[i * rows + r];
  }
}

void NormalOperator::multiply(::Vec x, ::Vec y) const {
  std::vector<double> from(ghosts_.size()), to(ghosts_.size(), 0.0);
  ghosts_.gather(x, from);
  for (const auto& batch : batches_) {
    add(batch, Op::none, from, to);
    if (batch.places.front().first != batch.places.front().second) add(batch, Op::transpose, from, to);
  }
  check(VecZeroEntries(y));
  ghosts_.add(to, y);
}

petsc::Mat NormalOperator::matrix() const {
  const PetscInt n = jacobian_->layout().owned_size();
  petsc::Mat shell;
  check(MatCreateShell(jacobian_->communicator().get(), n, n, PETSC_DETERMINE, PETSC_DETERMINE,
                       const_cast<NormalOperator*>(this), shell.out()));
  check(MatShellSetOperation(shell, MATOP_MULT, reinterpret_cast<void (*)()>(multiply_shell)));
  check(MatShellSetOperation(shell, MATOP_MULT_TRANSPOSE, reinterpret_cast<void (*)()>(multiply_shell)));
  check(MatSetOption(shell, MAT_SYMMETRIC, PETSC_TRUE));
  return shell;
}

}  // namespace ddpinn
