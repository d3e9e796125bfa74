// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "dense/matrix.hpp"

#include <vector>

namespace ddpinn {

struct SymmetricEigen {
  std::vector<double> values;  ///< descending in amount
  Matrix vectors;              ///< orthonormal columns, in the order of the values
};

/// Eigenvalues and eigenvectors of a small symmetric matrix, by Jacobi's rotations: to rounding of each
/// eigenvalue where the matrix is well scaled.
SymmetricEigen symmetric_eigen(Matrix a);

}  // namespace ddpinn
