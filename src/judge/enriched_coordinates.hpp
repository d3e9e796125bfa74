// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "solver/nonlinear/linear_problem.hpp"

#include <map>
#include <optional>
#include <span>
#include <vector>

namespace ddpinn {

/// Coordinates of the coefficients of a richer space: those y_S that a solved problem has for its own space,
/// c_S = T y_S, and for each subdomain a few more, of functions w that the enrichment adds and that are
/// orthonormal to each other and orthogonal to the subdomain's own functions over the rows.
class EnrichedCoordinates {
 public:
  /// Takes the uncompressed Jacobian blocks of the richer space, and gives them back in the new coordinates,
  /// y_S first. Empty where networks cover rows of a rank that they did not cover in the solved problem.
  /// @note Collective.
  static std::optional<EnrichedCoordinates> make(const Communicator&, const Rows& rich,
                                                 const LinearProblem& solved, SharedMatrices& blocks);

  /// The coordinates of the coarse space's polynomials, of owned subdomains, as Compression has them.
  std::map<int, SharedMatrix> polynomials(const LinearProblem& solved) const;

  const DofLayout& layout() const { return *layout_; }
  /// From these coordinates to output coefficients, by block.
  const SharedMatrices& transforms() const { return transforms_; }
  /// Output coefficients of the networks that cover rows of this rank.
  /// @param y of one block after the other, as JacobianOperator::gather has them
  Field expand(const Rows& rich, std::span<const double> y) const;

 private:
  EnrichedCoordinates() = default;

  SharedMatrices transforms_;
  std::unique_ptr<DofLayout> layout_;
};

}  // namespace ddpinn
