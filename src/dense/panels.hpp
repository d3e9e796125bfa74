// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "dense/lapack.hpp"

#include <cstddef>

namespace ddpinn {

/// Part of a dense matrix of either precision: columns are `stride` apart.
template <class Real>
struct MatrixPanel {
  const Real* data;
  std::size_t rows;
  std::size_t columns;
  std::size_t stride;
};

// What a factorisation by fronts consists of; for float and double.

/// Replaces the lower triangle of a symmetric n by n matrix by its Cholesky factor L. @return whether it
/// exists
template <class Real>
bool factorise(std::size_t n, Real* a, std::size_t stride);

/// b = b L^-T with the lower triangle L; b has `rows` rows, and columns `stride` apart.
template <class Real>
void solve_from_right(MatrixPanel<Real> lower, std::size_t rows, Real* b, std::size_t stride);

/// The lower triangle of c = a a^T.
template <class Real>
void gram_of_rows(MatrixPanel<Real> a, Real* c, std::size_t stride);

/// x = op(L)^-1 x with the lower triangle L, of `count` vectors one after the other.
template <class Real>
void solve_lower(Op op, MatrixPanel<Real> lower, Real* x, std::size_t count);

/// y -= op(a) x, of `count` vectors one after the other.
template <class Real>
void subtract_product(Op op, MatrixPanel<Real> a, const Real* x, std::size_t count, Real* y);

}  // namespace ddpinn
