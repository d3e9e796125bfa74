// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
// A parameter study: a pollutant is carried along a channel and spreads, for several diffusivities. Of each
// solution it prints a profile across the outlet and the mean. Run it with: mpirun -n 2 parameter_study
#include <ddpinn/session.hpp>
#include <ddpinn/solve.hpp>

#include <cstdio>
#include <vector>

namespace {

ddpinn::Problem channel(double diffusivity) {
  ddpinn::Problem problem;
  problem.domain = {.coordinates = {"x", "y"}, .lower = {0, 0}, .upper = {2, 1}};
  problem.fields = {"c"};
  problem.parameters = {{"D", diffusivity}};
  problem.definitions = {{"speed", {"4*y*(1 - y)"}}};
  problem.equations.push_back({.name = "transport", .residual = {"speed*c_x - D*(c_xx + c_yy)"}});
  problem.conditions.push_back(
      {.name = "inlet", .on = {"x.lower"}, .residual = {"c - exp(-40*(y - 0.4)**2)"}});
  problem.conditions.push_back({.name = "walls", .on = {"y.lower", "y.upper"}, .residual = {"c_y"}});
  problem.conditions.push_back({.name = "outlet", .on = {"x.upper"}, .residual = {"c_x"}});
  return problem;
}

}  // namespace

int main() {
  const ddpinn::Session session;
  ddpinn::Options options;
  options.decomposition.subdomains = {4, 2};
  // Each rank asks for points of its own; here rank 0 for all.
  std::vector<std::vector<double>> outlet;
  if (session.rank() == 0) outlet = {{2, 0.1}, {2, 0.3}, {2, 0.5}, {2, 0.7}, {2, 0.9}};
  bool converged = true;
  for (const double diffusivity : {0.02, 0.05, 0.1, 0.2}) {
    const auto solved = ddpinn::solve(channel(diffusivity), options, MPI_COMM_WORLD);
    const auto columns = solved.fields.evaluate(outlet, {"c", "-D*c_y"});
    const double mean = solved.fields.integrate("c") / solved.fields.integrate("1");
    converged = converged && solved.result.converged;
    if (session.rank() != 0) continue;
    std::printf("D = %-4g  mean %.4f\n", diffusivity, mean);
    for (std::size_t i = 0; i < outlet.size(); ++i)
      std::printf("  y = %.1f  c = %.4f  flux %+.4f\n", outlet[i][1], columns[0][i], columns[1][i]);
  }
  return converged ? 0 : 1;
}
