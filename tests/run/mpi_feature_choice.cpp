// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
// network.kind = "auto" chooses features that are nearly as good as the best, and changes nothing that
// the case gives.
#include "problem/case/case_file.hpp"
#include "run/one_solve.hpp"
#include "support/catch.hpp"

#include <ddpinn/solve.hpp>

#include <algorithm>

using namespace ddpinn;

namespace {

/// @param source of -u'' = source on the line
std::string on_the_line(const std::string& source, const std::string& exact) {
  return R"toml([domain]
coordinates = ["x"]
lower = [0]
upper = [1]
[[equation]]
residual = "u_xx + )toml" +
         source + R"toml("
[[condition]]
on = ["boundary"]
residual = "u"
[exact]
u = ")toml" +
         exact + R"toml("
[decomposition]
subdomains = [4]
[network]
kind = "auto"
)toml";
}

/// Four waves in each subdomain.
const std::string waves = on_the_line("1024*pi**2*sin(32*pi*x)", "sin(32*pi*x)");
const std::string smooth = on_the_line("pi**2*sin(pi*x)", "sin(pi*x)");
/// With a layer that zero, where it starts, knows nothing of.
const std::string layer = R"toml([domain]
coordinates = ["x"]
lower = [0]
upper = [1]
[[equation]]
residual = "u*u_x - 0.05*u_xx"
[[condition]]
on = ["boundary"]
residual = "u + tanh(10*(x - 0.5))"
[exact]
u = "-tanh(10*(x - 0.5))"
[decomposition]
subdomains = [3]
[network]
kind = "auto"
)toml";

Solved solved(const CaseFile& file, MPI_Comm comm) {
  auto result = solve(file, comm);
  judge(result);
  return result;
}

double error_of(const Solved& solved) { return solved.result.errors.at(0).l2_relative; }

/// Errors below differ by chance, and by the processor.
constexpr double rounding = 1e-11;

/// What is chosen, and the errors of it and of all that was tried.
struct Choice {
  NetworkOptions network;
  double error = 0, best = 0, worst = 0;
};

/// @note Collective.
Choice choose(const std::string& text, const std::vector<std::string>& overrides = {}) {
  const auto file = parse_case(text, "test.toml", overrides);
  const auto found = solved(file, MPI_COMM_WORLD);
  Choice result{found.fields.solved_case().options.network, error_of(found)};
  std::vector<double> errors;
  for (const auto& candidate : feature_candidates(file))
    errors.push_back(error_of(solved(candidate.file, MPI_COMM_WORLD)));
  result.best = std::ranges::min(errors);
  result.worst = std::ranges::max(errors);
  INFO("chosen " << spelling(result.network.activation) << " " << result.network.hidden.back() << ": "
                 << result.error << ", best " << result.best << ", worst " << result.worst);
  REQUIRE(result.error < 5 * std::max(result.best, rounding));
  return result;
}

}  // namespace

TEST_CASE("Sines are chosen for waves where the case asks for hidden layers") {
  const auto [network, error, best, worst] = choose(waves, {"network.hidden=[40]"});
  REQUIRE(network.activation == Activation::sin);
  REQUIRE(network.hidden == std::vector<int>{40});
  REQUIRE(worst > 10 * best);  // else there would be nothing to choose
}

TEST_CASE("Polynomials are chosen for a smooth solution where the case leaves the features open") {
  const auto [network, error, best, worst] = choose(smooth);
  REQUIRE(network.hidden == std::vector<int>{0});
  REQUIRE(error < 1e-10);
}

TEST_CASE("Features of a nonlinear problem are chosen about its solution") {
  const auto [network, error, best, worst] = choose(layer);
  REQUIRE(worst > 3 * best);
}

TEST_CASE("The choice of features keeps what the case gives, and is the same on any number of ranks") {
  const auto file = parse_case(waves, "test.toml", {"network.scale=2", "points.interior=160"});
  const auto all = solve(file, MPI_COMM_WORLD), alone = solve(file, MPI_COMM_SELF);
  const auto& chosen = all.fields.solved_case();
  REQUIRE(resolved_case(chosen) == resolved_case(alone.fields.solved_case()));
  REQUIRE(chosen.options.network.scale == 2);
  REQUIRE(chosen.options.network.hidden == file.options.network.hidden);
  REQUIRE(chosen.options.points.interior == std::vector<int>{160});
  REQUIRE(chosen.options.network.kind == "mlp");
}
