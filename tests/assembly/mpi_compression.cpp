// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "assembly/compression.hpp"

#include "dense/lapack.hpp"
#include "support/cases.hpp"
#include "support/catch.hpp"
#include "support/dense.hpp"
#include "support/small_case.hpp"

#include <cmath>

using namespace ddpinn;
using namespace ddpinn::test;

namespace {

/// J_k^T J_k of every subdomain, summed over the rows of all ranks; empty where it has no rows.
std::map<int, Matrix> grams(const SmallCase& c, const CompressedProblem& problem) {
  std::map<int, Matrix> result;
  for (int k = 0; k < c.space.decomposition().size(); ++k) {
    const auto n = problem.compression.size[k];
    Matrix gram(n, n);
    for (std::size_t b = 0; b < problem.compressed.size(); ++b)
      if (c.discretisation.blocks()[b].subdomain == k)
        gram = product(Op::transpose, problem.compressed[b], Op::none, problem.compressed[b]);
    sum(c.comm, gram.entries());
    result[k] = std::move(gram);
  }
  return result;
}

}  // namespace

TEST_CASE("Compressed blocks have orthonormal columns over the rows of all ranks") {
  for (const auto& text : {small_poisson, tangled}) {
    SmallCase c(text, MPI_COMM_WORLD);
    const CompressedProblem problem(c, 1e-8);
    for (const auto& [k, gram] : grams(c, problem)) {
      Matrix identity(gram.rows(), gram.rows());
      for (std::size_t i = 0; i < gram.rows(); ++i) identity(i, i) = 1;
      INFO("subdomain " << k << " of " << gram.rows() << " unknowns");
      // The smallest singular value that is kept, 1e-8 of the largest, is known to eight digits.
      REQUIRE(largest_difference(gram, identity) < 1e-6);
      REQUIRE(gram.rows() > 0);
    }
  }
}

TEST_CASE("Polynomials alone are kept all, and become orthonormal") {
  SmallCase c(small_poisson, MPI_COMM_WORLD, {"network.polynomial_degree=5", "network.hidden=[0]"});
  const CompressedProblem problem(c, 1e-11);
  for (const auto& [k, gram] : grams(c, problem)) {
    REQUIRE(gram.rows() == 21);
    for (std::size_t i = 0; i < gram.rows(); ++i)
      for (std::size_t j = 0; j < gram.rows(); ++j)
        REQUIRE(gram(i, j) == Approx(i == j ? 1.0 : 0.0).margin(1e-8));
  }
}

TEST_CASE("A block times its transform is the compressed block") {
  SmallCase c(tangled, MPI_COMM_WORLD);
  const CompressedProblem problem(c, 1e-8);
  for (std::size_t b = 0; b < problem.raw.size(); ++b) {
    const auto expected = product(Op::none, problem.raw[b], Op::none, problem.compression.transform[b]);
    REQUIRE(largest_difference(problem.compressed[b], expected) < 1e-6);
  }
}

TEST_CASE("What the unknowns do to the rows is what their coefficients do to the fields") {
  SmallCase c(small_poisson, MPI_COMM_WORLD);
  const CompressedProblem problem(c, 1e-8);
  const auto y = problem.random_unknowns(3);
  std::vector<double> rows(c.discretisation.rows().count);
  problem.jacobian.multiply(y, rows);
  auto field = c.discretisation.zero_field();
  problem.compression.expand(c.discretisation.blocks(), problem.jacobian.gather(y), field);
  const auto residual = c.discretisation.residual(c.fields(field));
  for (std::size_t i = 0; i < rows.size(); ++i)
    REQUIRE(residual[i] - problem.linear.residual[i] == Approx(rows[i]).margin(1e-6));
}

TEST_CASE("A compressed problem has the same sizes on any number of ranks") {
  for (const auto& text : {small_poisson, tangled}) {
    SmallCase together(text, MPI_COMM_WORLD), alone(text, MPI_COMM_SELF);
    REQUIRE(CompressedProblem(together, 1e-8).compression.size ==
            CompressedProblem(alone, 1e-8).compression.size);
  }
}

