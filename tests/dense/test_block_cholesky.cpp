// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "dense/block_cholesky.hpp"

#include "dense/lapack.hpp"
#include "support/catch.hpp"
#include "support/dense.hpp"

#include <algorithm>
#include <limits>
#include <set>

using namespace ddpinn;
using namespace ddpinn::test;

namespace {

using Pair = std::pair<std::size_t, std::size_t>;

/// A symmetric matrix of random blocks between neighbours, made positive definite by its diagonal.
struct BlockMatrix {
  std::vector<std::size_t> size;
  std::map<Pair, Matrix> blocks;

  BlockMatrix(std::vector<std::size_t> sizes, const std::set<Pair>& neighbours, Random& random)
      : size(std::move(sizes)) {
    for (const auto& [i, j] : neighbours) blocks[{i, j}] = random_matrix(size[i], size[j], random);
    for (std::size_t i = 0; i < size.size(); ++i) {
      const auto b = random_matrix(size[i], size[i], random);
      auto& a = blocks[{i, i}] = product(Op::transpose, b, Op::none, b);
      for (std::size_t k = 0; k < size[i]; ++k) a(k, k) += 50;
    }
  }

  SymmetricBlocks given() const {
    SymmetricBlocks result;
    for (const auto& [pair, block] : blocks) result[pair] = &block;
    return result;
  }

  std::vector<double> operator*(const std::vector<double>& x) const {
    std::vector<std::size_t> offset{0};
    for (auto n : size) offset.push_back(offset.back() + n);
    std::vector<double> y(x.size(), 0);
    for (const auto& [pair, a] : blocks) {
      const auto [i, j] = pair;
      multiply(1, Op::none, a, x.data() + offset[j], 1, y.data() + offset[i]);
      if (i != j) multiply(1, Op::transpose, a, x.data() + offset[i], 1, y.data() + offset[j]);
    }
    return y;
  }
};

/// The 3 by 3 cells of a grid, each with those around it.
std::set<Pair> grid_neighbours() {
  std::set<Pair> result;
  for (std::size_t a = 0; a < 9; ++a)
    for (std::size_t b = a + 1; b < 9; ++b)
      if (b / 3 - a / 3 <= 1 && (a % 3 > b % 3 ? a % 3 - b % 3 : b % 3 - a % 3) <= 1) result.insert({a, b});
  return result;
}

template <class Real>
void require_solved(const BlockMatrix& a, Random& random) {
  constexpr double margin = 1e5 * std::numeric_limits<Real>::epsilon();
  std::size_t rows = 0;
  for (auto n : a.size) rows += n;
  std::vector<double> x(rows);
  for (auto& value : x) value = random.uniform(-1, 1);
  auto found = a * x;
  const auto factor = BlockCholesky<Real>::make(a.size, a.given());
  REQUIRE(factor);
  REQUIRE(factor->size() == rows);
  factor->solve(found.data());
  for (std::size_t i = 0; i < rows; ++i) REQUIRE(found[i] == Approx(x[i]).margin(margin));
  constexpr std::size_t count = 3;  // vectors at once
  std::vector<double> several;
  for (std::size_t c = 0; c < count; ++c)
    for (std::size_t i = 0; i < rows; ++i)
      several.push_back((1.0 + static_cast<double>(c)) * x[(i + c) % rows]);
  auto images = several;
  for (std::size_t c = 0; c < count; ++c) {
    const std::vector<double> one(several.begin() + c * rows, several.begin() + (c + 1) * rows);
    std::ranges::copy(a * one, images.begin() + c * rows);
  }
  factor->solve(images.data(), count);
  for (std::size_t i = 0; i < images.size(); ++i) REQUIRE(images[i] == Approx(several[i]).margin(margin));
}

}  // namespace

TEMPLATE_TEST_CASE("Block matrices of many patterns are factorised and solved", "", float, double) {
  Random random(1, 0);
  const auto require_one = [&](std::vector<std::size_t> size, const std::set<Pair>& neighbours) {
    require_solved<TestType>({std::move(size), neighbours, random}, random);
  };
  require_one({4}, {});
  require_one({4, 3}, {});
  require_one({4, 0, 3}, {{0, 1}, {0, 2}, {1, 2}});
  require_one({2, 5, 3, 4}, {{0, 1}, {1, 2}, {2, 3}, {0, 3}});
  require_one({3, 4, 5, 6, 2, 3, 4, 5, 6}, grid_neighbours());
}

TEST_CASE("A grid's factor leaves out what stays zero") {
  const std::vector<std::size_t> size(9, 10);
  const auto neighbours = grid_neighbours();
  const BlockElimination elimination(size, {neighbours.begin(), neighbours.end()});
  REQUIRE(elimination.entries() < 9 * 9 * 100 * 3 / 4);
  std::set<std::size_t> pivots;
  for (const auto& front : elimination.fronts) pivots.insert(front.pivots.begin(), front.pivots.end());
  REQUIRE(pivots.size() == 9);
}

TEST_CASE("A dependent block matrix is factorised with a small shift") {
  Random random(2, 0);
  const auto b = random_matrix(3, 6, random);
  const auto dependent = product(Op::transpose, b, Op::none, b);
  const auto factor = BlockCholesky<double>::make({6}, {{{0, 0}, &dependent}});
  REQUIRE(factor);
  REQUIRE(factor->shift() > 0);
  REQUIRE(factor->shift() < 1e-6 * 10);
  const auto empty = BlockCholesky<double>::make({}, {});
  REQUIRE(empty);
  empty->solve(nullptr);
  REQUIRE(empty->size() == 0);
}

TEST_CASE("Floats serve local matrices and vectors of any size, and doubles where they are too few") {
  Random random(3, 0);
  const BlockMatrix a({4, 3}, {{0, 1}}, random);
  for (double size : {1e-60, 1.0, 1e60}) {
    auto scaled = a;
    for (auto& [pair, block] : scaled.blocks)
      for (double& entry : block.entries()) entry *= size;
    const LocalFactor factor(scaled.size, scaled.given(), Precision::float32);
    REQUIRE(factor.is_single());
    REQUIRE(factor.size() == 7);
    REQUIRE(!LocalFactor(scaled.size, scaled.given(), Precision::float64).is_single());
    std::vector<double> x(7, 1e-80);
    auto found = scaled * x;
    factor.solve(found.data());
    for (std::size_t i = 0; i < 7; ++i) REQUIRE(found[i] == Approx(x[i]).epsilon(1e-4));
  }
  const auto few = random_matrix(5, 400, random);  // of rank five: the rounding of floats is above the shift
  const auto dependent = product(Op::transpose, few, Op::none, few);
  const LocalFactor factor({400}, {{{0, 0}, &dependent}}, Precision::float32);
  REQUIRE(!factor.is_single());
}

TEST_CASE("Matrices that have no Cholesky factor are refused") {
  Matrix wrong(2, 2);
  wrong(0, 0) = 1;
  wrong(1, 1) = -1;
  const auto message = [&] {
    return message_of([&] { LocalFactor({2}, {{{0, 0}, &wrong}}, Precision::float32); });
  };
  REQUIRE(contains(message(), "not positive definite"));
  wrong(1, 1) = std::numeric_limits<double>::quiet_NaN();
  REQUIRE(contains(message(), "an entry is not finite"));
}
