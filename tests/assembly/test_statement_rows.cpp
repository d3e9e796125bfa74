// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "assembly/statement_rows.hpp"

#include "support/catch.hpp"
#include "support/small_case.hpp"

#include <ddpinn/error.hpp>

#include <regex>

using namespace ddpinn;
using namespace ddpinn::test;

namespace {

const std::string broken = R"toml([domain]
coordinates = ["x"]
lower = [0]
upper = [1]
[[equation]]
name = "good"
residual = "u_xx"
[[equation]]
name = "bad"
residual = "u_x + sqrt(0.75 - x)"
[[condition]]
on = ["boundary"]
residual = "u"
[decomposition]
subdomains = [4]
[network]
hidden = [4]
)toml";

}  // namespace

TEST_CASE("A residual that is not finite is told with its equation, point and subdomain") {
  const SmallCase c(broken, MPI_COMM_SELF);
  const auto fields = c.discretisation.lift();
  const auto message = message_of([&] { c.discretisation.residual(fields); });
  REQUIRE(contains(message, "'bad'"));
  REQUIRE(contains(message, "in subdomain 3"));
  std::smatch point;
  REQUIRE(std::regex_search(message, point, std::regex("at the point \\(([0-9.]+)\\)")));
  REQUIRE(std::stod(point[1]) > 0.75);
  REQUIRE(message_of([&] { c.discretisation.linearise(fields); }) == message);
}

TEST_CASE("The error of a residual that is not finite has the status of a numerical failure") {
  const SmallCase c(broken, MPI_COMM_SELF);
  try {
    c.discretisation.residual(c.discretisation.lift());
    REQUIRE(false);
  } catch (const Error& error) {
    REQUIRE(error.status() == Status::numerical);
  }
}

TEST_CASE("A derivative that is not finite is an error even where the residual is") {
  auto text = broken;
  const std::string bad = "u_x + sqrt(0.75 - x)";
  text.replace(text.find(bad), bad.size(), "sqrt(u)");
  const SmallCase c(text, MPI_COMM_SELF);
  REQUIRE(c.discretisation.residual(c.discretisation.lift()).size() == c.discretisation.rows().count);
  REQUIRE(contains(message_of([&] { c.discretisation.linearise(c.discretisation.lift()); }), "'bad'"));
}
