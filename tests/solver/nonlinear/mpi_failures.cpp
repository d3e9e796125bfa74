// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "parallel/agree.hpp"
#include "solver/identification/identification.hpp"
#include "solver/nonlinear/feature_scale.hpp"
#include "support/cases.hpp"
#include "support/catch.hpp"
#include "support/solve_case.hpp"

#include <ddpinn/error.hpp>

#include <regex>

using namespace ddpinn;
using namespace ddpinn::test;

namespace {

const std::string at_a_place = " at the point \\(([0-9.e-]+)\\) in subdomain ([0-9]+)";

/// A case in one dimension whose residual has this term, which adds nothing where it is finite.
std::string with_term(const std::string& term) {
  return on_the_line("[[equation]]\nname = \"rooted\"\nresidual = \"u_xx + " + term + "\"\n" +
                         condition("\"boundary\"", "u"),
                     "x");
}

/// What a solve ends with on this rank.
Error error_of(SmallCase& c) {
  const Quiet quiet;
  try {
    solve_output_layers(c.comm, c.discretisation, c.file.options.solver, quiet.monitor);
  } catch (const Error& error) {
    return error;
  }
  return {Status::ok, "no error"};
}

/// Whether all ranks have the same text. @note Collective.
bool same_everywhere(const Communicator& comm, const std::string& text) {
  return !any(comm, broadcast(comm, text) != text);
}

}  // namespace

TEST_CASE("A residual that is nowhere finite is an error with equation, point and subdomain on every rank") {
  SmallCase c(with_term("sqrt(-1 - x)"), MPI_COMM_WORLD);
  const auto error = error_of(c);
  REQUIRE(error.status() == Status::numerical);
  std::smatch found;
  const std::string message = error.what();
  REQUIRE(std::regex_search(message, found, std::regex("'rooted' is -?nan" + at_a_place)));
  REQUIRE(same_everywhere(c.comm, message));
}

TEST_CASE("A residual that is not finite on one rank is an error on all, wherever it is") {
  for (const std::string bad : {"0*sqrt(0.9 - x)", "0*sqrt(x - 0.1)", "0*sqrt((x - 0.5)**2 - 0.001)"}) {
    SmallCase c(with_term(bad), MPI_COMM_WORLD);
    const auto error = error_of(c);
    INFO(bad << ": " << error.what());
    REQUIRE(error.status() == Status::numerical);
    REQUIRE(contains(error.what(), "'rooted' is"));
    REQUIRE(same_everywhere(c.comm, error.what()));
    REQUIRE(sum(c.comm, 1.0) == c.comm.size());
  }
}

TEST_CASE("A derivative that is not finite is an error before any weight is made of it") {
  // The residual is finite where the networks are zero, its derivative by the field is not.
  SmallCase c(with_term("sqrt(abs(u))*where(x > 0.7, 1, 0)"), MPI_COMM_WORLD);
  const auto message = message_of(
      [&] { collectively(c.comm, [&] { c.discretisation.set_weights(c.discretisation.lift()); }); });
  std::smatch found;
  INFO(message);
  REQUIRE(std::regex_search(message, found, std::regex("'rooted' is -?(nan|inf)" + at_a_place)));
  const double x = std::stod(found[2]);
  REQUIRE(c.space.decomposition().core_at(Point{x}) == std::stoi(found[3]));
  REQUIRE(same_everywhere(c.comm, message));
}

TEST_CASE("Choosing a scale for a residual that is not finite fails on every rank alike") {
  SmallCase c(with_term("0*sqrt(0.9 - x)"), MPI_COMM_WORLD);
  std::vector<ScaleTrial> trials;
  const auto message = message_of([&] { choose_scale(c.space, trials); });
  REQUIRE(contains(message, "'rooted' is"));
  REQUIRE(same_everywhere(c.comm, message));
}

TEST_CASE("A step that leaves the domain of the residual is shortened, on all ranks together") {
  // log(u) is defined for u > 0 only; the lift is inside, and the full first step of Newton's method is not.
  const auto text = on_the_line(equation("log(u) - 3*x"), "exp(3*x)") +
                    "[exact_enforcement]\nu = { lift = \"20\", factor = \"1\" }\n";
  const SolvedCase c(text, MPI_COMM_WORLD);
  INFO(c.solution.stop_reason);
  REQUIRE(c.solution.converged);
  REQUIRE(c.error() < 1e-3);
}
