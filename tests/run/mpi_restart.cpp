// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
// A run that goes on from a checkpoint gives, to the last digit, what one gives that was never stopped; on
// another number of ranks, to the solver's tolerance.
#include "support/interrupted.hpp"
#include "support/trained_cases.hpp"

using namespace ddpinn;
using namespace ddpinn::test;

namespace {

/// u_t + u u_x = 0.3 u_xx in three slabs.
const std::string burgers = R"toml([domain]
coordinates = ["x", "t"]
lower = [-1, 0]
upper = [1, 0.3]
[[equation]]
residual = "u_t + u*u_x - 0.3*u_xx"
[[condition]]
on = ["t.lower"]
residual = "u + sin(pi*x)"
[[condition]]
on = ["x.lower", "x.upper"]
residual = "u"
[decomposition]
subdomains = [2, 1]
[network]
hidden = [25]
scale = 1
[time]
slabs = 3
)toml";

/// u'' = exp(u) with u = 0 at the ends, of which a parameter is found from data.
const std::string exponential = R"toml([domain]
coordinates = ["x"]
lower = [0]
upper = [1]
[parameters]
c = 1
[[equation]]
residual = "u_xx - c*exp(u)"
[[condition]]
on = ["boundary"]
residual = "u"
[decomposition]
subdomains = [3]
[points]
interior = 16
[network]
hidden = [5]
scale = 1
)toml";

const std::vector<std::string> three{"decomposition.subdomains=[3]"};

/// Nonlinear, by traces, on 2 x 2 subdomains.
const std::string traces = R"toml([domain]
coordinates = ["x", "y"]
lower = [0, 0]
upper = [1, 1]
[[equation]]
residual = "u_xx + u_yy - u**3 + 2*pi**2*sin(pi*x)*sin(pi*y) + (sin(pi*x)*sin(pi*y))**3"
[[condition]]
on = ["boundary"]
residual = "u"
[decomposition]
subdomains = [2, 2]
coupling = "interface"
[points]
interior = 8
boundary = 8
[network]
hidden = [20]
scale = 1
[output]
grid = 5
)toml";

std::vector<std::string> trained(const std::string& method, const std::vector<std::string>& more) {
  std::vector<std::string> all{"solver.method=" + method};
  all.insert(all.end(), more.begin(), more.end());
  return all;
}

}  // namespace

TEST_CASE("Restart: a linear problem, within its Krylov iterations", "[restart]") {
  const std::string waves = R"toml([domain]
coordinates = ["x", "y"]
lower = [0, 0]
upper = [1, 1]
[[equation]]
residual = "u_xx + u_yy + 2*pi**2*sin(pi*x)*sin(pi*y)"
[[condition]]
on = ["boundary"]
residual = "u"
[decomposition]
subdomains = [7, 3]
[network]
hidden = [12]
scale = 1
[output]
grid = 5
)toml";
  require_restarts(waves, {"solver.krylov.preconditioner=\"one-level\""});
  require_restarts(waves, {"solver.krylov.preconditioner=\"block\"", "solver.tolerance=1e-6"});
  require_restarts(waves, {"solver.krylov.preconditioner=\"two-level\""});
}

TEST_CASE("Restart: time slabs of a nonlinear problem", "[restart]") {
  require_restarts(burgers, {"solver.tolerance=1e-6"});
}

TEST_CASE("Restart: an energy and a conservation law, nonlinear and linear", "[restart]") {
  const std::string bar = R"toml([domain]
coordinates = ["x"]
lower = [0]
upper = [1]
[[condition]]
on = ["boundary"]
residual = "u"
[decomposition]
subdomains = [3]
[network]
hidden = [0]
polynomial_degree = 5
[output]
grid = 5
)toml";
  require_restarts(bar + "[[energy]]\ndensity = \"u_x**2/2 + 10*u**4 - 8*sin(pi*x)*u\"\n",
                   {"solver.krylov.preconditioner=\"one-level\""});
  require_restarts(bar + "[[energy]]\ndensity = \"u_x**2/2 - sin(pi*x)*u\"\n",
                   {"solver.krylov.preconditioner=\"block\""});
  require_restarts(
      bar + "[[conservation]]\nflux = { x = \"-(1 + u**2)*u_x\" }\nsource = \"sin(pi*x)\"\nsolve = true\n",
      {"solver.krylov.preconditioner=\"one-level\""});
}

