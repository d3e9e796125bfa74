// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "dense/panels.hpp"

#include "dense/blas_arguments.hpp"

#include <lapacke.h>
#include <type_traits>

namespace ddpinn {

namespace {

/// The routine of a precision.
template <class Real, class Single, class Double>
auto routine(Single single, Double of_double) {
  if constexpr (std::is_same_v<Real, float>)
    return single;
  else
    return of_double;
}

}  // namespace

template <class Real>
bool factorise(std::size_t n, Real* a, std::size_t stride) {
  return routine<Real>(LAPACKE_spotrf_work, LAPACKE_dpotrf_work)(LAPACK_COL_MAJOR, 'L', to_int(n), a,
                                                                 leading(stride)) == 0;
}

template <class Real>
void solve_from_right(MatrixPanel<Real> lower, std::size_t rows, Real* b, std::size_t stride) {
  if (lower.rows == 0 || rows == 0) return;
  routine<Real>(cblas_strsm, cblas_dtrsm)(CblasColMajor, CblasRight, CblasLower, CblasTrans, CblasNonUnit,
                                          to_int(rows), to_int(lower.rows), 1, lower.data,
                                          leading(lower.stride), b, leading(stride));
}

template <class Real>
void gram_of_rows(MatrixPanel<Real> a, Real* c, std::size_t stride) {
  if (a.rows == 0) return;
  routine<Real>(cblas_ssyrk, cblas_dsyrk)(CblasColMajor, CblasLower, CblasNoTrans, to_int(a.rows),
                                          to_int(a.columns), 1, a.data, leading(a.stride), 0, c,
                                          leading(stride));
}

template <class Real>
void solve_lower(Op op, MatrixPanel<Real> lower, Real* x, std::size_t count) {
  if (lower.rows == 0) return;
  const int n = to_int(lower.rows);
  if (count == 1)
    routine<Real>(cblas_strsv, cblas_dtrsv)(CblasColMajor, CblasLower, flag(op), CblasNonUnit, n, lower.data,
                                            leading(lower.stride), x, 1);
  else
    routine<Real>(cblas_strsm, cblas_dtrsm)(CblasColMajor, CblasLeft, CblasLower, flag(op), CblasNonUnit, n,
                                            to_int(count), 1, lower.data, leading(lower.stride), x, n);
}

template <class Real>
void subtract_product(Op op, MatrixPanel<Real> a, const Real* x, std::size_t count, Real* y) {
  if (a.rows == 0 || a.columns == 0) return;
  const int rows = to_int(a.rows), columns = to_int(a.columns);
  if (count == 1)
    return routine<Real>(cblas_sgemv, cblas_dgemv)(CblasColMajor, flag(op), rows, columns, -1, a.data,
                                                   leading(a.stride), x, 1, 1, y, 1);
  const int to = op == Op::none ? rows : columns, from = op == Op::none ? columns : rows;
  routine<Real>(cblas_sgemm, cblas_dgemm)(CblasColMajor, flag(op), CblasNoTrans, to, to_int(count), from, -1,
                                          a.data, leading(a.stride), x, from, 1, y, to);
}

template bool factorise(std::size_t, float*, std::size_t);
template bool factorise(std::size_t, double*, std::size_t);
template void solve_from_right(MatrixPanel<float>, std::size_t, float*, std::size_t);
template void solve_from_right(MatrixPanel<double>, std::size_t, double*, std::size_t);
template void gram_of_rows(MatrixPanel<float>, float*, std::size_t);
template void gram_of_rows(MatrixPanel<double>, double*, std::size_t);
template void solve_lower(Op, MatrixPanel<float>, float*, std::size_t);
template void solve_lower(Op, MatrixPanel<double>, double*, std::size_t);
template void subtract_product(Op, MatrixPanel<float>, const float*, std::size_t, float*);
template void subtract_product(Op, MatrixPanel<double>, const double*, std::size_t, double*);

}  // namespace ddpinn
