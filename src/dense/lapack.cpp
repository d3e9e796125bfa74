// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "dense/lapack.hpp"

#include "dense/blas_arguments.hpp"
#include "dense/panels.hpp"

#include <ddpinn/error.hpp>

#include <lapacke.h>
#include <algorithm>
#include <cmath>
#include <new>
#include <string>
#include <utility>

namespace ddpinn {

namespace {

std::size_t result_rows(Op op, MatrixView a) { return op == Op::none ? a.rows : a.columns; }
std::size_t result_columns(Op op, MatrixView a) { return op == Op::none ? a.columns : a.rows; }

void require_success(lapack_int info, const char* routine) {
  if (info == 0) return;
  if (info == LAPACK_WORK_MEMORY_ERROR || info == LAPACK_TRANSPOSE_MEMORY_ERROR) throw std::bad_alloc();
  throw Error(Status::numerical,
              std::string("LAPACK's ") + routine + " failed with status " + std::to_string(info) +
                  " (an entry is not finite, or the iteration did not converge); check the "
                  "equations for divisions by zero and the points for duplicates");
}

}  // namespace

void multiply(double alpha, Op op_a, MatrixView a, Op op_b, MatrixView b, double beta, double* c,
              std::size_t stride) {
  const auto m = result_rows(op_a, a), n = result_columns(op_b, b), k = result_columns(op_a, a);
  if (m == 0 || n == 0) return;
  cblas_dgemm(CblasColMajor, flag(op_a), flag(op_b), to_int(m), to_int(n), to_int(k), alpha, a.data,
              leading(a.stride), b.data, leading(b.stride), beta, c, leading(stride));
}

Matrix product(Op op_a, MatrixView a, Op op_b, MatrixView b) {
  Matrix c(result_rows(op_a, a), result_columns(op_b, b));
  multiply(1, op_a, a, op_b, b, 0, c.data(), c.rows());
  return c;
}

void multiply(double alpha, Op op, MatrixView a, const double* x, double beta, double* y) {
  if (a.rows == 0 || a.columns == 0) {  // BLAS would leave y as it is
    const auto n = result_rows(op, a);
    for (std::size_t i = 0; i < n; ++i) y[i] = beta == 0 ? 0 : beta * y[i];
    return;
  }
  cblas_dgemv(CblasColMajor, flag(op), to_int(a.rows), to_int(a.columns), alpha, a.data, leading(a.stride), x,
              1, beta, y, 1);
}

void multiply(double alpha, Op op, MatrixView a, const double* x, std::size_t count, double beta, double* y) {
  if (count == 1) return multiply(alpha, op, a, x, beta, y);
  const auto length = op == Op::none ? a.columns : a.rows;
  multiply(alpha, op, a, Op::none, {x, length, count, length}, beta, y, result_rows(op, a));
}

void add_gram(MatrixView a, double* c, std::size_t stride) {
  if (a.rows == 0 || a.columns == 0) return;
  cblas_dsyrk(CblasColMajor, CblasLower, CblasTrans, to_int(a.columns), to_int(a.rows), 1, a.data,
              leading(a.stride), 1, c, leading(stride));
}

/// Its diagonal is not negative, so that it is unique: equal matrices, but for rounding, have equal factors.
Matrix qr_factor(Matrix a) {
  const auto m = a.rows(), n = a.columns(), k = std::min(m, n);
  std::vector<double> tau(k);
  require_success(LAPACKE_dgeqrf(LAPACK_COL_MAJOR, to_int(m), to_int(n), a.data(), leading(m), tau.data()),
                  "dgeqrf");
  Matrix r(k, n);
  for (std::size_t j = 0; j < n; ++j)
    for (std::size_t i = 0; i < std::min(j + 1, k); ++i) r(i, j) = std::signbit(a(i, i)) ? -a(i, j) : a(i, j);
  return r;
}

ScaledFactor cholesky_qr_factor(MatrixView a) {
  const auto n = a.columns;
  Matrix lower(n, n), r(n, n);
  add_gram(a, lower.data(), n);
  std::vector<double> norms(n);
  for (std::size_t j = 0; j < n; ++j) norms[j] = lower(j, j) > 0 ? std::sqrt(lower(j, j)) : 1;
  for (std::size_t j = 0; j < n; ++j)
    for (std::size_t i = j; i < n; ++i) lower(i, j) /= norms[i] * norms[j];
  if (!factorise(n, lower.data(), n)) return {};
  for (std::size_t j = 0; j < n; ++j)
    for (std::size_t i = 0; i <= j; ++i) r(i, j) = lower(j, i);
  return {std::move(r), std::move(norms)};
}

void multiply_upper(Matrix& a, MatrixView upper) {
  if (a.rows() == 0 || upper.rows == 0) return;
  cblas_dtrmm(CblasColMajor, CblasRight, CblasUpper, CblasNoTrans, CblasNonUnit, to_int(a.rows()),
              to_int(upper.rows), 1, upper.data, leading(upper.stride), a.data(), leading(a.rows()));
}

double reciprocal_condition(MatrixView upper) {
  double result = 0;
  require_success(LAPACKE_dtrcon(LAPACK_COL_MAJOR, '1', 'U', 'N', to_int(upper.columns), upper.data,
                                 leading(upper.stride), &result),
                  "dtrcon");
  return result;
}

void invert_upper(Matrix& upper) {
  require_success(LAPACKE_dtrtri(LAPACK_COL_MAJOR, 'U', 'N', to_int(upper.columns()), upper.data(),
                                 leading(upper.rows())),
                  "dtrtri");
}

RightSingular right_singular(Matrix a) {
  const auto m = a.rows(), n = a.columns(), k = std::min(m, n);
  RightSingular result{std::vector<double>(k), Matrix(n, k)};
  Matrix u(m, k), vt(k, n);
  require_success(LAPACKE_dgesdd(LAPACK_COL_MAJOR, 'S', to_int(m), to_int(n), a.data(), leading(m),
                                 result.values.data(), u.data(), leading(m), vt.data(), leading(k)),
                  "dgesdd");
  for (std::size_t j = 0; j < k; ++j)
    for (std::size_t i = 0; i < n; ++i) result.vectors(i, j) = vt(j, i);
  return result;
}

Matrix dominant_columns(Matrix a, double tolerance) {
  const auto m = a.rows(), n = a.columns(), k = std::min(m, n);
  std::vector<double> tau(k);
  std::vector<lapack_int> pivot(n, 0);
  require_success(
      LAPACKE_dgeqp3(LAPACK_COL_MAJOR, to_int(m), to_int(n), a.data(), leading(m), pivot.data(), tau.data()),
      "dgeqp3");
  std::size_t rank = 0;
  while (rank < k && std::abs(a(rank, rank)) > tolerance) ++rank;
  require_success(LAPACKE_dorgqr(LAPACK_COL_MAJOR, to_int(m), to_int(rank), to_int(rank), a.data(),
                                 leading(m), tau.data()),
                  "dorgqr");
  Matrix q(m, rank);
  std::copy_n(a.data(), m * rank, q.data());
  return q;
}

namespace {

/// Copies the strict lower triangle to the upper one, or back.
void mirror(Matrix& a, bool to_upper) {
  for (std::size_t j = 0; j < a.columns(); ++j)
    for (std::size_t i = j + 1; i < a.rows(); ++i) {
      if (to_upper)
        a(j, i) = a(i, j);
      else
        a(i, j) = a(j, i);
    }
}

}  // namespace

/// The upper triangle keeps the matrix, for the next shift.
Cholesky::Cholesky(Matrix a) : factor_(std::move(a)) {
  const auto n = factor_.rows();
  mirror(factor_, true);
  std::vector<double> diagonal(n);
  for (std::size_t i = 0; i < n; ++i) diagonal[i] = factor_(i, i);
  double largest = 0;
  for (double d : diagonal) largest = std::max(largest, std::abs(d));
  const bool finite = std::ranges::all_of(factor_.entries(), [](double v) { return std::isfinite(v); });
  for (double shift : {1e-14, 1e-13, 1e-12, 1e-11, 1e-10, 1e-9, 1e-8, 1e-7, 1e-6}) {
    if (!finite) break;  // not every LAPACK notices
    shift_ = shift * largest;
    for (std::size_t i = 0; i < n; ++i) factor_(i, i) = diagonal[i] + shift_;
    if (factorise(n, factor_.data(), n)) return;
    mirror(factor_, false);
  }
  throw Error(Status::numerical, "the Cholesky factorisation of a local matrix of " + std::to_string(n) +
                                     " rows failed (it is not positive definite, or an entry is not finite); "
                                     "raise solver.krylov.compression "
                                     "or use more points than features");
}

void Cholesky::solve(double* x) const {
  const MatrixPanel<double> lower{factor_.data(), size(), size(), size()};
  solve_lower(Op::none, lower, x, 1);
  solve_lower(Op::transpose, lower, x, 1);
}

}  // namespace ddpinn
