// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
// An equation that no expression states: steady heat conduction, -div(k(u) grad u) = 10 on the unit square
// with u = 0 on its boundary, where the conductivity k comes from a table. Run it with: mpirun -n 2
// own_equation
#include <ddpinn/session.hpp>
#include <ddpinn/solve.hpp>

#include <algorithm>
#include <array>
#include <cstdio>
#include <span>

namespace {

/// Conductivity at the temperatures 0, 0.25, ..., 1, and between them a spline of the third degree.
class Table {
 public:
  /// k(u), k'(u) and k''(u).
  std::array<double, 3> operator()(double u) const {
    const double at = std::clamp(u, 0.0, 1.0) / width;
    const int i = std::min<int>(at, values.size() - 2);
    const double t = at - i, a = values[i], b = values[i + 1], p = slope(i) * width, q = slope(i + 1) * width;
    const double c = 3 * (b - a) - 2 * p - q, d = 2 * (a - b) + p + q;
    return {a + t * (p + t * (c + t * d)), (p + t * (2 * c + 3 * t * d)) / width,
            (2 * c + 6 * t * d) / (width * width)};
  }

 private:
  double slope(int i) const {
    const int left = std::max(0, i - 1), right = std::min<int>(values.size() - 1, i + 1);
    return (values[right] - values[left]) / ((right - left) * width);
  }
  static constexpr double width = 0.25;
  static constexpr std::array values{1.0, 1.15, 1.4, 1.8, 2.1};
};

/// The residual -k(u) (u_xx + u_yy) - k'(u) (u_x^2 + u_y^2) - 10, and its derivatives.
double conduction(std::span<const double> argument, std::span<double> derivative) {
  const double u = argument[0], ux = argument[1], uy = argument[2], laplacian = argument[3];
  const auto [k, k1, k2] = Table()(u);
  derivative[0] = -k1 * laplacian - k2 * (ux * ux + uy * uy);
  derivative[1] = -2 * k1 * ux;
  derivative[2] = -2 * k1 * uy;
  derivative[3] = -k;
  return -k * laplacian - k1 * (ux * ux + uy * uy) - 10;
}

}  // namespace

int main() {
  const ddpinn::Session session;
  ddpinn::Problem problem;
  problem.domain = {.coordinates = {"x", "y"}, .lower = {0, 0}, .upper = {1, 1}};
  problem.equations.push_back(
      {.name = "heat", .function = ddpinn::pointwise({"u", "u_x", "u_y", "u_xx + u_yy"}, conduction)});
  problem.conditions.push_back({.name = "walls", .on = {"boundary"}, .residual = {"u"}});
  ddpinn::Options options;
  options.decomposition.subdomains = {2, 2};
  const auto solved = ddpinn::solve(problem, options, MPI_COMM_WORLD);
  const auto values = solved.fields.evaluate({{0.5, 0.5}}, {"u"});
  // What is heated inside leaves through the walls; k = 1 there.
  const double outflow = -solved.fields.integrate("n_x*u_x + n_y*u_y", "boundary");
  if (session.rank() == 0) std::printf("u = %.4f in the middle, outflow %.3f\n", values[0][0], outflow);
  return solved.result.converged ? 0 : 1;
}
