// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "assembly/rows.hpp"

#include "support/cases.hpp"
#include "support/catch.hpp"
#include "support/small_case.hpp"

#include <cmath>

using namespace ddpinn;
using namespace ddpinn::test;

namespace {

/// The rows that one column of a block stands for.
std::vector<double> scattered(const Rows& discretisation, const Block& block, const double* column) {
  std::vector<double> rows(discretisation.rows().count, 0.0);
  for (const auto& [chunk, offset] : block.parts)
    for (std::size_t i = 0; i < discretisation.rows().chunks[chunk].count; ++i)
      rows[discretisation.rows().chunks[chunk].begin + i] = column[offset + i];
  return rows;
}

/// The derivative of all residuals by one coefficient: central differences, extrapolated to a step of zero.
std::vector<double> numerical_column(const SmallCase& c, const Field& field, int subdomain,
                                     std::size_t entry) {
  const auto residual_at = [&](double step) {
    auto moved = field;
    moved[subdomain].entries()[entry] += step;
    return c.discretisation.residual(c.fields(moved));
  };
  const double h = 1e-2;
  const auto far_up = residual_at(h), far_down = residual_at(-h), up = residual_at(h / 2),
             down = residual_at(-h / 2);
  std::vector<double> column(up.size());
  for (std::size_t i = 0; i < column.size(); ++i)
    column[i] = (4 * (up[i] - down[i]) / h - (far_up[i] - far_down[i]) / (2 * h)) / 3;
  return column;
}

void require_jacobian(const std::string& text, const std::vector<std::string>& overrides = {}) {
  SmallCase c(text, MPI_COMM_SELF, overrides);
  const auto field = c.random_field(5, 0.3);
  const auto fields = c.fields(field);
  c.discretisation.set_weights(fields);
  const auto linear = c.discretisation.linearise(fields);
  REQUIRE(linear.residual == c.discretisation.residual(fields));
  for (const auto& block : c.discretisation.blocks()) {
    const auto jacobian = c.discretisation.jacobian(block, linear);
    REQUIRE(jacobian.rows() == block.rows);
    REQUIRE(jacobian.columns() == c.discretisation.columns());
    for (std::size_t j = 0; j < jacobian.columns(); ++j) {
      const auto expected = numerical_column(c, field, block.subdomain, j);
      const auto found = scattered(c.discretisation, block, jacobian.column(j));
      double size = 0;
      for (double value : expected) size = std::max(size, std::abs(value));
      for (std::size_t i = 0; i < found.size(); ++i) {
        INFO("subdomain " << block.subdomain << ", column " << j << ", row " << i);
        REQUIRE(std::abs(found[i] - expected[i]) < 1e-7 * std::max(1.0, size));
      }
    }
  }
}

const std::string ring = R"toml([domain]
coordinates = ["x", "t"]
lower = [0, 0]
upper = [1, 0.5]
periodic = ["x"]
[[equation]]
residual = "u_t + u*u_x - 0.1*u_xx + 0.01*u_xxxx"
[[condition]]
name = "start"
on = ["t.lower"]
residual = "u - sin(2*pi*x)"
[decomposition]
subdomains = [2, 1]
overlap = 0.4
[points]
interior = 5
[network]
hidden = [4, 3]
scale = 1
)toml";

/// Two interfaces that cross, nonlinear conditions on both sides of them.
const std::string crossing = R"toml([domain]
coordinates = ["x", "y"]
lower = [0, 0]
upper = [1, 1]
[[domain.interface]]
name = "left"
box = { lower = [0, 0], upper = [0.55, 1] }
[[domain.interface]]
name = "disc"
ball = { center = [0.5, 0.5], radius = 0.3 }
[definitions]
k = "where(left, 2, 3)*where(disc, 5, 7)"
flux = "k*(1 + u**2)*(u_x*n_x + u_y*n_y)"
[[equation]]
residual = "k*(u_xx + u_yy) + u**2"
[[condition]]
on = ["left", "disc"]
residual = "u_plus*u_minus - u_minus"
[[condition]]
on = ["left", "disc"]
residual = "flux_plus - flux_minus"
[[condition]]
on = ["boundary"]
residual = "u"
[decomposition]
subdomains = [2, 2]
[points]
interior = 5
boundary = 5
[network]
hidden = [4]
scale = 1
)toml";

}  // namespace

TEST_CASE("Jacobian blocks are the derivatives of the residuals") {
  SECTION("two fields, exact enforcement, normals, where, shapes, levels") { require_jacobian(tangled); }
  SECTION("cosine windows and sine features") {
    require_jacobian(tangled, {"decomposition.window=\"cosine\"", "network.activation=\"sin\"",
                               "points.sampling=\"sobol\""});
  }
  SECTION("interfaces that cross") { require_jacobian(crossing); }
  SECTION("a periodic direction of two cells") { require_jacobian(ring); }
  SECTION("a periodic direction of one cell") { require_jacobian(ring, {"decomposition.subdomains=[1, 2]"}); }
  SECTION("a periodic direction of three cells") {
    require_jacobian(ring, {"decomposition.subdomains=[3, 1]"});
  }
}

