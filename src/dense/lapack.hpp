// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "dense/matrix.hpp"

#include <span>
#include <vector>

namespace ddpinn {

enum class Op { none, transpose };

/// c = alpha op(a) op(b) + beta c; c is at `c`, its columns `stride` apart.
void multiply(double alpha, Op op_a, MatrixView a, Op op_b, MatrixView b, double beta, double* c,
              std::size_t stride);
/// op(a) op(b)
Matrix product(Op op_a, MatrixView a, Op op_b, MatrixView b);
/// y = alpha op(a) x + beta y
void multiply(double alpha, Op op, MatrixView a, const double* x, double beta, double* y);
/// The same of `count` vectors, one after the other.
void multiply(double alpha, Op op, MatrixView a, const double* x, std::size_t count, double beta, double* y);
/// The lower triangle of c += a^T a.
void add_gram(MatrixView a, double* c, std::size_t stride);

/// The upper triangular factor of the QR decomposition: min(rows, columns) by columns.
Matrix qr_factor(Matrix a);

/// A triangular factor R D of a matrix with column norms D; columns of R have norm one.
struct ScaledFactor {
  Matrix r;
  std::vector<double> norms;
};
/// The factor of the QR decomposition by Cholesky's decomposition of A^T A, at half the operations and
/// without a copy of A; its error grows with the square of the condition number of A D^-1. Empty where that
/// is too large for it.
ScaledFactor cholesky_qr_factor(MatrixView a);

/// a = a U with the upper triangle U.
void multiply_upper(Matrix& a, MatrixView upper);

/// An estimate of 1 / (|R| |R^-1|) in the 1-norm of a square upper triangular matrix; 0 where it is singular.
double reciprocal_condition(MatrixView upper);
/// R^-1, in place; below the diagonal stays what is there. @throws Error where R is singular
void invert_upper(Matrix& upper);

/// Singular values (descending) and right singular vectors (one a column) of a matrix.
struct RightSingular {
  std::vector<double> values;
  Matrix vectors;
};
RightSingular right_singular(Matrix a);

/// An orthonormal basis of the columns of `a`, by QR with column pivoting; columns whose remainder has fallen
/// below `tolerance` (absolute) are dropped.
Matrix dominant_columns(Matrix a, double tolerance);

/// Cholesky factorisation of a symmetric matrix, whose lower triangle is given, and solves with it.
class Cholesky {
 public:
  Cholesky() = default;
  /// The smallest shift in {1e-14, 1e-13, ...} times the largest diagonal entry for which the factorisation
  /// exists is added to the diagonal: a local basis can be dependent to rounding, and a preconditioner need
  /// not be exact.
  /// @throws Error (Status::numerical) where even a shift of 1e-6 is not enough, or an entry is not finite.
  explicit Cholesky(Matrix a);

  /// Overwrites x by the solution.
  void solve(double* x) const;
  std::size_t size() const { return factor_.rows(); }
  double shift() const { return shift_; }

 private:
  Matrix factor_;
  double shift_ = 0;
};

}  // namespace ddpinn
