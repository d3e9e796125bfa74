// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
// Under windows, congruent subdomains have their matrices in common, and give what each by itself gives.
#include "solver/linear/preconditioner.hpp"
#include "support/cases.hpp"
#include "support/catch.hpp"
#include "support/interrupted.hpp"
#include "support/small_case.hpp"

#include <cmath>
#include <set>

using namespace ddpinn;
using namespace ddpinn::test;

namespace {

/// Poisson's equation with a coefficient, on 7 x 7 subdomains of polynomials.
std::string poisson(const std::string& k) {
  return R"toml([domain]
coordinates = ["x", "y"]
lower = [0, 0]
upper = [1, 1]
[[equation]]
residual = "-)toml" +
         k + R"toml(*(u_xx + u_yy) - sin(2*x)*cos(3*y)"
[[condition]]
on = ["boundary"]
residual = "u - x*y"
[decomposition]
subdomains = [7, 7]
[points]
interior = 6
boundary = 6
[network]
hidden = [0]
polynomial_degree = 4
[solver.krylov]
compression = 1e-10
[output]
grid = 5
)toml";
}

constexpr auto constant = "1";
constexpr auto varying = "(1 + x + y**2)";
constexpr auto periodic = "(2 + cos(7*pi*x))";  // two cores a period

std::vector<double> entries(::Vec x) {
  const petsc::ConstLocalArray local(x);
  return {local.get().begin(), local.get().end()};
}

void require_near(const std::vector<double>& a, const std::vector<double>& b, double tolerance) {
  REQUIRE(a.size() == b.size());
  double size = 0;
  for (double value : b) size = std::max(size, std::abs(value));
  for (std::size_t i = 0; i < a.size(); ++i) REQUIRE(std::abs(a[i] - b[i]) <= tolerance * size);
}

std::size_t kinds(const std::string& k, std::vector<std::string> overrides = {}) {
  SmallCase c(poisson(k), MPI_COMM_SELF, overrides);
  c.discretisation.set_congruence(true);
  c.discretisation.set_weights(c.discretisation.lift());
  const auto linear = c.discretisation.linearise(c.discretisation.lift());
  return c.discretisation.jacobian(linear).classes().size();
}

/// Patches, diagonal and other blocks that are different matrices.
std::size_t distinct(const NormalBlocks& blocks) {
  std::set<const Matrix*> all;
  for (const auto& [pair, block] : blocks.owned()) all.insert(block.get());
  return all.size();
}

}  // namespace

TEST_CASE("Blocks of the Jacobian are one matrix where their numbers are the same", "[congruence]") {
  REQUIRE(kinds(constant) == 9);
  REQUIRE(kinds(varying) == 49);
  REQUIRE(kinds(periodic) > 9);
  REQUIRE(kinds(periodic) < 49);
  REQUIRE(kinds(constant, {"network.hidden=[10]", "network.scale=1"}) == 49);  // each its own features
  REQUIRE(kinds(constant, {"decomposition.subdomains=[9, 3]"}) == 9);
}

TEST_CASE("Products and preconditioners by class are those of each subdomain by itself", "[congruence]") {
  for (const std::string k : {constant, periodic}) {
    SmallCase alone(poisson(k), MPI_COMM_WORLD), together(poisson(k), MPI_COMM_WORLD);
    together.discretisation.set_congruence(true);
    const CompressedProblem each(alone, 1e-10), shared(together, 1e-10);
    REQUIRE(shared.layout.total() == each.layout.total());
    const NormalBlocks normal_each(each.jacobian), normal_shared(shared.jacobian);
    if (alone.comm.size() == 1) REQUIRE(distinct(normal_shared) < distinct(normal_each) / 2);
    const auto x = each.random_unknowns(1);
    std::vector<double> rows(alone.discretisation.rows().count), by_class(rows.size());
    each.jacobian.multiply(x, rows);
    shared.jacobian.multiply(x, by_class);
    require_near(by_class, rows, 1e-9);
    const auto y = each.jacobian.create_unknowns(), z = each.jacobian.create_unknowns();
    each.jacobian.multiply_transposed(rows, y);
    shared.jacobian.multiply_transposed(rows, z);
    require_near(entries(z), entries(y), 1e-9);
    NormalOperator(each.jacobian, normal_each).multiply(x, y);
    NormalOperator(shared.jacobian, normal_shared).multiply(x, z);
    require_near(entries(z), entries(y), 1e-9);
    for (const auto kind : {PreconditionerType::two_level, PreconditionerType::one_level,
                            PreconditionerType::block, PreconditionerType::direct}) {
      Preconditioner(kind, each.jacobian, each.compression.polynomial).apply(x, y);
      Preconditioner(kind, shared.jacobian, shared.compression.polynomial).apply(x, z);
      INFO(spelling(kind));
      require_near(entries(z), entries(y), 1e-6);
    }
  }
}

TEST_CASE("Solutions and estimates of congruent subdomains are those of each by itself", "[congruence]") {
  for (const std::string k : {constant, periodic, varying}) {
    const auto solved = [&](const std::vector<std::string>& overrides) {
      return run_in({}, parse_case(poisson(k), "case.toml", overrides), MPI_COMM_WORLD, {});
    };
    const auto shared = solved({}), each = solved({"solver.congruence=false"});
    REQUIRE(shared.result.converged);
    REQUIRE(std::abs(shared.result.iterations - each.result.iterations) <= 1);
    require_near(shared.values, each.values, 1e-8);
    const double ratio = shared.result.estimates[0].l2_relative / each.result.estimates[0].l2_relative;
    REQUIRE(std::abs(ratio - 1) < 1e-3);
  }
}
