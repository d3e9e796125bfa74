// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "dense/lapack.hpp"

#include "dense/dense_support.hpp"
#include "support/catch.hpp"

#include <cmath>
#include <limits>

using namespace ddpinn;
using namespace ddpinn::test;

namespace {

Matrix identity(std::size_t n) {
  Matrix result(n, n);
  for (std::size_t i = 0; i < n; ++i) result(i, i) = 1;
  return result;
}

}  // namespace

TEST_CASE("Products take either factor transposed") {
  Random random(1, 0);
  const auto a = random_matrix(4, 3, random), b = random_matrix(3, 5, random);
  const auto expected = plain_product(a, b);
  REQUIRE(largest_difference(product(Op::none, a, Op::none, b), expected) < 1e-14);
  REQUIRE(largest_difference(product(Op::transpose, transposed(a), Op::none, b), expected) < 1e-14);
  REQUIRE(largest_difference(product(Op::none, a, Op::transpose, transposed(b)), expected) < 1e-14);
  REQUIRE(largest_difference(product(Op::transpose, transposed(a), Op::transpose, transposed(b)), expected) <
          1e-14);
}

TEST_CASE("Products read and write parts of larger matrices, and touch nothing else") {
  Random random(2, 0);
  const auto a = random_matrix(6, 4, random), b = random_matrix(5, 3, random);
  auto c = random_matrix(7, 4, random);
  const auto before = c;
  const MatrixView part_a(a.data() + 1 + 6, 3, 2, 6), part_b(b.data() + 2, 2, 3, 5);
  multiply(2, Op::none, part_a, Op::none, part_b, 0.5, c.data() + 3 + 7, 7);
  for (std::size_t i = 0; i < 7; ++i)
    for (std::size_t j = 0; j < 4; ++j) {
      double expected = before(i, j);
      if (i >= 3 && i < 6 && j >= 1) {
        expected *= 0.5;
        for (std::size_t k = 0; k < 2; ++k) expected += 2 * a(i - 3 + 1, k + 1) * b(k + 2, j - 1);
      }
      REQUIRE(c(i, j) == Approx(expected).margin(1e-14));
    }
}

TEST_CASE("Products with vectors and with empty matrices") {
  Random random(3, 0);
  const auto a = random_matrix(4, 3, random), x = random_matrix(3, 1, random),
             z = random_matrix(4, 1, random);
  Matrix y = z, w = x;
  multiply(2, Op::none, a, x.data(), -1, y.data());
  multiply(1, Op::transpose, a, z.data(), 0, w.data());
  const auto ax = plain_product(a, x), az = plain_product(transposed(a), z);
  for (std::size_t i = 0; i < 4; ++i) REQUIRE(y(i, 0) == Approx(2 * ax(i, 0) - z(i, 0)));
  for (std::size_t i = 0; i < 3; ++i) REQUIRE(w(i, 0) == Approx(az(i, 0)));
  const auto empty = product(Op::transpose, Matrix(0, 3), Op::none, Matrix(0, 2));
  REQUIRE(empty.rows() == 3);
  for (double value : empty.entries()) REQUIRE(value == 0);
  REQUIRE(product(Op::none, Matrix(3, 0), Op::none, Matrix(0, 2)).columns() == 2);
}

TEST_CASE("A product with a matrix of no columns is zero, not what was there before") {
  std::vector<double> y{1, 2, 3};
  multiply(1, Op::none, Matrix(3, 0), nullptr, 0, y.data());
  for (double value : y) REQUIRE(value == 0);
  std::vector<double> z{1, 2};
  multiply(1, Op::transpose, Matrix(0, 2), nullptr, 0, z.data());
  for (double value : z) REQUIRE(value == 0);
}

TEST_CASE("A Gram matrix is added to the lower triangle") {
  Random random(4, 0);
  const auto a = random_matrix(6, 4, random);
  auto c = random_matrix(4, 4, random);
  const auto before = c, expected = gram(a);
  add_gram(a, c.data(), 4);
  for (std::size_t j = 0; j < 4; ++j)
    for (std::size_t i = 0; i < 4; ++i)
      REQUIRE(c(i, j) == Approx(before(i, j) + (i >= j ? expected(i, j) : 0)).margin(1e-14));
}

