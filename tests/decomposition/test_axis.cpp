// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "decomposition/axis.hpp"

#include "base/random.hpp"
#include "support/catch.hpp"

#include <algorithm>
#include <cmath>
#include <map>

using namespace ddpinn;
using namespace ddpinn::test;

namespace {

struct NamedAxis {
  std::string name;
  Axis axis;
};

/// All kinds of axes, as windows with as many continuous derivatives as equations can have.
std::vector<NamedAxis> examples() {
  const std::vector<double> graded{-1, -0.9, -0.5, 0, 0.05, 1};
  std::vector<NamedAxis> axes;
  for (auto window : {Window::bump, Window::cosine})
    for (double overlap : {0.1, 0.25, 0.5})
      for (bool periodic : {false, true})
        for (const auto& breakpoints :
             {std::vector<double>{-1, 1}, {-1, 0, 1}, {-1, -0.6, -0.2, 0.2, 0.6, 1}, graded})
          axes.push_back({std::string(spelling(window)) + ", overlap " + std::to_string(overlap) +
                              (periodic ? ", periodic, " : ", ") + std::to_string(breakpoints.size() - 1) +
                              " cells",
                          Axis(breakpoints, overlap, periodic, window, max_order)});
  return axes;
}

/// The windows at x by cell and the whole number of periods by which x was moved; absent where they vanish.
std::map<std::pair<int, int>, LineJet> windows(const Axis& axis, double x) {
  std::map<std::pair<int, int>, LineJet> result;
  for (const auto& cover : axis.cover(x)) {
    const double center = (axis.box_lower(cover.cell) + axis.box_upper(cover.cell)) / 2;
    const double moved = center + cover.xi * axis.half_width(cover.cell) - x;
    result[{cover.cell, static_cast<int>(std::lround(moved / 2))}] = cover.window;
  }
  return result;
}

/// Where windows begin or end, moved into the axis.
std::vector<double> edges(const Axis& axis) {
  std::vector<double> result;
  for (int cell = 0; cell < axis.cells(); ++cell)
    for (double edge : {axis.box_lower(cell), axis.box_upper(cell)})
      for (double moved : {edge - 2, edge, edge + 2})
        if (moved > -1 + 1e-6 && moved < 1 - 1e-6 && (moved == edge || axis.periodic()))
          result.push_back(moved);
  return result;
}

double factorial_of(int n) { return n < 2 ? 1 : n * factorial_of(n - 1); }

}  // namespace

TEST_CASE("Windows along an axis sum to one and their derivatives to zero") {
  Random random(1, 0);
  for (const auto& [name, axis] : examples()) {
    INFO(name);
    for (int i = 0; i < 200; ++i) {
      const double x = i == 0 ? -1 : i == 1 ? 1 : random.uniform(-1, 1);
      LineJet sum{}, size{};
      for (const auto& cover : axis.cover(x))
        for (std::size_t k = 0; k < sum.size(); ++k) {
          sum[k] += cover.window[k];
          size[k] = std::max(size[k], std::abs(cover.window[k]));
        }
      INFO("x = " << x);
      REQUIRE(std::abs(sum[0] - 1) < 1e-14);
      for (std::size_t k = 1; k < sum.size(); ++k) {
        // Where one box covers x alone, its derivatives are all rounding of those before they were
        // normalised.
        double before = 1;
        for (const auto& cover : axis.cover(x))
          before = std::max(before, std::pow(20 / axis.half_width(cover.cell), k));
        REQUIRE(std::abs(sum[k]) <= 1e-14 * std::max(10 * size[k], before));
      }
    }
  }
}

TEST_CASE("Windows lie between zero and one, and stand in a box's own coordinate") {
  Random random(2, 0);
  for (const auto& [name, axis] : examples()) {
    INFO(name);
    for (int i = 0; i < 100; ++i) {
      const double x = random.uniform(-1, 1);
      const auto covers = axis.cover(x);
      REQUIRE(!covers.empty());
      for (const auto& cover : covers) {
        REQUIRE(cover.window[0] >= 0);
        REQUIRE(cover.window[0] <= 1 + 1e-14);
        REQUIRE(std::abs(cover.xi) < 1);
        const double at = (axis.box_lower(cover.cell) + axis.box_upper(cover.cell)) / 2 +
                          cover.xi * axis.half_width(cover.cell);
        const double periods = std::round((at - x) / 2);
        REQUIRE(std::abs(at - 2 * periods - x) < 1e-14);
        REQUIRE((axis.periodic() || periods == 0));
      }
    }
  }
}

