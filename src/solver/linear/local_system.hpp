// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "dense/matrix.hpp"

#include <span>
#include <vector>

namespace ddpinn {

/// The least-squares problem of subdomains with this Jacobian J, factorised once: their coefficients are T y,
/// and
///     y = -(J T)^T r + traces * t
/// minimises |J T y + r| where the last rows of r are those of the transmission conditions, minus their
/// weights times the traces t. The columns of J T are orthonormal.
struct LocalSystem {
  Matrix transform;  ///< T: columns of J by unknowns
  Matrix basis;      ///< J T; only needed as long as there are right sides r
  Matrix traces;     ///< unknowns by transmission rows

  std::size_t unknowns() const { return transform.columns(); }
};

/// Factorises: singular values of J below `tolerance` times the largest are dropped, and the smallest where
/// there are more than `most`. A second orthogonalisation makes up for the rounding that the first one's
/// division by small singular values leaves.
/// @param weights of the transmission rows, the last ones of `jacobian`
LocalSystem local_system(const Matrix& jacobian, const std::vector<double>& weights, double tolerance,
                         std::size_t most);

}  // namespace ddpinn
