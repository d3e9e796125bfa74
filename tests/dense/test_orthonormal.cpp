// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "dense/orthonormal.hpp"

#include "base/random.hpp"
#include "dense/lapack.hpp"
#include "support/catch.hpp"

#include <ddpinn/error.hpp>

#include <cmath>

using namespace ddpinn;

namespace {

Matrix random_matrix(std::size_t rows, std::size_t columns) {
  Random random(9, rows);
  Matrix a(rows, columns);
  for (auto& value : a.entries()) value = random.uniform(-1, 1);
  return a;
}

}  // namespace

TEST_CASE("columns that are nearly orthonormal become so to rounding, and the product goes on holding") {
  auto q = dominant_columns(random_matrix(40, 8), 1e-12);
  for (std::size_t i = 0; i < 40; ++i) q(i, 1) += 1e-4 * q(i, 0);
  const auto a = q;
  Matrix t(8, 8);
  for (std::size_t i = 0; i < 8; ++i) t(i, i) = 1;
  orthonormalise_again(q, t);
  const auto gram = product(Op::transpose, q, Op::none, q), image = product(Op::none, a, Op::none, t);
  for (std::size_t i = 0; i < 8; ++i)
    for (std::size_t j = 0; j < 8; ++j) REQUIRE(std::abs(gram(i, j) - (i == j ? 1 : 0)) < 1e-14);
  for (std::size_t i = 0; i < q.entries().size(); ++i)
    REQUIRE(std::abs(image.entries()[i] - q.entries()[i]) < 1e-14);
}

TEST_CASE("dependent columns can't be made orthonormal") {
  Matrix q(3, 2), t(2, 2);
  q(0, 0) = q(0, 1) = 1;
  REQUIRE_THROWS_AS(orthonormalise_again(q, t), Error);
}