TEST_CASE("A window's Taylor coefficients are those of its values") {
  // Each coefficient against the central difference of the one before it, extrapolated to a step of zero.
  Random random(3, 0);
  for (const auto& [name, axis] : examples()) {
    INFO(name);
    const auto kinks = edges(axis);
    for (int i = 0; i < 40; ++i) {
      const double x = random.uniform(-0.99, 0.99);
      const auto far = [&](double e) { return std::abs(e - x) > 1e-3; };
      if (!std::ranges::all_of(kinks, far)) continue;
      const auto here = windows(axis, x);
      const auto difference = [&](const std::pair<int, int>& cell, std::size_t k, double h) {
        return (windows(axis, x + h).at(cell)[k - 1] - windows(axis, x - h).at(cell)[k - 1]) / (2 * h);
      };
      for (const auto& [cell, jet] : here)
        for (std::size_t k = 1; k < jet.size(); ++k) {
          const double h = 1e-4;
          const double slope = (4 * difference(cell, k, h / 2) - difference(cell, k, h)) / 3;
          double scale = std::abs(slope);
          for (std::size_t l = 0; l < jet.size(); ++l)
            scale = std::max(scale, std::abs(jet[l]) * factorial_of(l));
          INFO("x = " << x << ", cell " << cell.first << ", order " << k);
          REQUIRE(std::abs(static_cast<double>(k) * jet[k] - slope) < 1e-5 * std::max(1.0, scale));
        }
    }
  }
}

TEST_CASE("A window begins and ends with all derivatives at zero") {
  // Just inside its box. In units of the box, a window of too low an order would have a derivative above one
  // there.
  for (const auto& [name, axis] : examples()) {
    INFO(name);
    for (double edge : edges(axis))
      for (double step : {-1e-13, 1e-13})
        for (const auto& cover : axis.cover(edge + step)) {
          if (std::abs(cover.xi) < 1 - 1e-9) continue;
          for (std::size_t k = 0; k < cover.window.size(); ++k) {
            INFO("edge " << edge << ", cell " << cover.cell << ", order " << k);
            REQUIRE(std::abs(cover.window[k]) * std::pow(axis.half_width(cover.cell), k) < 0.1);
          }
        }
  }
}

TEST_CASE("A box grows by a fraction of the narrower of two neighbours") {
  const Axis axis({0, 1, 3, 3.5}, 0.25, false, Window::bump, 2);
  REQUIRE(axis.box_lower(0) == Approx(-0.25));
  REQUIRE(axis.box_upper(0) == Approx(1.25));
  REQUIRE(axis.box_lower(1) == Approx(0.75));
  REQUIRE(axis.box_upper(1) == Approx(3.125));
  REQUIRE(axis.box_lower(2) == Approx(2.875));
  REQUIRE(axis.box_upper(2) == Approx(3.625));
  REQUIRE(axis.half_width(1) == Approx((3.125 - 0.75) / 2));
}

TEST_CASE("The cell of a point is half open, but the last") {
  const Axis axis({0, 1, 3, 3.5}, 0.25, false, Window::bump, 2);
  const std::vector<std::pair<double, int>> expected{{0, 0}, {0.5, 0}, {1, 1}, {2.99, 1}, {3, 2}, {3.5, 2}};
  for (const auto& [x, cell] : expected) REQUIRE(axis.cell_at(x) == cell);
}

TEST_CASE("The parts of a core end where its neighbours' boxes do") {
  for (const auto& [name, axis] : examples()) {
    INFO(name);
    for (int cell = 0; cell < axis.cells(); ++cell) {
      const auto parts = axis.parts(cell);
      REQUIRE(parts.front() == axis.core_lower(cell));
      REQUIRE(parts.back() == axis.core_upper(cell));
      REQUIRE(std::ranges::is_sorted(parts));
      REQUIRE(parts.size() <= 4);
      for (double edge : edges(axis)) {
        if (edge < axis.core_lower(cell) + 1e-8 || edge > axis.core_upper(cell) - 1e-8) continue;
        const auto same = [&](double end) { return std::abs(end - edge) < 1e-8; };
        INFO("cell " << cell << ", edge " << edge);
        REQUIRE(std::ranges::any_of(parts, same));
      }
    }
  }
}

TEST_CASE("Windows are known by their names, and no others") {
  REQUIRE(value_spelled<Window>("bump") == Window::bump);
  REQUIRE(value_spelled<Window>("cosine") == Window::cosine);
  REQUIRE(!value_spelled<Window>("hat"));
}