TEST_CASE("The triangular factor of a QR decomposition has the matrix's Gram matrix") {
  Random random(5, 0);
  for (const auto& [m, n] : {std::pair<std::size_t, std::size_t>{9, 4}, {4, 4}, {3, 6}, {1, 1}}) {
    const auto a = random_matrix(m, n, random);
    const auto r = qr_factor(a);
    REQUIRE(r.rows() == std::min(m, n));
    REQUIRE(r.columns() == n);
    for (std::size_t j = 0; j < n; ++j)
      for (std::size_t i = j + 1; i < r.rows(); ++i) REQUIRE(r(i, j) == 0);
    REQUIRE(largest_difference(gram(r), gram(a)) < 1e-13);
    for (std::size_t i = 0; i < r.rows(); ++i) REQUIRE(r(i, i) >= 0);
  }
}

TEST_CASE("Singular values descend, and right singular vectors are orthonormal") {
  Random random(6, 0);
  for (const auto& [m, n] : {std::pair<std::size_t, std::size_t>{9, 4}, {4, 4}, {3, 6}}) {
    const auto a = random_matrix(m, n, random);
    const auto [values, vectors] = right_singular(a);
    REQUIRE(values.size() == std::min(m, n));
    for (std::size_t i = 1; i < values.size(); ++i) REQUIRE(values[i] <= values[i - 1]);
    REQUIRE(largest_difference(gram(vectors), identity(values.size())) < 1e-13);
    auto squared = identity(values.size());
    for (std::size_t i = 0; i < values.size(); ++i) squared(i, i) = values[i] * values[i];
    REQUIRE(largest_difference(gram(plain_product(a, vectors)), squared) < 1e-12);
  }
}

TEST_CASE("Dominant columns are an orthonormal basis, without dependent ones") {
  Random random(7, 0);
  auto a = random_matrix(8, 5, random);
  for (std::size_t i = 0; i < 8; ++i) a(i, 3) = a(i, 0) - 2 * a(i, 1);
  const auto q = dominant_columns(a, 1e-10);
  REQUIRE(q.columns() == 4);
  REQUIRE(largest_difference(gram(q), identity(4)) < 1e-13);
  REQUIRE(largest_difference(plain_product(q, plain_product(transposed(q), a)), a) < 1e-13);
  REQUIRE(dominant_columns(Matrix(3, 2), 1e-10).columns() == 0);
  REQUIRE(dominant_columns(random_matrix(2, 5, random), 1e-10).columns() == 2);
}

TEST_CASE("A Cholesky factorisation reads the lower triangle and solves") {
  Random random(8, 0);
  const auto b = random_matrix(9, 5, random), x = random_matrix(5, 1, random);
  auto a = gram(b);
  auto right = plain_product(a, x);
  for (std::size_t j = 0; j < 5; ++j)
    for (std::size_t i = 0; i < j; ++i) a(i, j) = 1e9;
  const Cholesky factor(a);
  REQUIRE(factor.size() == 5);
  REQUIRE(factor.shift() < 1e-12);
  factor.solve(right.data());
  REQUIRE(largest_difference(right, x) < 1e-9);
}

TEST_CASE("A dependent matrix is factorised with a small shift, and others are refused") {
  Random random(9, 0);
  const auto b = random_matrix(3, 6, random);
  const Cholesky factor(gram(b));
  REQUIRE(factor.shift() > 0);
  REQUIRE(factor.shift() < 1e-6 * 10);
  auto indefinite = identity(3);
  indefinite(2, 2) = -1;
  REQUIRE(contains(message_of([&] { Cholesky{indefinite}; }), "not positive definite"));
  auto broken = identity(3);
  broken(1, 1) = std::numeric_limits<double>::quiet_NaN();
  REQUIRE(contains(message_of([&] { Cholesky{broken}; }), "an entry is not finite"));
  const Cholesky empty{Matrix(0, 0)};
  empty.solve(nullptr);
  REQUIRE(empty.size() == 0);
}
