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

  BlockCholesky factorised() const {
    BlockCholesky::Blocks given;
    for (const auto& [pair, block] : blocks) given[pair] = &block;
    return {size, given};
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

void require_solved(const BlockMatrix& a, Random& random) {
  std::size_t rows = 0;
  for (auto n : a.size) rows += n;
  std::vector<double> x(rows);
  for (auto& value : x) value = random.uniform(-1, 1);
  auto found = a * x;
  const auto factor = a.factorised();
  REQUIRE(factor.size() == rows);
  factor.solve(found.data());
  for (std::size_t i = 0; i < rows; ++i) REQUIRE(found[i] == Approx(x[i]).margin(1e-11));
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
  factor.solve(images.data(), count);
  for (std::size_t i = 0; i < images.size(); ++i) REQUIRE(images[i] == Approx(several[i]).margin(1e-11));
}

}  // namespace

TEST_CASE("Block matrices of many patterns are factorised and solved") {
  Random random(1, 0);
  require_solved({{4}, {}, random}, random);
  require_solved({{4, 3}, {}, random}, random);
  require_solved({{4, 0, 3}, {{0, 1}, {0, 2}, {1, 2}}, random}, random);
  require_solved({{2, 5, 3, 4}, {{0, 1}, {1, 2}, {2, 3}, {0, 3}}, random}, random);
  require_solved({{3, 4, 5, 6, 2, 3, 4, 5, 6}, grid_neighbours(), random}, random);
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

TEST_CASE("A dependent block matrix is factorised with a small shift, and others are refused") {
  Random random(2, 0);
  const auto b = random_matrix(3, 6, random);
  const auto dependent = product(Op::transpose, b, Op::none, b);
  const BlockCholesky factor({6}, {{{0, 0}, &dependent}});
  REQUIRE(factor.shift() > 0);
  REQUIRE(factor.shift() < 1e-6 * 10);
  Matrix wrong(2, 2);
  wrong(0, 0) = 1;
  wrong(1, 1) = -1;
  const auto message = [&] { return message_of([&] { BlockCholesky({2}, {{{0, 0}, &wrong}}); }); };
  REQUIRE(contains(message(), "not positive definite"));
  wrong(1, 1) = std::numeric_limits<double>::quiet_NaN();
  REQUIRE(contains(message(), "an entry is not finite"));
  const BlockCholesky empty({}, {});
  empty.solve(nullptr);
  REQUIRE(empty.size() == 0);
}
