// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "solver/solved_cases.hpp"
#include "support/catch.hpp"
#include "support/solve_case.hpp"

#include <ddpinn/error.hpp>

#include <regex>

using namespace ddpinn;
using namespace ddpinn::test;

TEST_CASE("A residual that is nowhere finite is an error with equation, point and subdomain on every rank") {
  const auto text = on_the_line("[[equation]]\nname = \"rooted\"\nresidual = \"u_xx + sqrt(-1 - x)\"\n" +
                                    condition("\"boundary\"", "u"),
                                "x");
  SmallCase c(text, MPI_COMM_WORLD);
  std::string message;
  Status status = Status::ok;
  const Quiet quiet;
  try {
    solve_output_layers(c.comm, c.discretisation, c.file.options.solver, quiet.monitor);
  } catch (const Error& error) {
    message = error.what();
    status = error.status();
  }
  REQUIRE(status == Status::numerical);
  std::smatch found;
  REQUIRE(std::regex_search(
      message, found, std::regex("'rooted' is -?nan at the point \\([0-9.e-]+\\) in subdomain ([0-9]+)")));
  REQUIRE(c.setup.owner[std::stoul(found[1])] == c.comm.rank());
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
