// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
// Unknowns are found where the fields are solved for in time slabs or by interface coupling, as they are by
// one solve, and the same on any number of ranks.
#include "run/identification_run.hpp"
#include "support/catch.hpp"
#include "support/trained_cases.hpp"

using namespace ddpinn;
using namespace ddpinn::test;

namespace {

/// A case of x and t in the unit square, in three slabs.
std::string in_slabs(const std::string& statements, int features) {
  return R"toml([domain]
coordinates = ["x", "t"]
lower = [0, 0]
upper = [1, 1]
)toml" + statements +
         R"toml([decomposition]
subdomains = [2, 1]
[network]
scale = 0.7
hidden = [)toml" +
         std::to_string(features) + "]\n[time]\nslabs = 3\n";
}

/// u_t = a u_xx with a = 0.1.
const std::string heat = in_slabs(R"toml([unknowns]
a = { initial = 0.5, lower = 1e-3, upper = 10 }
[[equation]]
residual = "u_t - a*u_xx"
[[condition]]
on = ["t.lower"]
residual = "u - sin(pi*x)"
[[condition]]
on = ["x.lower", "x.upper"]
residual = "u"
[[data]]
values = { u = "exp(-0.1*pi**2*t)*sin(pi*x)" }
points = 60
noise = 0.01
)toml",
                                  30);

/// u_t + c u u_x = nu u_xx + f with c = 1, nu = 0.2 and u = exp(-t) sin(pi x).
const std::string burgers = in_slabs(R"toml([unknowns]
nu = { initial = 0.4, lower = 1e-3 }
c = { initial = 0 }
[definitions]
s = "exp(-t)*sin(pi*x)"
f = "-s + exp(-t)*pi*cos(pi*x)*s + 0.2*pi**2*s"
[[equation]]
residual = "u_t + c*u*u_x - nu*u_xx - f"
[[condition]]
on = ["t.lower"]
residual = "u - s"
[[condition]]
on = ["x.lower", "x.upper"]
residual = "u"
[[data]]
values = { u = "s" }
points = 40
noise = 1e-3
[[data]]
values = { u = "s" }
points = 40
noise = 4e-3
seed = 7
)toml",
                                     20);

/// -a (u_xx + u_yy) = 2 pi^2 sin sin with a = 2, by traces.
const std::string plate = R"toml([domain]
coordinates = ["x", "y"]
lower = [0, 0]
upper = [1, 1]
[unknowns]
a = { initial = 1, lower = 0.1, upper = 10 }
[[equation]]
residual = "a*(u_xx + u_yy) + 2*pi**2*sin(pi*x)*sin(pi*y)"
[[condition]]
on = ["boundary"]
residual = "u"
[[data]]
values = { u = "sin(pi*x)*sin(pi*y)/2" }
points = 50
noise = 5e-3
[decomposition]
subdomains = [2, 2]
coupling = "interface"
[network]
scale = 0.7
hidden = [40]
)toml";

class Run {
 public:
  Run(const std::string& text, MPI_Comm ranks, const std::vector<std::string>& overrides = {})
      : file(parse_case(text, "test.toml", overrides)),
        comm_(ranks),
        found(identify_by_march(comm_, file, quiet_.monitor, {}, [](const auto&) {})) {}

  double value(std::size_t i = 0) const { return found.fit.values[i]; }
  double error(std::size_t i = 0) const { return found.fit.standard_errors[i]; }

  CaseFile file;

 private:
  Communicator comm_;
  Quiet quiet_;

 public:
  IdentificationRun found;
};

/// The same on all ranks as on each alone, to a hundredth of the standard errors.
void require_same(const Run& all, const Run& alone) {
  for (std::size_t i = 0; i < all.found.fit.values.size(); ++i) {
    REQUIRE(std::abs(all.value(i) - alone.value(i)) < 0.01 * alone.error(i));
    REQUIRE(all.error(i) == Approx(alone.error(i)).epsilon(1e-3));
  }
}

}  // namespace