TEST_CASE("Restart: continuation in a parameter", "[restart]") {
  require_restarts(exponential, {"solver.continuation={c=[0.1, 0.5]}"});
}

TEST_CASE("Restart: a linear problem that is solved to an accuracy, level by level", "[restart]") {
  require_restarts(exponential, {"solver.accuracy=1e-4", "decomposition.subdomains=[2]"});
}

TEST_CASE("Restart: features that are chosen by trials", "[restart]") {
  require_restarts(exponential, {"network.kind=\"auto\""});
  require_restarts(exponential, {"network.kind=\"auto\"", "parameters.c=20", "network.scale=3"});
}

TEST_CASE("Restart: unknowns with the fields", "[restart]") { require_restarts(noisy_rod, three); }

TEST_CASE("Restart: unknowns by solutions in time slabs", "[restart]") {
  const std::string heat = R"toml([domain]
coordinates = ["x", "t"]
lower = [0, 0]
upper = [1, 1]
[unknowns]
a = { initial = 0.3, lower = 1e-3, upper = 10 }
[[equation]]
residual = "u_t - a*u_xx + 0.1*u**2 - 0.1*(exp(-0.1*pi**2*t)*sin(pi*x))**2"
[[condition]]
on = ["t.lower"]
residual = "u - sin(pi*x)"
[[condition]]
on = ["x.lower", "x.upper"]
residual = "u"
[[data]]
values = { u = "exp(-0.1*pi**2*t)*sin(pi*x)" }
points = 30
noise = 0.01
[decomposition]
subdomains = [2, 1]
[network]
scale = 0.7
hidden = [12]
[time]
slabs = 2
)toml";
  require_restarts(heat, {"solver.tolerance=1e-7"});
}

TEST_CASE("Restart: Gauss-Newton on all parameters, with moving points and unknowns", "[restart]") {
  require_restarts(
      noisy_rod, trained("\"gauss-newton\"", {"solver.max_iterations=7", "points.refine.every=3", three[0]}));
  require_restarts(exponential,
                   trained("\"gauss-newton\"",
                           {"solver.max_iterations=4", "solver.gauss_newton.variable_projection=false"}));
}

TEST_CASE("Restart: Adam, and methods one after the other", "[restart]") {
  require_restarts(exponential, trained("[\"adam\", \"gauss-newton\"]", {"solver.max_iterations=4"}));
  require_restarts(exponential,
                   trained("\"adam\"", {"solver.max_iterations=12", "solver.adam.schedule=\"additive\"",
                                        "solver.adam.every=3"}));
  require_restarts(exponential,
                   trained("\"adam\"", {"solver.max_iterations=8", "network.precision=\"float32\""}));
}

TEST_CASE("Restart: L-BFGS", "[restart]") {
  require_restarts(exponential, trained("\"lbfgs\"", {"solver.max_iterations=450"}));
}

TEST_CASE("Restart: interface coupling", "[restart]") {
  require_restarts(traces, {});
  require_restarts(
      traces, trained("\"gauss-newton\"", {"solver.max_iterations=4", "decomposition.interface.local_steps=2",
                                           "network.hidden=[5]"}));
  require_restarts(traces, trained("\"adam\"", {"solver.max_iterations=40", "network.hidden=[5]"}));
}

TEST_CASE("Restart: on another number of ranks, to the tolerance", "[restart]") {
  const Communicator all(MPI_COMM_WORLD);
  if (all.size() == 1) return;
  const auto file = parse_case(burgers, "case.toml", {"solver.tolerance=1e-9"});
  const Folder folder(all);
  const auto states = run_in({}, file, MPI_COMM_WORLD, {}).offered;
  const auto stopped = run_in(folder.path(), file, MPI_COMM_WORLD, {states / 2, true, 0});
  REQUIRE(stopped.wrote);
  const auto alone = run_in(folder.path(), file, MPI_COMM_SELF, {}, true);
  const auto whole = run_in({}, file, MPI_COMM_SELF, {});
  REQUIRE(alone.told < whole.told);
  REQUIRE(alone.result.estimates[0].l2_relative ==
          Approx(whole.result.estimates[0].l2_relative).epsilon(1e-3));
  for (std::size_t i = 0; i < whole.values.size(); ++i)
    REQUIRE(std::abs(alone.values[i] - whole.values[i]) < 1e-7);
}
