// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "base/random.hpp"
#include "decomposition/point_covers.hpp"
#include "support/catch.hpp"

#include <string>
#include <vector>

namespace ddpinn::test {

/// The box [0, 1] x [0, 2] x [0, 3] x [0, 4], or the first coordinates of it.
inline Domain example_box(int dimension, std::vector<bool> periodic = {}) {
  Domain domain;
  for (int d = 0; d < dimension; ++d) {
    domain.coordinates.push_back(std::string(1, "xyzw"[d]));
    domain.lower.push_back(0);
    domain.upper.push_back(d + 1);
  }
  domain.periodic = std::move(periodic);
  domain.periodic.resize(dimension, false);
  return domain;
}

inline DecompositionOptions equal_cores(std::vector<int> subdomains, double overlap = 0.25,
                                        Window window = Window::bump) {
  DecompositionOptions options;
  options.subdomains = std::move(subdomains);
  options.overlap = overlap;
  options.window = window;
  return options;
}

inline void require_same(const Cover& a, const Cover& b) {
  REQUIRE(a.subdomain == b.subdomain);
  REQUIRE(a.xi == b.xi);
  REQUIRE(a.window == b.window);
  REQUIRE(a.jet == b.jet);
}

/// A random point of the domain.
inline Point random_point(const Domain& domain, Random& random) {
  Point x{};
  for (std::size_t d = 0; d < domain.lower.size(); ++d)
    x[d] = random.uniform(domain.lower[d], domain.upper[d]);
  return x;
}

}  // namespace ddpinn::test
