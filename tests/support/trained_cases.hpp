// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "solver/training/training.hpp"
#include "support/solve_case.hpp"

#include <string>
#include <vector>

namespace ddpinn::test {

/// A case, solved by training.
class TrainedCase : public CaseWithSolution {
 public:
  TrainedCase(const std::string& text, MPI_Comm ranks, const std::vector<std::string>& overrides = {})
      : CaseWithSolution(text, ranks, overrides) {
    solution = train(comm, discretisation, file.options, Quiet().monitor);
  }
};

/// -a u'' = sin(pi x) with a = 2, noisy data of u.
inline const std::string noisy_rod = R"toml([domain]
coordinates = ["x"]
lower = [0]
upper = [1]
[unknowns]
a = { initial = 1, lower = 0.2, upper = 10 }
[[equation]]
residual = "a*u_xx + sin(pi*x)"
[[condition]]
on = ["boundary"]
residual = "u"
[[data]]
values = { u = "sin(pi*x)/(2*pi**2)" }
points = 40
noise = 1e-3
[decomposition]
subdomains = [2]
[points]
interior = 12
[network]
hidden = [6]
scale = 1
)toml";

/// Whether `a` is 2 to within three of its standard errors, and these are those of the regression on u = f /
/// a with f = sin(pi x) / pi^2.
inline bool finds_two(const Problem& problem, double a, double error) {
  double squares = 0;
  for (const auto& x : problem.data[0].points)
    squares += std::pow(std::sin(3.14159265358979 * x[0]) / 9.8696044, 2);
  const double expected = 1e-3 * a * a / std::sqrt(squares);
  return std::abs(a - 2) < 3 * error && error < 2 * expected && error > expected / 2;
}

inline bool finds_two(const TrainedCase& c) {
  return finds_two(c.file.problem, c.solution.field.unknowns()[0], c.solution.standard_errors[0]);
}

}  // namespace ddpinn::test
