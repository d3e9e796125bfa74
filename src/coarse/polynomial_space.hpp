// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "assembly/normal_blocks.hpp"

#include <map>
#include <vector>

namespace ddpinn {

/// The coarse space of the two-level method: the polynomial features of every network times their windows
/// (Nicolaides-type; of degree at least the order of the operator, or the iterations grow with the number of
/// subdomains). Only the finest level of the decomposition takes part: the windows of every level sum to one,
/// so that the polynomials of a coarser level are in the span of these. The coarse matrix Z^T A Z is sparse,
/// and solved by PETSc: its options begin with -coarse_.
class PolynomialSpace {
 public:
  /// @param polynomial coordinates of the polynomial features of each owned subdomain
  /// (Compression::polynomial)
  /// @note Collective.
  PolynomialSpace(const JacobianOperator&, const NormalBlocks&, const std::map<int, Matrix>& polynomial);

  /// z = Z (Z^T A Z)^-1 Z^T r. @note Collective.
  void apply(::Vec r, ::Vec z) const;

  long long dimension() const { return dimension_; }

 private:
  void assemble(const JacobianOperator&, const NormalBlocks&);

  const DofLayout* layout_;
  std::map<int, Matrix> basis_;  ///< Z_k of owned subdomains, orthonormal columns
  std::map<int, std::size_t> offset_;
  long long dimension_ = 0;
  petsc::Mat matrix_;
  petsc::Ksp solver_;
  petsc::Vec right_, solution_;
};

}  // namespace ddpinn
