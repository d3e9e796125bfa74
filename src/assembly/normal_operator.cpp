// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "assembly/normal_operator.hpp"

#include "dense/lapack.hpp"
#include "petsc/callback.hpp"

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
    : jacobian_(&jacobian),
      blocks_(&blocks),
      ghosts_(jacobian.communicator(), jacobian.layout(), subdomains_in(blocks)) {}

void NormalOperator::multiply(::Vec x, ::Vec y) const {
  std::vector<double> from(ghosts_.size()), to(ghosts_.size(), 0.0);
  ghosts_.gather(x, from);
  for (const auto& [pair, block] : blocks_->owned()) {
    const auto first = ghosts_.offset_of(pair.first), second = ghosts_.offset_of(pair.second);
    ddpinn::multiply(1, Op::none, block, from.data() + second, 1, to.data() + first);
    if (first != second)
      ddpinn::multiply(1, Op::transpose, block, from.data() + first, 1, to.data() + second);
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
