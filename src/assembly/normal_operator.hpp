// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "assembly/normal_blocks.hpp"
#include "dense/lapack.hpp"

#include <utility>
#include <vector>

namespace ddpinn {

/// A = J^T J by its blocks, as an operator. A product reads every block once, where products with J and J^T
/// read every block of J twice: on the Laplace and Poisson cases two and a half to four times as many
/// numbers. Pairs that have one block are multiplied together.
class NormalOperator {
 public:
  /// Refers to both. @note Collective.
  NormalOperator(const JacobianOperator&, const NormalBlocks&);

  /// y = A x. @note Collective.
  void multiply(::Vec x, ::Vec y) const;

  /// A as PETSc's shell matrix. It refers to this operator.
  petsc::Mat matrix() const;

 private:
  const JacobianOperator* jacobian_;
  /// Pairs of one block: places of both subdomains' unknowns among the gathered ones.
  struct Batch {
    SharedMatrix block;
    std::vector<std::pair<std::size_t, std::size_t>> places;
  };
  void add(const Batch&, Op, const std::vector<double>& from, std::vector<double>& to) const;

  std::vector<Batch> batches_;
  GhostExchange ghosts_;
};

}  // namespace ddpinn
