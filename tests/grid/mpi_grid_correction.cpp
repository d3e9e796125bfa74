// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
// The correction on a grid, from defects that are spread over ranks.
#include "grid/grid_correction.hpp"

#include "grid/grid_cases.hpp"
#include "support/catch.hpp"

#include <algorithm>
#include <functional>

using namespace ddpinn;
using namespace ddpinn::test;

namespace {

/// Defects of the approximation zero, by Gauss points in the cells of an n x n grid; a rank takes every
/// size-th.
class Defects {
 public:
  Defects(const Communicator& comm, const GridCorrection& grid, int n,
          const std::function<double(const Point&)>& residual) {
    const double g = 0.5 / std::sqrt(3.0), h = 1.0 / n;
    for (int cell = comm.rank(); cell < n * n; cell += comm.size())
      for (double a : {-g, g})
        for (double b : {-g, g}) {
          const Point x{(cell % n + 0.5 + a) * h, (cell / n + 0.5 + b) * h};
          for (const auto& [node, value] : grid.hats(x)) add(node, 0.25 * h * h * value * -residual(x));
        }
  }
  std::vector<PetscInt> nodes;
  std::vector<double> values;

 private:
  void add(PetscInt node, double value) {
    const auto at = std::lower_bound(nodes.begin(), nodes.end(), node) - nodes.begin();
    if (at == static_cast<std::ptrdiff_t>(nodes.size()) || nodes[at] != node) {
      nodes.insert(nodes.begin() + at, node);
      values.insert(values.begin() + at, 0.0);
    }
    values[at] += value;
  }
};

/// The largest distance of the correction, from zero, to the exact solution at the touched nodes.
double distance(const Communicator& comm, const std::string& text, int n,
                const std::function<double(const Point&)>& residual,
                const std::function<double(const Point&)>& exact) {
  const auto model = model_of(text);
  GridCorrection grid(comm, model, {n, n});
  const Defects defects(comm, grid, n, residual);
  grid.touch(defects.nodes);
  grid.linearise(std::vector<double>(defects.nodes.size() * grid.fields(), 0.0));
  std::vector<double> correction(defects.nodes.size() * grid.fields());
  grid.correct(defects.values, correction);
  double largest = 0;
  const PetscInt columns = n + 1;
  for (std::size_t i = 0; i < defects.nodes.size(); ++i) {
    const Point x{static_cast<double>(defects.nodes[i] % columns) / n,
                  static_cast<double>(defects.nodes[i] / columns) / n};
    largest = std::max(largest, std::abs(correction[i] - exact(x)));
  }
  return max(comm, largest);
}

}  // namespace

TEST_CASE("The correction of zero is the solution, to the order of the grid") {
  const Communicator comm(MPI_COMM_WORLD);
  const auto text = on_the_box(
      "xy", equation_of("-(u_xx + u_yy) - 2*pi**2*sin(pi*x)*sin(pi*y)") + condition_on("\"boundary\"", "u"));
  const auto wave = [](const Point& x) { return std::sin(M_PI * x[0]) * std::sin(M_PI * x[1]); };
  const auto residual = [&](const Point& x) { return -2 * M_PI * M_PI * wave(x); };
  REQUIRE(distance(comm, text, 8, residual, wave) < 0.03);
  REQUIRE(distance(comm, text, 32, residual, wave) < 0.002);
}

TEST_CASE("The correction of zero marches in time") {
  const Communicator comm(MPI_COMM_WORLD);
  const auto text = on_the_box("xt", equation_of("u_t - u_xx - sin(pi*x)*(1 + pi**2*t)") +
                                         condition_on("\"x.lower\", \"x.upper\", \"t.lower\"", "u"));
  const auto residual = [](const Point& x) { return -std::sin(M_PI * x[0]) * (1 + M_PI * M_PI * x[1]); };
  const auto exact = [](const Point& x) { return std::sin(M_PI * x[0]) * x[1]; };
  REQUIRE(distance(comm, text, 32, residual, exact) < 0.02);
}

TEST_CASE("The solution on a grid is the same on every number of ranks") {
  const Communicator together(MPI_COMM_WORLD), alone(MPI_COMM_SELF);
  const std::vector<std::string> texts = {
      on_the_box("xyt",
                 equation_of("u_t + u*u_x - 0.1*(u_xx + u_yy) - x*y") +
                     condition_on("\"t.lower\", \"x.lower\", \"x.upper\"", "u - x*(1 - x)"),
                 "periodic = [\"y\"]\n"),
      on_the_box("xy", equation_of("u_xx + u_yy - 1") + condition_on("\"boundary\"", "u"),
                 "[[domain.remove]]\nname = \"hole\"\nball = { center = [0.45, 0.55], radius = 0.2 }\n"),
      "fields = [\"u\", \"v\", \"p\"]\n" +
          on_the_box("xy", equation_of("u_xx + u_yy - p_x - y") + equation_of("v_xx + v_yy - p_y") +
                               equation_of("u_x + v_y") + condition_on("\"boundary\"", "u - y") +
                               condition_on("\"boundary\"", "v") +
                               "[[condition]]\npoints = [[0, 0]]\nresidual = \"p\"\n"),
      on_the_box("xy",
                 "[definitions]\nk = \"where(disc, 10, 1)\"\nflux = \"k*(u_x*n_x + u_y*n_y)\"\n" +
                     equation_of("k*(u_xx + u_yy) + 1") + condition_on("\"boundary\"", "u") +
                     condition_on("\"disc\"", "u_plus - u_minus") +
                     condition_on("\"disc\"", "flux_plus - flux_minus"),
                 shape_of("interface", "disc", "ball = { center = [0.5, 0.45], radius = 0.3 }")),
      on_the_box("t", equation_of("u_tt + u") + condition_on("\"t.lower\"", "u - 1") +
                          condition_on("\"t.lower\"", "u_t"))};
  for (const auto& text : texts) {
    const auto model = model_of(text);
    const auto all = solve_on_grid(together, model, {12}), own = solve_on_grid(alone, model, {12});
    double largest = 0;
    for (std::size_t i = 0; i < all.values.size(); ++i)
      largest = std::max(largest, std::abs(all.values[i] - own.values[i]));
    REQUIRE(max(together, largest) < 1e-9);
  }
}