TEST_CASE("The fields at the rows' points are those evaluated anywhere") {
  for (const auto& text : {tangled, ring}) {
    const SmallCase c(text, MPI_COMM_SELF);
    const auto field = c.random_field(6);
    const auto fields = c.fields(field);
    for (std::size_t g = 0; g < fields.size(); ++g) {
      const auto& group = c.discretisation.rows().groups[g];
      const auto found = c.values_at(field, group.points.x, group.derivatives);
      for (std::size_t a = 0; a < found.size(); ++a)
        for (std::size_t i = 0; i < found[a].size(); ++i)
          REQUIRE(found[a][i] == Approx(fields[g][a][i]).epsilon(1e-11).margin(1e-11));
    }
  }
}

TEST_CASE("Derivatives of the fields are those of their values") {
  const SmallCase c(tangled, MPI_COMM_SELF);
  const auto solution = c.random_field(7);
  Random random(8, 0);
  const double h = 1e-4;
  const std::vector<std::pair<MultiIndex, MultiIndex>> steps{{{0, 0}, {1, 0}}, {{1, 0}, {2, 0}},
                                                             {{1, 0}, {1, 1}}, {{2, 0}, {2, 1}},
                                                             {{2, 1}, {2, 2}}, {{0, 3}, {0, 4}}};
  for (int i = 0; i < 10; ++i) {
    const Point x{random.uniform(0.01, 1.99), random.uniform(-0.99, 0.99)};
    for (const auto& [from, to] : steps)
      for (int field : {0, 1}) {
        const std::size_t d = to[0] > from[0] ? 0 : 1;
        std::vector<Point> points(5, x);
        points[0][d] -= h;
        points[1][d] -= h / 2;
        points[2][d] += h / 2;
        points[3][d] += h;
        const auto values = c.values_at(solution, points, {{field, from}, {field, to}});
        const auto& u = values[0];
        const double slope = (4 * (u[2] - u[1]) / h - (u[3] - u[0]) / (2 * h)) / 3;
        INFO("field " << field << " to order " << order(to) << " at " << x[0] << ", " << x[1]);
        REQUIRE(values[1][4] == Approx(slope).epsilon(1e-5).margin(1e-4 * std::max(1.0, std::abs(u[4]))));
      }
  }
}

TEST_CASE("Fields in a periodic direction are periodic with all derivatives") {
  for (const auto* cells : {"[1, 1]", "[2, 1]", "[5, 1]"}) {
    const SmallCase c(ring, MPI_COMM_SELF, {std::string("decomposition.subdomains=") + cells});
    const auto field = c.random_field(9);
    std::vector<Derivative> derivatives;
    for (std::uint8_t k = 0; k <= max_order; ++k) derivatives.push_back({0, {k, 0}});
    derivatives.push_back({0, {2, 1}});
    for (double t : {0.0, 0.1, 0.43}) {
      const auto values = c.values_at(field, {{0, t}, {1, t}}, derivatives);
      for (const auto& column : values) REQUIRE(column[0] == Approx(column[1]).epsilon(1e-9).margin(1e-9));
      REQUIRE(values[1][0] != 0);
    }
  }
}

TEST_CASE("An enforced field has the values of its lift where the factor is zero") {
  const SmallCase c(tangled, MPI_COMM_SELF);
  const auto values = c.values_at(c.random_field(10), {{0, 0.3}, {2, -0.4}, {0.7, -1}}, {{1, {}}});
  REQUIRE(values[0][0] == Approx(1));
  REQUIRE(values[0][1] == Approx(1 - 0.2 * 0.8));
  REQUIRE(values[0][2] == Approx(1 - 0.2 * 0.7));
}

TEST_CASE("A statement's own weight multiplies its rows") {
  const auto third = [](const SmallCase& c) {
    const auto field = c.random_field(11);
    auto& discretisation = const_cast<Rows&>(c.discretisation);
    discretisation.set_weights(c.fields(field));
    const auto rows = discretisation.residual(c.fields(field));
    const auto& group = discretisation.rows().groups.front();
    std::vector<double> result;
    for (std::size_t s = 0; s < group.statements->statements.size(); ++s)
      if (group.statements->statements[s].name == "third")
        for (std::size_t i = 0; i < group.points.size(); ++i) result.push_back(rows[group.rows[i].row(s)]);
    return result;
  };
  const SmallCase two(tangled, MPI_COMM_SELF);
  auto heavier = tangled;
  heavier.replace(heavier.find("weight = 2"), 10, "weight = 6");
  const SmallCase six(heavier, MPI_COMM_SELF);
  const auto light = third(two), heavy = third(six);
  REQUIRE(!light.empty());
  for (std::size_t i = 0; i < light.size(); ++i) REQUIRE(heavy[i] == Approx(3 * light[i]).margin(1e-14));
}