TEST_CASE("A diffusivity is found in time slabs as it is all at once") {
  const Run slabs(heat, MPI_COMM_WORLD);
  INFO(slabs.found.fit.stop_reason);
  REQUIRE(slabs.found.fit.converged);
  REQUIRE(slabs.found.parts.size() == 3);
  REQUIRE(std::abs(slabs.value() - 0.1) < 3 * slabs.error());
  require_same(slabs, Run(heat, MPI_COMM_SELF));
  const SolvedCase once(heat, MPI_COMM_SELF, {"time.slabs=1", "decomposition.subdomains=[2, 3]"});
  REQUIRE(std::abs(slabs.value() - once.solution.field.unknowns()[0]) < 0.2 * slabs.error());
  REQUIRE(slabs.error() == Approx(once.solution.standard_errors[0]).epsilon(0.05));
}

TEST_CASE("Two unknowns of a nonlinear equation are found in time slabs, from data of two accuracies") {
  const Run slabs(burgers, MPI_COMM_WORLD, {"time.slabs=2"});
  INFO(slabs.found.fit.stop_reason);
  REQUIRE(slabs.found.fit.converged);
  REQUIRE(std::abs(slabs.value(0) - 0.2) < 3 * slabs.error(0));
  REQUIRE(std::abs(slabs.value(1) - 1) < 3 * slabs.error(1));
  require_same(slabs, Run(burgers, MPI_COMM_SELF, {"time.slabs=2"}));
}

TEST_CASE("A coefficient is found by interface coupling as it is by windowed coupling") {
  const Run traces(plate, MPI_COMM_WORLD);
  INFO(traces.found.fit.stop_reason);
  REQUIRE(traces.found.fit.converged);
  REQUIRE(std::abs(traces.value() - 2) < 3 * traces.error());
  require_same(traces, Run(plate, MPI_COMM_SELF));
  const SolvedCase windowed(plate, MPI_COMM_SELF, {"decomposition.coupling='windowed'"});
  REQUIRE(std::abs(traces.value() - windowed.solution.field.unknowns()[0]) < 0.1 * traces.error());
}

TEST_CASE("Layers in time of the interface coupling find a diffusivity") {
  const Run layers(heat, MPI_COMM_WORLD,
                   {"time.slabs=1", "decomposition.subdomains=[2, 3]", "decomposition.coupling='interface'"});
  REQUIRE(layers.found.fit.converged);
  REQUIRE(std::abs(layers.value() - 0.1) < 3 * layers.error());
}

TEST_CASE("Networks that are trained in time slabs find a diffusivity") {
  const Run trained(heat, MPI_COMM_WORLD,
                    {"solver.method='gauss-newton'", "solver.max_iterations=8", "network.hidden=[8]"});
  REQUIRE(trained.found.fit.converged);
  REQUIRE(std::abs(trained.value() - 0.1) < 3 * trained.error());
}

TEST_CASE("Gradients train networks that identify a diffusivity, with automatic weights") {
  for (const std::string method : {"lbfgs", "adam"}) {
    const std::vector<std::string> options{"solver.method='" + method + "'", "solver.max_iterations=60",
                                           "solver.adam.learning_rate=0.01"};
    const Run found(noisy_rod, MPI_COMM_WORLD, options), alone(noisy_rod, MPI_COMM_SELF, options);
    INFO(method + ": " + found.found.fit.stop_reason);
    REQUIRE(found.found.fit.converged);
    REQUIRE(finds_two(found.file.problem, found.value(), found.error()));
    REQUIRE(std::abs(found.value() - alone.value()) < 0.05 * alone.error());
    REQUIRE(found.error() == Approx(alone.error()).epsilon(1e-2));
  }
}

TEST_CASE("Subdomains that are trained by themselves find a coefficient") {
  const Run traces(plate, MPI_COMM_WORLD,
                   {"solver.method='gauss-newton'", "solver.max_iterations=10", "network.hidden=[14]"});
  INFO(traces.found.fit.stop_reason);
  REQUIRE(std::abs(traces.value() - 2) < 3 * traces.error());
}

TEST_CASE("Bounds hold in time slabs, by interface coupling, and by gradients") {
  REQUIRE(Run(heat, MPI_COMM_WORLD, {"unknowns.a.lower=0.2"}).value() == 0.2);
  REQUIRE(Run(plate, MPI_COMM_WORLD, {"unknowns.a.upper=1.5"}).value() == 1.5);
  REQUIRE(Run(noisy_rod, MPI_COMM_WORLD,
              {"unknowns.a.upper=1.5", "solver.method='lbfgs'", "solver.max_iterations=20"})
              .value() == 1.5);
}
