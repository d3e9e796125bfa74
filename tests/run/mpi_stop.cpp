// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
// Runs are stopped wherever they ask whether to stop: while problems are set up too, and while errors are
// estimated.
#include "problem/case/case_file.hpp"
#include "support/catch.hpp"

#include <ddpinn/solve.hpp>

#include <algorithm>
#include <cmath>
#include <string>

using namespace ddpinn;

namespace {

/// A run that is told to stop from one question on.
struct Stopped {
  int questions = 0;   ///< in all
  int before = 0;      ///< before the first iteration
  int iterations = 0;  ///< that were told
  Result result;
  double value = 0;  ///< somewhere

  /// @param at number of the question, from 1; 0: none
  Stopped(const std::string& text, int at) {
    Monitor monitor;
    monitor.iteration = [&](const Iteration&) {
      if (iterations++ == 0) before = questions;
    };
    monitor.stop = [&] { return ++questions >= at && at > 0; };
    auto solved = solve(parse_case(text, "case.toml"), MPI_COMM_WORLD, monitor);
    result = solved.result;
    value = solved.fields.evaluate({{0.3, 0.4}}, {"u"})[0][0];
  }
};

/// Stops at many of the questions that the whole run asks.
void require_stops(const std::string& text) {
  constexpr int samples = 20, soon = 6;
  const Stopped whole(text, 0);
  REQUIRE(whole.result.converged);
  REQUIRE(whole.before >= 6);
  for (int i = 0; i < samples; ++i) {
    const int at = 1 + i * (whole.questions - 1) / samples;
    const Stopped stopped(text, at);
    CAPTURE(at, whole.questions, stopped.questions, stopped.result.stop_reason);
    REQUIRE(stopped.result.stopped);
    REQUIRE(!stopped.result.converged);
    REQUIRE(stopped.questions <= at + soon);
    REQUIRE(stopped.iterations <= whole.iterations);
    REQUIRE((at > whole.before || stopped.iterations <= 1));
    REQUIRE(std::isfinite(stopped.value));
  }
}

const std::string numerics = R"toml(
[decomposition]
subdomains = [6, 6]
[points]
interior = 6
boundary = 6
[network]
hidden = [0]
polynomial_degree = 4
)toml";

const std::string square = R"toml([domain]
coordinates = ["x", "y"]
lower = [0, 0]
upper = [1, 1]
[[condition]]
on = ["boundary"]
residual = "u"
)toml";

}  // namespace

TEST_CASE("A linear problem can be stopped while it is set up", "[stop]") {
  require_stops(square + "[[equation]]\nresidual = \"u_xx + u_yy + 1 - u\"\n" + numerics);
}

TEST_CASE("A nonlinear problem can be stopped while it is set up", "[stop]") {
  require_stops(square + "[[equation]]\nresidual = \"u_xx + u_yy + 1 - u**3\"\n" + numerics);
}

TEST_CASE("An energy can be stopped while it is set up", "[stop]") {
  require_stops(square + "[[energy]]\ndensity = \"(u_x**2 + u_y**2)/2 + u**2 - u\"\n" + numerics);
}

TEST_CASE("An interface coupling can be stopped while its local problems are set up", "[stop]") {
  const std::string coupled = R"toml(
[decomposition]
subdomains = [6, 6]
coupling = "interface"
[points]
interior = 8
boundary = 8
[network]
hidden = [0]
polynomial_degree = 6
)toml";
  require_stops(square + "[[equation]]\nresidual = \"u_xx + u_yy + 1 - (1 + x + y*y)*u\"\n" + coupled);
}
