// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "decomposition/decomposition.hpp"

#include "decomposition/decomposition_support.hpp"
#include "network/jet_space.hpp"
#include "support/catch.hpp"

#include <algorithm>
#include <cmath>

using namespace ddpinn;
using namespace ddpinn::test;

namespace {

struct NamedDecomposition {
  std::string name;
  Domain domain;
  Decomposition decomposition;
};

/// One to four dimensions, graded, periodic, of one and two levels.
std::vector<NamedDecomposition> examples() {
  std::vector<NamedDecomposition> all;
  const auto add = [&](const std::string& name, const Domain& domain, const DecompositionOptions& options) {
    all.push_back({name, domain, Decomposition(domain, options, max_order)});
  };
  add("line", example_box(1), equal_cores({5}));
  add("circle of two", example_box(1, {true}), equal_cores({2}, 0.5));
  auto options = equal_cores({4, 3}, 0.5, Window::cosine);
  options.levels = {{2, 1}, {1, 1}};
  add("rectangle of three levels", example_box(2), options);
  options = equal_cores({4, 3});
  options.breakpoints["y"] = {0, 0.1, 0.2, 1.5, 2};
  options.levels = {{2, 2}};
  add("graded rectangle of two levels", example_box(2, {true, false}), options);
  add("torus of one cell each", example_box(2, {true, true}), equal_cores({1, 1}, 0.5));
  add("cube", example_box(3, {false, false, true}), equal_cores({3, 2, 5}, 0.3));
  add("four dimensions", example_box(4, {false, true, false, false}),
      equal_cores({2, 2, 1, 3}, 0.4, Window::cosine));
  return all;
}

std::vector<MultiIndex> all_multi_indices(int dimension) {
  std::vector<MultiIndex> tops;
  for (int i = 0; i < 625; ++i) {
    MultiIndex alpha{};
    int rest = i;
    for (auto& a : alpha) {
      a = static_cast<std::uint8_t>(rest % 5);
      rest /= 5;
    }
    const bool fits = std::all_of(alpha.begin() + dimension, alpha.end(), [](auto a) { return a == 0; });
    if (fits && order(alpha) <= max_order) tops.push_back(alpha);
  }
  return tops;
}

}  // namespace

TEST_CASE("The windows of each level are a partition of unity") {
  Random random(1, 0);
  for (const auto& [name, domain, decomposition] : examples()) {
    INFO(name);
    const auto alphas = all_multi_indices(decomposition.dimension());
    for (int i = 0; i < 20; ++i) {
      const auto covers = decomposition.cover(random_point(domain, random));
      for (int level = 0; level < decomposition.levels(); ++level)
        for (const auto& alpha : alphas) {
          double sum = order(alpha) == 0 ? -1 : 0, size = 1;
          for (const auto& cover : covers) {
            if (decomposition[cover.subdomain].level != level) continue;
            sum += cover.window_jet(alpha);
            size = std::max(size, std::abs(cover.window_jet(alpha)));
          }
          REQUIRE(std::abs(sum) < 1e-12 * size);
        }
    }
  }
}

TEST_CASE("A point is covered by exactly the subdomains whose boxes hold it") {
  Random random(2, 0);
  for (const auto& [name, domain, decomposition] : examples()) {
    INFO(name);
    for (int i = 0; i < 50; ++i) {
      const auto x = random_point(domain, random);
      const auto covers = decomposition.cover(x);
      REQUIRE(std::ranges::is_sorted(covers, {}, &Cover::subdomain));
      std::vector<int> expected, found;
      for (int k = 0; k < decomposition.size(); ++k) {
        int times = 1;
        for (int d = 0; d < decomposition.dimension(); ++d) {
          const auto& box = decomposition[k].box;
          const double length = domain.upper[d] - domain.lower[d];
          int along = 0;
          for (double shift : {-length, 0.0, length})
            along += (shift == 0 || domain.periodic[d]) && x[d] + shift > box.lower[d] &&
                     x[d] + shift < box.upper[d];
          times *= along;
        }
        expected.insert(expected.end(), times, k);
      }
      for (const auto& cover : covers) found.push_back(cover.subdomain);
      REQUIRE(found == expected);
      REQUIRE(std::ranges::binary_search(found, decomposition.core_at(x)));
    }
  }
}

