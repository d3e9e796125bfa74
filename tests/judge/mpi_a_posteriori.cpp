// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "judge/a_posteriori.hpp"

#include "support/cases.hpp"
#include "support/catch.hpp"
#include "support/solve_case.hpp"

using namespace ddpinn;
using namespace ddpinn::test;

namespace {

struct Findings {
  std::vector<FreshResidual> residuals;
  std::vector<ErrorEstimate> estimates;
};

Findings look_back(const SolvedCase& c) {
  const auto field = c.complete_field();
  Findings found{fresh_residuals(field), {}};
  found.estimates = estimate_by_residual(field, found.residuals, {7});
  return found;
}

double relative_error(const SolvedCase& c) {
  const auto points = probes(c);
  const auto exact = c.space.model().exact[0]->at(points), found = c.field(0, points);
  double difference = 0, size = 0;
  for (std::size_t i = 0; i < points.size(); ++i) {
    difference += (found[i] - exact[i]) * (found[i] - exact[i]);
    size += exact[i] * exact[i];
  }
  return std::sqrt(difference / size);
}

}  // namespace

TEST_CASE("The error estimated from the residual is above the error, and below ten times that") {
  const SolvedCase c(small_poisson, MPI_COMM_WORLD);
  const auto found = look_back(c);
  REQUIRE(found.estimates.size() == 1);
  const double ratio = found.estimates[0].l2_relative / relative_error(c);
  INFO("estimate / error " << ratio);
  REQUIRE(ratio > 1);
  REQUIRE(ratio < 10);
}

TEST_CASE("Fresh residuals and estimate are the same on every number of ranks") {
  const SolvedCase together(small_poisson, MPI_COMM_WORLD), alone(small_poisson, MPI_COMM_SELF);
  const auto found = look_back(together), expected = look_back(alone);
  REQUIRE(found.residuals.size() == 2);
  for (std::size_t i = 0; i < found.residuals.size(); ++i) {
    REQUIRE(found.residuals[i].points == expected.residuals[i].points);
    REQUIRE(std::abs(found.residuals[i].rms / expected.residuals[i].rms - 1) < 1e-2);
  }
  REQUIRE(std::abs(found.estimates[0].l2_relative / expected.estimates[0].l2_relative - 1) < 1e-2);
}

TEST_CASE("A nonlinear case has no estimate") {
  std::string text = small_poisson;
  text.replace(text.find("\"-(u_xx"), 1, "\"u**3 - ");
  REQUIRE(look_back(SolvedCase(text, MPI_COMM_WORLD, {"solver.max_iterations=3"})).estimates.empty());
}

TEST_CASE("Fresh residuals on an interface are those of both sides together") {
  const SolvedCase c(two_materials(), MPI_COMM_WORLD);
  const auto field = c.complete_field();
  const auto found = fresh_residuals(field);
  int on_interface = 0;
  for (const auto& residual : found) {
    if (!residual.condition) continue;
    ++on_interface;
    REQUIRE(residual.points > 0);
    REQUIRE(residual.rms > 0);
    REQUIRE(residual.rms < 1e-2);
  }
  REQUIRE(on_interface >= 3);
}
