// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "base/random.hpp"
#include "bench/step.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace ddpinn::bench {

namespace {

constexpr double pi = std::numbers::pi;

std::vector<Point> random_points(int dimension, std::size_t count, std::uint64_t stream) {
  Random random(1, stream);
  std::vector<Point> points(count, Point{});
  for (auto& x : points)
    for (int d = 0; d < dimension; ++d) x[d] = random.uniform(-1, 1);
  return points;
}

/// A window of the box [-1, 1] and its derivative.
std::array<double, 2> bump(double xi) {
  if (std::abs(xi) >= 1) return {0, 0};
  const double c = 1 + std::cos(pi * xi);
  return {c * c, -2 * pi * c * std::sin(pi * xi)};
}

/// Points between two ends of boxes: those who cover them, and for each point tanh(15x) w_j and its
/// derivative.
struct Stretch {
  std::vector<std::size_t> networks;
  std::vector<double> x, f;
  std::vector<std::vector<std::array<double, 2>>> windows;  ///< by cover
};

constexpr std::size_t cosine_networks = 30;
constexpr double cosine_core = 4 * pi / cosine_networks, cosine_half_box = 0.85 * cosine_core;

double cosine_local(double x, std::size_t network) {
  return (x + 2 * pi - (static_cast<double>(network) + 0.5) * cosine_core) / cosine_half_box;
}

void add_point(Stretch& stretch, double x) {
  stretch.x.push_back(x);
  stretch.f.push_back(std::cos(15 * x));
  stretch.windows.resize(stretch.networks.size());
  std::array<double, 2> sum{};
  std::vector<std::array<double, 2>> w;
  for (auto j : stretch.networks) {
    w.push_back(bump(cosine_local(x, j)));
    w.back()[1] /= cosine_half_box;
    for (std::size_t k = 0; k < 2; ++k) sum[k] += w.back()[k];
  }
  const double t = std::tanh(15 * x), slope = 15 * (1 - t * t);
  for (std::size_t c = 0; c < w.size(); ++c) {
    const double value = w[c][0] / sum[0], rate = (w[c][1] - value * sum[1]) / sum[0];
    stretch.windows[c].push_back({t * value, slope * value + t * rate});
  }
}

std::vector<Stretch> cosine_stretches(std::size_t points) {
  std::vector<Stretch> result;
  for (std::size_t i = 0; i < points; ++i) {
    const double x = -2 * pi + 4 * pi * (static_cast<double>(i) + 0.5) / static_cast<double>(points);
    std::vector<std::size_t> covers;
    for (std::size_t j = 0; j < cosine_networks; ++j)
      if (std::abs(cosine_local(x, j)) < 1) covers.push_back(j);
    if (result.empty() || result.back().networks != covers) result.push_back({covers, {}, {}, {}});
    add_point(result.back(), x);
  }
  return result;
}

double cosine_rows(const Stretch& stretch, const PointBlock& block, std::size_t points) {
  double loss = 0;
  for (std::size_t k = 0; k < block.count; ++k) {
    const auto i = block.first + k;
    double r = -stretch.f[i];
    for (std::size_t c = 0; c < stretch.networks.size(); ++c)
      r += stretch.windows[c][i][1] * block.values[c][k] +
           stretch.windows[c][i][0] / cosine_half_box * block.values[c][block.count + k];
    const double scaled = 2 * r / static_cast<double>(points);
    loss += r * r / static_cast<double>(points);
    for (std::size_t c = 0; c < stretch.networks.size(); ++c) {
      block.cotangents[c][k] = scaled * stretch.windows[c][i][1];
      block.cotangents[c][block.count + k] = scaled * stretch.windows[c][i][0] / cosine_half_box;
    }
  }
  return loss;
}

}  // namespace

StepCase poisson_step(int width, Precision precision) {
  constexpr std::size_t n = 8192;
  const std::vector<int> hidden(4, width);
  StepCase result("3-" + std::to_string(width) + "-" + std::to_string(width) + "-" + std::to_string(width) +
                      "-" + std::to_string(width) + "-1",
                  {3, hidden, 1, Activation::tanh}, Streams::laplacian(3), 1, precision);
  const auto x = random_points(3, n, 1);
  std::vector<double> f;
  for (const auto& p : x)
    f.push_back(3 * pi * pi * std::sin(pi * p[0]) * std::sin(pi * p[1]) * std::sin(pi * p[2]));
  result.add_group({0}, {x}, {1, 1, 1, 0});
  result.set_rows([f](const PointBlock& block) {
    double loss = 0;
    for (std::size_t k = 0; k < block.count; ++k) {
      const double r = -block.values[0][4 * block.count + k] - f[block.first + k];
      loss += r * r / n;
      block.cotangents[0][4 * block.count + k] = -2 * r / n;
    }
    return loss;
  });
  return result;
}

StepCase burgers_step() {
  constexpr std::size_t n = 2780, conditions = 240;
  const double nu = 0.01 / pi;
  StepCase result("2-20-20-20-1", {2, {20, 20, 20}, 1, Activation::tanh}, Streams::laplacian(2), 1,
                  Precision::float32);
  const auto x = random_points(2, conditions, 2);
  std::vector<double> start;
  for (const auto& p : x) start.push_back(-std::sin(pi * p[0]));
  result.add_group({0}, {random_points(2, n, 1)}, {1, 0, 0, 0});
  result.add_group({0}, {x}, {1, 0, 0, 0});
  result.set_rows([nu, start](const PointBlock& block) {
    const auto v = block.values[0];
    const auto to = block.cotangents[0];
    const auto m = block.count;
    double loss = 0;
    for (std::size_t k = 0; k < m; ++k) {
      if (block.group == 1) {
        const double r = v[k] - start[block.first + k];
        loss += r * r / conditions;
        to[k] = 2 * r / conditions;
        continue;
      }
      const double u = v[k], u_x = v[m + k], u_t = v[2 * m + k], u_xx = v[3 * m + k];
      const double r = u_t + u * u_x - nu * u_xx, scaled = 2 * r / n;
      loss += r * r / n;
      to[k] = scaled * u_x;
      to[m + k] = scaled * u;
      to[2 * m + k] = scaled;
      to[3 * m + k] = -scaled * nu;
    }
    return loss;
  });
  return result;
}

StepCase cosine_step() {
  constexpr std::size_t n = 3000;
  const MultiIndex first{1};
  StepCase result("30x1-16-16-1", {1, {16, 16}, 1, Activation::tanh}, Streams::jet(JetSpace(1, {&first, 1})),
                  cosine_networks, Precision::float32);
  const auto stretches = cosine_stretches(n);
  for (const auto& stretch : stretches) {
    std::vector<std::vector<Point>> xi;
    for (auto j : stretch.networks) {
      auto& points = xi.emplace_back();
      for (double x : stretch.x) points.push_back({cosine_local(x, j)});
    }
    result.add_group(stretch.networks, xi);
  }
  result.set_rows(
      [stretches](const PointBlock& block) { return cosine_rows(stretches[block.group], block, n); });
  return result;
}

}  // namespace ddpinn::bench