TEST_CASE("Points that share coordinates are covered as each of them alone") {
  Random random(3, 0);
  for (const auto& [name, domain, decomposition] : examples()) {
    INFO(name);
    std::vector<Point> points;
    for (int i = 0; i < 20; ++i) {
      points.push_back(random_point(domain, random));
      for (int d = 0; d < decomposition.dimension(); ++d) {
        auto& next = points.emplace_back(points.back());
        next[d] = random_point(domain, random)[d];
      }
    }
    const PointCovers together(decomposition, points);
    for (std::size_t i = 0; i < points.size(); ++i) {
      const auto alone = decomposition.cover(points[i]);
      REQUIRE(together.count(i) == alone.size());
      for (std::size_t c = 0; c < alone.size(); ++c) require_same(together.at(i, c), alone[c]);
    }
  }
}

TEST_CASE("The core at a point holds it, and cores tile the domain") {
  Random random(3, 0);
  for (const auto& [name, domain, decomposition] : examples()) {
    INFO(name);
    for (int i = 0; i < 50; ++i) {
      const auto x = random_point(domain, random);
      const auto& subdomain = decomposition[decomposition.core_at(x)];
      REQUIRE(subdomain.level == 0);
      for (int d = 0; d < decomposition.dimension(); ++d) {
        REQUIRE(subdomain.core.lower[d] <= x[d]);
        REQUIRE(x[d] <= subdomain.core.upper[d]);
      }
    }
    double whole = 1;
    for (std::size_t d = 0; d < domain.lower.size(); ++d) whole *= domain.upper[d] - domain.lower[d];
    std::vector<double> volume(decomposition.levels(), 0);
    for (const auto& subdomain : decomposition.subdomains()) {
      double part = 1;
      for (int d = 0; d < decomposition.dimension(); ++d) part *= subdomain.core.width(d);
      volume[subdomain.level] += part;
    }
    for (double v : volume) REQUIRE(v == Approx(whole));
  }
}

TEST_CASE("Subdomains are numbered level after level, and by their cells") {
  for (const auto& [name, domain, decomposition] : examples()) {
    INFO(name);
    int level = 0;
    for (int k = 0; k < decomposition.size(); ++k) {
      const auto& subdomain = decomposition[k];
      REQUIRE(subdomain.level >= level);
      level = subdomain.level;
      REQUIRE((subdomain.level == 0) == (k < decomposition.cores()));
      REQUIRE(decomposition.number(subdomain.level, subdomain.cell) == k);
      const auto half = decomposition.half_widths(k);
      for (int d = 0; d < decomposition.dimension(); ++d)
        REQUIRE(half[d] == Approx(subdomain.box.width(d) / 2));
    }
    REQUIRE(level + 1 == decomposition.levels());
  }
}

TEST_CASE("The parts of a core tile it, and inside one part the same subdomains cover all points") {
  Random random(4, 0);
  for (const auto& [name, domain, decomposition] : examples()) {
    INFO(name);
    for (int k = 0; k < decomposition.cores(); ++k) {
      const auto parts = decomposition.core_parts(k);
      REQUIRE(parts.size() == static_cast<std::size_t>(decomposition.dimension()));
      Point lower{}, upper{};
      for (std::size_t d = 0; d < parts.size(); ++d) {
        REQUIRE(parts[d].front() == decomposition[k].core.lower[d]);
        REQUIRE(parts[d].back() == decomposition[k].core.upper[d]);
        const std::size_t i = random.uniform(0, static_cast<double>(parts[d].size() - 1));
        lower[d] = parts[d][i];
        upper[d] = parts[d][i + 1];
      }
      const auto covering = [&] {
        Point x{};
        for (std::size_t d = 0; d < parts.size(); ++d)
          x[d] = lower[d] + random.uniform(0.01, 0.99) * (upper[d] - lower[d]);
        std::vector<int> result;
        for (const auto& cover : decomposition.cover(x))
          if (decomposition[cover.subdomain].level == 0) result.push_back(cover.subdomain);
        return result;
      };
      const auto first = covering();
      for (int i = 0; i < 5; ++i) REQUIRE(covering() == first);
    }
  }
}
