// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "assembly/normal_blocks.hpp"

#include "dense/lapack.hpp"
#include "support/cases.hpp"
#include "support/catch.hpp"
#include "support/small_case.hpp"

#include <algorithm>
#include <cmath>

using namespace ddpinn;
using namespace ddpinn::test;

namespace {

double largest(const Matrix& a, std::size_t row, std::size_t rows, std::size_t column, std::size_t columns) {
  double result = 0;
  for (std::size_t j = 0; j < columns; ++j)
    for (std::size_t i = 0; i < rows; ++i) result = std::max(result, std::abs(a(row + i, column + j)));
  return result;
}

}  // namespace

TEST_CASE("Normal blocks are those of the Jacobian of all rows") {
  for (const auto& text : {small_poisson, tangled}) {
    SmallCase c(text, MPI_COMM_WORLD);
    const CompressedProblem problem(c, 1e-6);
    const NormalBlocks normal(problem.jacobian);
    const auto dense = dense_jacobian(c, problem);
    const auto expected = product(Op::transpose, dense, Op::none, dense);
    const auto& layout = problem.layout;
    for (int l = 0; l < layout.subdomains(); ++l)
      for (int m = l; m < layout.subdomains(); ++m) {
        const auto row = layout.global_offset(l), column = layout.global_offset(m);
        const auto found = normal.owned().find({l, m});
        const bool here = found != normal.owned().end();
        if (layout.owner(l) != c.comm.rank()) REQUIRE(!here);
        if (layout.owner(l) != c.comm.rank()) continue;
        const bool neighbours = std::ranges::binary_search(normal.neighbours(l), m);
        REQUIRE(here == neighbours);
        if (!here) {
          REQUIRE(largest(expected, row, layout.size(l), column, layout.size(m)) == 0);
          continue;
        }
        REQUIRE(found->second->rows() == layout.size(l));
        REQUIRE(found->second->columns() == layout.size(m));
        for (std::size_t j = 0; j < layout.size(m); ++j)
          for (std::size_t i = 0; i < layout.size(l); ++i)
            REQUIRE((*found->second)(i, j) == Approx(expected(row + i, column + j)).margin(1e-12));
      }
  }
}

TEST_CASE("Neighbours are mutual, and the same on every rank") {
  SmallCase together(tangled, MPI_COMM_WORLD), alone(tangled, MPI_COMM_SELF);
  const CompressedProblem problem(together, 1e-6), reference(alone, 1e-6);
  const NormalBlocks normal(problem.jacobian), expected(reference.jacobian);
  for (int k = 0; k < problem.layout.subdomains(); ++k) {
    REQUIRE(normal.neighbours(k) == expected.neighbours(k));
    REQUIRE(std::ranges::is_sorted(normal.neighbours(k)));
    for (int l : normal.neighbours(k)) REQUIRE(std::ranges::binary_search(normal.neighbours(l), k));
  }
}