TEST_CASE("Columns that depend on others are dropped") {
  // Weights so small that every unit is nearly a polynomial of low degree.
  SmallCase c(small_poisson, MPI_COMM_WORLD, {"network.scale=0.01", "network.hidden=[40]"});
  const CompressedProblem strict(c, 1e-8), loose(c, 1e-2);
  std::vector<double> rows(c.space.owner().size(), 0);
  for (const auto& block : c.discretisation.blocks())
    rows[block.subdomain] += static_cast<double>(block.rows);
  sum(c.comm, rows);
  for (std::size_t k = 0; k < rows.size(); ++k) {
    REQUIRE(strict.compression.size[k] > 0);
    REQUIRE(static_cast<double>(strict.compression.size[k]) <= rows[k]);
    REQUIRE(strict.compression.size[k] < c.discretisation.columns());
    REQUIRE(loose.compression.size[k] < strict.compression.size[k]);
  }
  for (const auto& [k, gram] : grams(c, strict))
    for (std::size_t i = 0; i < gram.rows(); ++i) REQUIRE(gram(i, i) == Approx(1).epsilon(1e-6));
}

TEST_CASE("Polynomial features are known in the new coordinates") {
  SmallCase c(tangled, MPI_COMM_WORLD);
  const CompressedProblem problem(c, 1e-10);
  const auto& shape = c.space.family().shape;
  for (std::size_t b = 0; b < problem.raw.size(); ++b) {
    const auto found = problem.compression.polynomial.find(c.discretisation.blocks()[b].subdomain);
    if (found == problem.compression.polynomial.end()) continue;
    const auto& coordinates = *found->second;
    REQUIRE(coordinates.columns() == 2 * shape.polynomials());
    const auto columns = product(Op::none, problem.compressed[b], Op::none, coordinates);
    for (std::size_t f = 0; f < 2; ++f)
      for (std::size_t p = 0; p < shape.polynomials(); ++p)
        for (std::size_t i = 0; i < columns.rows(); ++i) {
          // Entries reach 226. What is dropped is 1e-10 of the largest, and rounding leaves 1e-11.
          const double difference =
              columns(i, f * shape.polynomials() + p) - problem.raw[b](i, f * shape.features() + p);
          REQUIRE(std::abs(difference) < 1e-8);
        }
  }
  for (const auto& [k, coordinates] : problem.compression.polynomial)
    REQUIRE(problem.layout.owner(k) == c.comm.rank());
}

TEST_CASE("A subdomain whose statements use no field has no unknowns") {
  auto text = small_poisson;
  text.replace(text.find("-(u_xx + u_yy)"), 14, "where(x < 0.3, -(u_xx + u_yy), 0)");
  text.replace(text.find("[\"boundary\"]"), 12, "[\"x.lower\"]");
  SmallCase c(text, MPI_COMM_WORLD);
  const CompressedProblem problem(c, 1e-8);
  std::size_t empty = 0;
  for (int k = 0; k < c.space.decomposition().size(); ++k) {
    const bool reaches = c.space.decomposition()[k].box.lower[0] < 0.3;
    REQUIRE((problem.layout.size(k) > 0) == reaches);
    empty += !reaches;
  }
  REQUIRE(empty == 3);
  // Rows of empty blocks are zero, and no block's product leaks into another's.
  const auto x = problem.random_unknowns(4);
  std::vector<double> rows(c.discretisation.rows().count);
  problem.jacobian.multiply(x, rows);
  const auto dense = dense_jacobian(c, problem);
  const auto all = all_gather(c.comm, rows);
  const auto unknowns = gathered(c.comm, x);
  for (std::size_t i = 0; i < dense.rows(); ++i) {
    double expected = 0;
    for (std::size_t j = 0; j < dense.columns(); ++j) expected += dense(i, j) * unknowns[j];
    REQUIRE(all[i] == Approx(expected).margin(1e-12));
  }
}
