// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "geometry/sobol.hpp"

#include "base/random.hpp"

#include <array>
#include <bit>

namespace ddpinn {
namespace {

constexpr int bits = 32;
using DirectionNumbers = std::array<std::uint32_t, bits>;

/// One line of Joe and Kuo's table: a primitive polynomial's degree s and inner coefficients a, and m_1..m_s.
struct Polynomial {
  unsigned degree;
  unsigned coefficients;
  std::array<std::uint32_t, 3> m;
};

constexpr std::array<Polynomial, max_dimension> table{
    {{0, 0, {}},  // the first coordinate is van der Corput's sequence
     {1, 0, {1}},
     {2, 1, {1, 3}},
     {3, 1, {1, 3, 1}}}};

DirectionNumbers direction_numbers(const Polynomial& p) {
  DirectionNumbers v{};
  for (unsigned k = 0; k < bits; ++k) {
    if (p.degree == 0) {
      v[k] = 1U << (bits - 1 - k);
    } else if (k < p.degree) {
      v[k] = p.m[k] << (bits - 1 - k);
    } else {
      v[k] = v[k - p.degree] ^ (v[k - p.degree] >> p.degree);
      for (unsigned j = 1; j < p.degree; ++j) {
        if ((p.coefficients >> (p.degree - 1 - j)) & 1U) v[k] ^= v[k - j];
      }
    }
  }
  return v;
}

}  // namespace

std::vector<Point> sobol_points(int dimension, int n, std::uint64_t seed) {
  std::vector<Point> points(n, Point{});
  for (int i = 0; i < dimension; ++i) {
    const auto v = direction_numbers(table[i]);
    std::uint32_t word = static_cast<std::uint32_t>(Random(seed, i).bits() >> 32);
    for (int k = 0; k < n; ++k) {
      // Gray code order: one exclusive-or takes each point to the next; half a unit keeps points off zero.
      points[k][i] = (word + 0.5) * 0x1.0p-32;
      word ^= v[std::countr_one(static_cast<unsigned>(k))];
    }
  }
  return points;
}

}  // namespace ddpinn
