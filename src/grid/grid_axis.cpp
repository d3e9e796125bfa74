// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "grid/grid_axis.hpp"

#include <algorithm>
#include <array>
#include <cmath>

namespace ddpinn {

namespace {

/// A position is a node's if it is this near to it, in cells.
constexpr double at_node = 1e-9;

/// Keys' kernel on the intervals [-1, 0], [0, 1], ... : coefficients of 1, t, t^2, t^3 for the nodes -1, 0,
/// 1, 2 around the cell, t in [0, 1].
constexpr std::array<std::array<double, 4>, 4> keys = {
    {{0, -0.5, 1, -0.5}, {1, 0, -2.5, 1.5}, {0, 0.5, 2, -1.5}, {0, 0, -0.5, 0.5}}};

double polynomial(const std::array<double, 4>& c, double t, int m) {
  double sum = 0;
  for (int p = 3; p >= m; --p) {
    double factor = c[p];
    for (int i = 0; i < m; ++i) factor *= p - i;
    sum = sum * t + factor;
  }
  return sum;
}

}  // namespace

std::vector<double> difference_weights(double x, std::span<const double> points, int m) {
  const auto n = points.size();
  const std::size_t orders = m + 1;
  std::vector<double> w(n * orders, 0.0);  // by point and order
  double c1 = 1, c4 = points[0] - x;
  w[0] = 1;
  for (std::size_t i = 1; i < n; ++i) {
    const auto top = std::min(i + 1, orders);
    double c2 = 1;
    const double c5 = c4;
    c4 = points[i] - x;
    for (std::size_t j = 0; j < i; ++j) {
      const double c3 = points[i] - points[j];
      c2 *= c3;
      if (j == i - 1)
        for (std::size_t k = top; k-- > 0;)
          w[i * orders + k] =
              c1 * ((k > 0 ? k * w[(i - 1) * orders + k - 1] : 0.0) - c5 * w[(i - 1) * orders + k]) / c2;
      for (std::size_t k = top; k-- > 0;)
        w[j * orders + k] = (c4 * w[j * orders + k] - (k > 0 ? k * w[j * orders + k - 1] : 0.0)) / c3;
    }
    c1 = c2;
  }
  std::vector<double> result(n);
  for (std::size_t i = 0; i < n; ++i) result[i] = w[i * orders + orders - 1];
  return result;
}

GridAxis::GridAxis(int cells, double lower, double upper, bool periodic, int order)
    : cells_(cells),
      lower_(lower),
      upper_(upper),
      periodic_(periodic),
      order_(order),
      spacing_((upper - lower) / cells) {}

double GridAxis::coordinate(int node) const {
  return node == cells_ ? upper_ : lower_ + (upper_ - lower_) * node / cells_;
}

int GridAxis::nearest(double x) const {
  const int node = std::lround((x - lower_) / spacing_);
  return periodic_ ? wrapped(node) : std::clamp(node, 0, cells_);
}

AxisStencil GridAxis::difference(double x, int m) const {
  const double s = (x - lower_) / spacing_;
  const int node = std::lround(s);
  const bool central = std::abs(s - node) < at_node;
  const int radius = m > 0 ? (m - 1 + order_) / 2 : 0;
  int count = central ? 2 * radius + 1 : m + order_;
  int first = central ? node - radius : static_cast<int>(std::floor(s - 0.5 * count)) + 1;
  if (!periodic_ && (first < 0 || first + count > nodes())) {
    count = m + order_;
    first = std::clamp(first, 0, nodes() - count);
  }
  std::vector<double> points;
  for (int i = 0; i < count; ++i) points.push_back(first + i);
  const auto weights = difference_weights(central ? node : s, points, m);
  AxisStencil result;
  for (int i = 0; i < count; ++i) {
    const double w = weights[i];
    if (w != 0) result.push_back({wrapped(first + i), w / std::pow(spacing_, m)});
  }
  return result;
}

AxisStencil GridAxis::hats(double x) const {
  const double s = std::clamp<double>((x - lower_) / spacing_, 0, cells_);
  const int cell = std::min(static_cast<int>(s), cells_ - 1);
  const double t = s - cell;
  if (t < at_node) return {{wrapped(cell), 1.0}};
  if (t > 1 - at_node) return {{wrapped(cell + 1), 1.0}};
  return {{wrapped(cell), 1 - t}, {wrapped(cell + 1), t}};
}

AxisStencil GridAxis::cubic(double x, int m) const {
  const double s = (x - lower_) / spacing_;
  const int cell = std::clamp(static_cast<int>(std::floor(s)), 0, cells_ - 1);
  AxisStencil result;
  const auto add = [&](int node, double w) {
    for (auto& entry : result)
      if (entry.node == node) {
        entry.weight += w;
        return;
      }
    result.push_back({node, w});
  };
  for (int i = 0; i < 4; ++i) {
    const int node = cell - 1 + i;
    const double w = polynomial(keys[i], s - cell, m) / std::pow(spacing_, m);
    if (periodic_ || (node >= 0 && node <= cells_)) {
      add(wrapped(node), w);
      continue;
    }
    // Beyond an end the values are those of the polynomial through the last three nodes.
    const int end = node < 0 ? 0 : cells_, inward = node < 0 ? 1 : -1;
    const bool quadratic = cells_ >= 2;
    add(end, quadratic ? 3 * w : 2 * w);
    add(end + inward, quadratic ? -3 * w : -w);
    if (quadratic) add(end + 2 * inward, w);
  }
  return result;
}

double GridAxis::hat_integral(int node) const {
  return !periodic_ && (node == 0 || node == cells_) ? 0.5 * spacing_ : spacing_;
}

}  // namespace ddpinn
