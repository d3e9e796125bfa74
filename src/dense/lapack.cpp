// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "dense/lapack.hpp"

#include <ddpinn/error.hpp>

#include <cblas.h>
#include <lapacke.h>
#include <algorithm>
#include <cmath>
#include <string>
#include <utility>

namespace ddpinn {

namespace {

int to_int(std::size_t n) { return static_cast<int>(n); }
int leading(std::size_t stride) { return std::max(1, to_int(stride)); }

std::size_t result_rows(Op op, MatrixView a) { return op == Op::none ? a.rows : a.columns; }
std::size_t result_columns(Op op, MatrixView a) { return op == Op::none ? a.columns : a.rows; }
CBLAS_TRANSPOSE flag(Op op) { return op == Op::none ? CblasNoTrans : CblasTrans; }

void require_success(lapack_int info, const char* routine) {
  if (info == 0) return;
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

void add_gram(MatrixView a, double* c, std::size_t stride) {
  if (a.rows == 0 || a.columns == 0) return;
  cblas_dsyrk(CblasColMajor, CblasLower, CblasTrans, to_int(a.columns), to_int(a.rows), 1, a.data,
              leading(a.stride), 1, c, leading(stride));
}

Matrix qr_factor(Matrix a) {
  const auto m = a.rows(), n = a.columns(), k = std::min(m, n);
  std::vector<double> tau(k);
  require_success(LAPACKE_dgeqrf(LAPACK_COL_MAJOR, to_int(m), to_int(n), a.data(), leading(m), tau.data()),
                  "dgeqrf");
  Matrix r(k, n);
  for (std::size_t j = 0; j < n; ++j)
    for (std::size_t i = 0; i < std::min(j + 1, k); ++i) r(i, j) = a(i, j);
  return r;
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

Cholesky::Cholesky(const Matrix& a) {
  const auto n = a.rows();
  double largest = 0;
  for (std::size_t i = 0; i < n; ++i) largest = std::max(largest, std::abs(a(i, i)));
  bool finite = true;  // not every LAPACK notices
  for (std::size_t j = 0; j < n; ++j)
    finite =
        finite && std::all_of(a.column(j) + j, a.column(j) + n, [](double v) { return std::isfinite(v); });
  for (double shift : {1e-14, 1e-13, 1e-12, 1e-11, 1e-10, 1e-9, 1e-8, 1e-7, 1e-6}) {
    if (!finite) break;
    factor_ = a;
    shift_ = shift * largest;
    for (std::size_t i = 0; i < n; ++i) factor_(i, i) += shift_;
    const auto info = LAPACKE_dpotrf_work(LAPACK_COL_MAJOR, 'L', to_int(n), factor_.data(), leading(n));
    if (info == 0) return;
  }
  throw Error(Status::numerical, "the Cholesky factorisation of a local matrix of " + std::to_string(n) +
                                     " rows failed (it is not positive definite, or an entry is not finite); "
                                     "raise solver.krylov.compression "
                                     "or use more points than features");
}

void Cholesky::solve(double* x) const {
  const int n = to_int(size());
  if (n == 0) return;
  cblas_dtrsv(CblasColMajor, CblasLower, CblasNoTrans, CblasNonUnit, n, factor_.data(), n, x, 1);
  cblas_dtrsv(CblasColMajor, CblasLower, CblasTrans, CblasNonUnit, n, factor_.data(), n, x, 1);
}

}  // namespace ddpinn
