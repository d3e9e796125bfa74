// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "dense/panels.hpp"

#include "dense/dense_support.hpp"
#include "support/catch.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <vector>

using namespace ddpinn;
using namespace ddpinn::test;

namespace {

template <class Real>
std::vector<Real> entries_of(const Matrix& a) {
  return {a.entries().begin(), a.entries().end()};
}

template <class Real>
MatrixPanel<Real> panel(const std::vector<Real>& entries, const Matrix& shape) {
  return {entries.data(), shape.rows(), shape.columns(), shape.rows()};
}

/// The largest difference, in units of the precision's rounding.
template <class Real>
double roundings(const std::vector<Real>& found, const Matrix& expected) {
  double most = 0;
  for (std::size_t i = 0; i < found.size(); ++i)
    most = std::max(most, std::abs(found[i] - expected.entries()[i]));
  return most / std::numeric_limits<Real>::epsilon();
}

constexpr double few = 2000;

}  // namespace

TEMPLATE_TEST_CASE("A Cholesky factor solves from both sides, for one vector and several", "", float,
                   double) {
  Random random(8, 0);
  const auto b = random_matrix(9, 5, random);
  const auto a = gram(b);
  auto lower = entries_of<TestType>(a);
  for (std::size_t j = 0; j < 5; ++j)
    for (std::size_t i = 0; i < j; ++i) lower[i + 5 * j] = 1e9;  // is not read
  REQUIRE(factorise(5, lower.data(), 5));
  for (std::size_t count : {1, 3}) {
    const auto x = random_matrix(5, count, random);
    auto right = entries_of<TestType>(plain_product(a, x));
    solve_lower(Op::none, panel(lower, a), right.data(), count);
    solve_lower(Op::transpose, panel(lower, a), right.data(), count);
    REQUIRE(roundings(right, x) < few);
  }
  Matrix triangle(5, 5);
  for (std::size_t j = 0; j < 5; ++j)
    for (std::size_t i = j; i < 5; ++i) triangle(i, j) = lower[i + 5 * j];
  const auto y = random_matrix(2, 5, random);
  auto product = entries_of<TestType>(plain_product(y, transposed(triangle)));
  solve_from_right(panel(lower, a), 2, product.data(), 2);
  REQUIRE(roundings(product, y) < few);
  auto indefinite = entries_of<TestType>(a);
  indefinite[24] = -1;
  REQUIRE(!factorise(5, indefinite.data(), 5));
}

TEMPLATE_TEST_CASE("The Gram matrix of rows fills the lower triangle, and products are subtracted", "", float,
                   double) {
  Random random(9, 0);
  const auto a = random_matrix(3, 6, random);
  const auto given = entries_of<TestType>(a);
  std::vector<TestType> found(9);
  gram_of_rows(panel(given, a), found.data(), 3);
  const auto expected = gram(transposed(a));
  for (std::size_t j = 0; j < 3; ++j)
    for (std::size_t i = j; i < 3; ++i)
      REQUIRE(std::abs(found[i + 3 * j] - expected(i, j)) < few * std::numeric_limits<TestType>::epsilon());
  for (std::size_t count : {1, 2}) {
    const auto x = random_matrix(6, count, random), y = random_matrix(3, count, random);
    auto forth = entries_of<TestType>(plain_product(a, x));
    subtract_product(Op::none, panel(given, a), entries_of<TestType>(x).data(), count, forth.data());
    REQUIRE(roundings(forth, Matrix(3, count)) < few);
    auto back = entries_of<TestType>(plain_product(transposed(a), y));
    subtract_product(Op::transpose, panel(given, a), entries_of<TestType>(y).data(), count, back.data());
    REQUIRE(roundings(back, Matrix(6, count)) < few);
  }
}
