// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "base/random.hpp"
#include "network/kernel.hpp"
#include "network/network_support.hpp"
#include "support/catch.hpp"

#include <algorithm>
#include <cmath>
#include <vector>

namespace ddpinn::test {

using Lists = std::vector<std::vector<double>>;

inline std::vector<std::span<double>> spans(Lists& lists) { return {lists.begin(), lists.end()}; }
inline std::vector<std::span<const double>> constant_spans(const Lists& lists) {
  return {lists.begin(), lists.end()};
}

/// Networks with random parameters, groups of points with one and more covers, and a random linear functional
/// of the streams at each point.
struct Batch {
  Lists parameters;
  std::vector<std::vector<Point>> points;  ///< by cover
  std::vector<NetworkGroup> groups;
  Lists coefficients;  ///< by cover

  /// @param sizes numbers of points of the groups; group g has the covers 0 to g % networks
  Batch(const NetworkKernel& kernel, std::size_t networks, const std::vector<std::size_t>& sizes,
        std::uint64_t seed) {
    Random random(seed, 1);
    const auto& size = kernel.size();
    for (std::size_t i = 0; i < networks; ++i)
      for (auto& p : parameters.emplace_back(size.parameters)) p = random.uniform(-0.6, 0.6);
    for (std::size_t g = 0; g < sizes.size(); ++g)
      for (std::size_t c = 0; c <= g % networks; ++c)
        points.push_back(random_points(size.dimension, sizes[g], random));
    std::size_t i = 0;
    for (std::size_t g = 0; g < sizes.size(); ++g) {
      groups.emplace_back();
      for (std::size_t c = 0; c <= g % networks; ++c, ++i) {
        NetworkCover cover{(g + c) % networks, points[i], {}};
        for (auto& factor : cover.laplacian) factor = random.uniform(-1, 2);
        groups.back().covers.push_back(cover);
        auto& list = coefficients.emplace_back(kernel.values() * sizes[g]);
        for (auto& entry : list) entry = random.uniform(-1, 1);
      }
    }
  }

  Lists sized_for_covers(std::size_t numbers) const {
    Lists lists;
    for (const auto& group : groups)
      for (std::size_t c = 0; c < group.covers.size(); ++c) lists.emplace_back(numbers * group.points());
    return lists;
  }

  Lists values(const NetworkKernel& kernel) const {
    Lists result = sized_for_covers(kernel.values());
    kernel.evaluate(constant_spans(parameters), groups, spans(result));
    return result;
  }

  Lists rows(const NetworkKernel& kernel) const {
    Lists result = sized_for_covers(kernel.size().parameters);
    kernel.jacobian(constant_spans(parameters), groups, constant_spans(coefficients), spans(result));
    return result;
  }

  /// The gradient of 1/2 sum over points of (sum over covers of the functional)^2.
  Lists gradient(const NetworkKernel& kernel) const {
    Lists result(parameters.size(), std::vector<double>(kernel.size().parameters));
    const auto cotangents = [&](const PointBlock& block) { couple(kernel, block); };
    kernel.gradient(constant_spans(parameters), groups, cotangents, spans(result));
    return result;
  }

  /// The sum over covers of the functional at the k-th point of a block.
  double functional(const NetworkKernel& kernel, const PointBlock& block, std::size_t k) const {
    double sum = 0;
    for (std::size_t c = 0; c < block.values.size(); ++c)
      for (std::size_t v = 0; v < kernel.values(); ++v)
        sum += coefficient(block, c, v, k) * block.values[c][v * block.count + k];
    return sum;
  }

 private:
  double coefficient(const PointBlock& block, std::size_t cover, std::size_t value, std::size_t k) const {
    std::size_t list = cover;
    for (std::size_t g = 0; g < block.group; ++g) list += groups[g].covers.size();
    return coefficients[list][value * groups[block.group].points() + block.first + k];
  }

  void couple(const NetworkKernel& kernel, const PointBlock& block) const {
    for (std::size_t k = 0; k < block.count; ++k) {
      const double sum = functional(kernel, block, k);
      for (std::size_t c = 0; c < block.values.size(); ++c)
        for (std::size_t v = 0; v < kernel.values(); ++v)
          block.cotangents[c][v * block.count + k] = sum * coefficient(block, c, v, k);
    }
  }
};

/// The largest difference, relative to the largest number of the same list.
inline double difference(const Lists& a, const Lists& b) {
  double worst = a.size() == b.size() ? 0 : 1;
  for (std::size_t i = 0; i < std::min(a.size(), b.size()); ++i) {
    double gap = 0, largest = 0;
    for (std::size_t k = 0; k < a[i].size(); ++k) {
      gap = std::max(gap, std::abs(a[i][k] - b[i].at(k)));
      largest = std::max(largest, std::abs(a[i][k]));
    }
    if (gap > 0 || std::isnan(largest)) worst = std::max(worst, gap / largest);
  }
  return worst;
}

inline std::vector<double> shifted(std::vector<double> values, std::size_t i, double step) {
  values[i] += step;
  return values;
}

/// Requires that gradients and Jacobian rows are those of central differences.
inline void require_slopes(const NetworkKernel& kernel) {
  Batch batch(kernel, 1, {3}, 5);
  const auto gradient = batch.gradient(kernel), rows = batch.rows(kernel);
  const auto functionals = [&](const std::vector<double>& parameters) {
    Batch other = batch;
    other.parameters[0] = parameters;
    const auto values = other.values(kernel);
    const std::vector<std::span<const double>> view = constant_spans(values);
    std::vector<double> result;
    for (std::size_t k = 0; k < 3; ++k) result.push_back(batch.functional(kernel, {0, 0, 3, view, {}}, k));
    return result;
  };
  const auto here = functionals(batch.parameters[0]);
  const double step = 1e-5;
  for (std::size_t i = 0; i < kernel.size().parameters; ++i) {
    const auto above = functionals(shifted(batch.parameters[0], i, step));
    const auto below = functionals(shifted(batch.parameters[0], i, -step));
    double sum = 0;
    for (std::size_t k = 0; k < 3; ++k) {
      const double slope = (above[k] - below[k]) / (2 * step);
      sum += here[k] * slope;
      REQUIRE(rows[0][i * 3 + k] == Approx(slope).epsilon(1e-6).margin(1e-7));
    }
    REQUIRE(gradient[0][i] == Approx(sum).epsilon(1e-6).margin(1e-7));
  }
}

}  // namespace ddpinn::test
