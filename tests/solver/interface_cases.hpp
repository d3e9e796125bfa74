// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "solver/interface/interface_solver.hpp"
#include "solver/nonlinear/fitted_solution.hpp"
#include "support/cases.hpp"
#include "support/solve_case.hpp"

#include <functional>
#include <optional>

namespace ddpinn::test {

/// A case, solved by interface coupling.
class InterfaceCaseSolved : public CaseWithSolution {
 public:
  /// @param stop the monitor's question whether to stop, asked in every outer iteration
  InterfaceCaseSolved(
      const std::string& text, MPI_Comm ranks, std::vector<std::string> overrides = {},
      const std::function<bool()>& stop = [] { return false; })
      : CaseWithSolution(text, ranks, with_coupling(std::move(overrides))),
        rule(transmission_rule(file.problem, space.model(), file.options.decomposition.interface,
                               file.options.coarse)) {
    std::optional<GridCorrection> grid;
    std::optional<Solution> start;  // in time the grid does no more than start
    if (!file.options.coarse.empty() && rule.time >= 0)
      start = grid_solution(discretisation, file.options.coarse, {});
    else if (!file.options.coarse.empty())
      grid.emplace(comm, space.model(), file.options.coarse);
    Quiet quiet;
    quiet.monitor.stop = stop;
    solution = solve_interface(comm, discretisation, rule, file.options, grid ? &*grid : nullptr,
                               quiet.monitor, start ? &*start : nullptr);
  }

  TransmissionRule rule;

 private:
  static std::vector<std::string> with_coupling(std::vector<std::string> overrides) {
    overrides.push_back("decomposition.coupling=interface");
    return overrides;
  }
};

/// exp(x) cos(y) on the unit square, 3 x 3 subdomains.
inline const std::string harmonic =
    on_the_square(equation("u_xx + u_yy") + condition("\"boundary\"", "u - exp(x)*cos(y)"), "exp(x)*cos(y)");

/// Observations of it.
inline std::string observed(const std::string& noise) {
  return "[[data]]\nvalues = { u = \"exp(x)*cos(y)\" }\npoints = 40\n" + noise;
}

/// A decaying and travelling wave: x in [0, 1], t in [0, 0.5]; 3 x 3 subdomains.
inline std::string in_time(const std::string& statements, const std::string& exact) {
  return R"toml([domain]
coordinates = ["x", "t"]
lower = [0, 0]
upper = [1, 0.5]
)toml" + statements +
         "[exact]\nu = \"" + exact + R"toml("
[decomposition]
subdomains = [3, 3]
[points]
interior = 14
boundary = 14
[network]
hidden = [60]
scale = 1
)toml";
}

inline const std::string heat = in_time(
    equation("u_t - 0.1*u_xx") + condition("\"boundary\"", "u") + condition("\"t.lower\"", "u - sin(pi*x)"),
    "exp(-0.1*pi**2*t)*sin(pi*x)");

inline const std::string wave = in_time(
    equation("u_tt - u_xx") + condition("\"boundary\"", "u") + condition("\"t.lower\"", "u - sin(pi*x)") +
        "[[condition]]\nname = \"speed\"\non = [\"t.lower\"]\nresidual = \"u_t\"\n",
    "cos(pi*t)*sin(pi*x)");

}  // namespace ddpinn::test
