// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
// Cases solved with every kind of network, by least squares and by training.
#include "network/feature_network.hpp"
#include "support/cases.hpp"
#include "support/catch.hpp"
#include "support/module_file.hpp"
#include "support/trained_cases.hpp"
#include "support/waves.hpp"

#include <fmt/format.h>

using namespace ddpinn;
using namespace ddpinn::test;

namespace {

using Overrides = std::vector<std::string>;

Overrides operator+(Overrides a, const Overrides& b) {
  a.insert(a.end(), b.begin(), b.end());
  return a;
}

/// The parameters of random hidden layers.
std::vector<double> layers(const std::vector<int>& hidden, double scale) {
  const FeatureNetwork network({2, hidden}, scale, 1, 0);
  return {network.hidden().begin(), network.hidden().end()};
}

/// Every kind, as it is asked for in a case. @param module a file for kind "module"
std::vector<Overrides> kinds(const std::string& widths, const std::string& deep, const std::string& module) {
  register_waves();
  return {{"network.kind=\"fourier\"", "network.hidden=" + widths},
          {"network.kind=\"fourier\"", "network.hidden=" + deep},
          {"network.kind=\"residual\"", "network.hidden=" + deep},
          {"network.kind=\"waves\"", "network.hidden=" + widths},
          {"network.kind=\"module\"", "network.file=\"" + module + "\""}};
}

void require_same(const CaseWithSolution& together, const CaseWithSolution& alone, double tolerance) {
  const auto points = probes(alone, 40);
  const auto found = together.field(0, points), expected = alone.field(0, points);
  for (std::size_t i = 0; i < points.size(); ++i) REQUIRE(std::abs(found[i] - expected[i]) < tolerance);
}

}  // namespace

TEST_CASE("Every kind of network solves a linear problem, alike on any number of ranks") {
  const ModuleFile module({2, {24}}, layers({24}, 1.5));
  for (const auto& kind : kinds("[24]", "[24, 24]", module.path())) {
    const auto overrides = kind + Overrides{"decomposition.subdomains=[2, 2]", "network.scale=0.7"};
    const SolvedCase together(small_poisson, MPI_COMM_WORLD, overrides),
        alone(small_poisson, MPI_COMM_SELF, overrides);
    const double error = together.error();
    INFO(kind[0] << ", " << kind[1] << ": error " << error << "; " << together.solution.stop_reason);
    REQUIRE(together.solution.converged);
    REQUIRE(error < 1e-3);
    require_same(together, alone, 1e-6);
  }
}

TEST_CASE("Every kind of network is trained by Gauss-Newton, alike on any number of ranks") {
  const Overrides training{"solver.method=\"gauss-newton\"", "solver.max_iterations=8", "network.scale=1",
                           "decomposition.subdomains=[2, 1]", "points.interior=10"};
  const ModuleFile module({2, {6}}, layers({6}, 1));
  for (const auto& kind : kinds("[6]", "[4, 4]", module.path())) {
    const auto none = training + kind + Overrides{"solver.max_iterations=1"};
    const TrainedCase together(small_poisson, MPI_COMM_WORLD, training + kind),
        alone(small_poisson, MPI_COMM_SELF, training + kind), first(small_poisson, MPI_COMM_SELF, none);
    INFO(kind[0] << ", " << kind[1] << ": residual " << together.solution.residual << ", after one step "
                 << first.solution.residual << ", error " << alone.error());
    REQUIRE(alone.solution.residual < 0.95 * first.solution.residual);
    require_same(together, alone, 1e-5);
  }
}

TEST_CASE("Every kind of network is trained by gradients, alike on any number of ranks") {
  const ModuleFile module({2, {6}}, layers({6}, 1));
  // Adam divides gradients that are zero but for rounding by their own size (with kind "mlp" 5e-6 comes of it
  // here), and a line search makes more of rounding still.
  for (const auto& [method, tolerance] : {std::pair<std::string, double>{"adam", 1e-5}, {"lbfgs", 1e-4}}) {
    const Overrides training{"solver.method=\"" + method + "\"", "solver.adam.learning_rate=0.01",
                             "network.scale=1", "decomposition.subdomains=[2, 1]", "points.interior=10"};
    for (const auto& kind : kinds("[6]", "[4, 4]", module.path())) {
      const auto steps = [&](int n) {
        return training + kind + Overrides{fmt::format("solver.max_iterations={}", n)};
      };
      const TrainedCase together(small_poisson, MPI_COMM_WORLD, steps(20)),
          alone(small_poisson, MPI_COMM_SELF, steps(20)), first(small_poisson, MPI_COMM_SELF, steps(1));
      INFO(method << ", " << kind[0] << ", " << kind[1] << ": residual " << alone.solution.residual
                  << ", after one step " << first.solution.residual);
      REQUIRE(alone.solution.residual < 0.97 * first.solution.residual);
      require_same(together, alone, tolerance);
    }
  }
}

TEST_CASE("A module is trained as the fully connected network that it was written from") {
  const auto hidden = layers({5, 4}, 1);
  const ModuleFile module({2, {5, 4}}, hidden);
  const Overrides training{"solver.method=\"gauss-newton\"", "solver.max_iterations=4",
                           "decomposition.subdomains=[1, 1]", "network.scale=1", "points.interior=12"};
  const TrainedCase mlp(small_poisson, MPI_COMM_SELF, training + Overrides{"network.hidden=[5, 4]"}),
      same(small_poisson, MPI_COMM_SELF,
           training + Overrides{"network.kind=\"module\"", "network.file=\"" + module.path() + "\""});
  REQUIRE(same.solution.residual == Approx(mlp.solution.residual).epsilon(1e-6));
  require_same(same, mlp, 1e-6);
}
