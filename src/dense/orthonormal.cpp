// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "dense/orthonormal.hpp"

#include "dense/lapack.hpp"

#include <ddpinn/error.hpp>

#include <cblas.h>
#include <lapacke.h>

namespace ddpinn {

namespace {

void divide_from_the_right(Matrix& a, const Matrix& lower) {
  const int n = lower.rows();
  cblas_dtrsm(CblasColMajor, CblasRight, CblasLower, CblasTrans, CblasNonUnit, a.rows(), n, 1, lower.data(),
              n, a.data(), a.rows());
}

}  // namespace

void orthonormalise_again(Matrix& q, Matrix& t) {
  const auto n = q.columns();
  if (n == 0 || q.rows() == 0) return;
  Matrix gram(n, n);
  add_gram(q, gram.data(), n);
  const auto size = static_cast<lapack_int>(n);
  if (LAPACKE_dpotrf(LAPACK_COL_MAJOR, 'L', size, gram.data(), size) != 0)
    throw Error(Status::numerical,
                "the basis of a local problem can't be made orthonormal (its columns are dependent, or an "
                "entry is not finite); raise solver.krylov.compression, for example to 1e-9");
  divide_from_the_right(q, gram);
  if (t.rows() > 0) divide_from_the_right(t, gram);
}

}  // namespace ddpinn
