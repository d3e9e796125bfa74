// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "assembly/field_sizes.hpp"
#include "support/catch.hpp"
#include "support/small_case.hpp"

using namespace ddpinn;
using namespace ddpinn::test;

namespace {

std::string on_an_interval(const std::string& fields, const std::string& statements) {
  return "fields = " + fields + "\n" + statements + R"(
[domain]
coordinates = ["x"]
lower = [0]
upper = [1]
[network]
hidden = [10]
[decomposition]
subdomains = [3]
)";
}

std::vector<double> supposed(const std::string& text) {
  const SmallCase c(text, MPI_COMM_WORLD);
  return supposed_sizes(c.discretisation);
}

const char* const stress = R"(
[[equation]]
residual = "s - 1e11*u_x"
[[equation]]
residual = "s_x + 2e6"
[[condition]]
on = ["x.lower"]
residual = "u"
[[condition]]
on = ["x.upper"]
residual = "s"
)";

}  // namespace

TEST_CASE("Sizes follow from conditions, sources and the terms that balance them", "[scales]") {
  REQUIRE(supposed(on_an_interval(R"(["s", "u"])", stress)) == std::vector{1e6, 1e-6});
  REQUIRE(supposed(on_an_interval(R"(["a", "b"])", R"(
[[equation]]
residual = "a_xx"
[[equation]]
residual = "b_x - 3e-10*a"
[[condition]]
on = ["boundary"]
residual = "a - 1e4*x"
[[condition]]
on = ["x.lower"]
residual = "b"
)")) == std::vector{1e4, 1e-6});
}

TEST_CASE("An exact enforcement tells the size of its field", "[scales]") {
  REQUIRE(supposed(on_an_interval(R"(["a", "b"])", R"(
[exact_enforcement]
a = { lift = "3e7", factor = "x" }
[[equation]]
residual = "a_x - a"
[[equation]]
residual = "b - 1e-3*a"
)")) == std::vector{1e7, 1e4});
}

TEST_CASE("Sizes that the case gives stay", "[scales]") {
  const auto text = on_an_interval(R"(["s", "u"])", stress) + "[scales]\ns = 3e3\n";
  REQUIRE(supposed(text) == std::vector{3e3, 1e-8});
  SmallCase c(text, MPI_COMM_WORLD);
  REQUIRE(sizes_of(c.random_field(1), c.discretisation, {3e3, 1e-8}).front() == 3e3);
}

TEST_CASE("Fields that nothing is known of have one size", "[scales]") {
  REQUIRE(supposed(on_an_interval(R"(["a", "b"])", R"(
[[equation]]
residual = "a_x - a*b"
[[equation]]
residual = "b_x + a*b"
)")) == std::vector{1.0, 1.0});
}

TEST_CASE("The size of a solution is what it varies by", "[scales]") {
  SmallCase c(on_an_interval(R"(["s", "u"])", stress) + R"(
[exact_enforcement]
s = { lift = "1e5 + 2*x", factor = "0" }
u = { lift = "0", factor = "x" }
)",
              MPI_COMM_WORLD);
  auto field = c.random_field(1, 0.0);
  field.complete();
  REQUIRE(sizes_of(field, c.discretisation, {1e3, 1e-5}) == std::vector{1.0, 1e-5});
}

TEST_CASE("Sizes of fields differ much where their ratio has changed, not all of them", "[scales]") {
  REQUIRE_FALSE(differ_much({1, 1e-6}, {1e3, 1e-3}));
  REQUIRE_FALSE(differ_much({1, 1}, {10, 1}));
  REQUIRE(differ_much({1, 1}, {1, 1e-3}));
  REQUIRE(differ_much({1, 1}, {1e3, 1}));
}
