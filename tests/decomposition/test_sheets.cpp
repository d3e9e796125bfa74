// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "decomposition/decomposition_support.hpp"
#include "decomposition/part_boxes.hpp"
#include "decomposition/patches.hpp"
#include "support/catch.hpp"

#include <algorithm>
#include <cmath>
#include <set>

using namespace ddpinn;
using namespace ddpinn::test;

namespace {

Shape ball(Shape::Use use, std::vector<double> center, double radius) {
  Shape shape;
  shape.use = use;
  shape.center = std::move(center);
  shape.radius = radius;
  return shape;
}

Shape box(Shape::Use use, std::vector<double> lower, std::vector<double> upper) {
  Shape shape;
  shape.kind = Shape::Kind::box;
  shape.use = use;
  shape.lower = std::move(lower);
  shape.upper = std::move(upper);
  return shape;
}

struct CutDomain {
  std::string name;
  Domain domain;
  Region region;
  Decomposition decomposition;

  CutDomain(std::string title, const Domain& whole, std::vector<Shape> shapes,
            const DecompositionOptions& options)
      : name(std::move(title)),
        domain(with(whole, std::move(shapes))),
        region(domain, {}),
        decomposition(domain, options, 3, &region) {}

  static Domain with(Domain domain, std::vector<Shape> shapes) {
    domain.shapes = std::move(shapes);
    return domain;
  }
};

std::vector<CutDomain> examples() {
  using Use = Shape::Use;
  std::vector<CutDomain> all;
  all.emplace_back("L-shape", example_box(2), std::vector{box(Use::remove, {0.5, 1}, {1, 2})},
                   equal_cores({6, 8}));
  all.emplace_back("disc", example_box(2), std::vector{ball(Use::keep, {0.5, 1}, 0.47)},
                   equal_cores({7, 9}, 0.4, Window::cosine));
  auto options = equal_cores({6, 6});
  options.levels = {{2, 3}};
  all.emplace_back("holes on two levels, periodic", example_box(2, {true, false}),
                   std::vector{box(Use::remove, {0, 0.7}, {0.35, 1.6}), ball(Use::remove, {0.8, 1}, 0.19)},
                   options);
  all.emplace_back("ball", example_box(3), std::vector{ball(Use::keep, {0.5, 1, 1.5}, 0.5)},
                   equal_cores({4, 5, 6}));
  all.emplace_back(
      "disc in a square with a bar", example_box(2),
      std::vector{ball(Use::interface, {0.5, 1}, 0.33), box(Use::interface, {0.1, 0.9}, {0.9, 1.3})},
      equal_cores({5, 6}));
  return all;
}

std::vector<MultiIndex> up_to_third_order() {
  std::vector<MultiIndex> all;
  for (std::uint8_t i = 0; i <= 3; ++i)
    for (std::uint8_t j = 0; i + j <= 3; ++j) all.push_back({i, j, 0, 0});
  return all;
}

}  // namespace

TEST_CASE("The windows of the boxes with networks are a partition of unity on what shapes leave") {
  Random random(1, 0);
  for (const auto& [name, domain, region, decomposition] : examples()) {
    INFO(name);
    int renormalised = 0;
    for (int i = 0; i < 3000; ++i) {
      const auto x = random_point(domain, random);
      if (!region.contains(std::span(&x, 1))[0]) continue;
      const auto covers = decomposition.cover(x);
      for (int level = 0; level < decomposition.levels(); ++level)
        for (const auto& alpha : up_to_third_order()) {
          double sum = order(alpha) == 0 ? -1 : 0, size = 1;
          for (const auto& cover : covers) {
            const auto& subdomain = decomposition[cover.subdomain];
            REQUIRE(subdomain.live);
            renormalised += cover.jet.empty() ? 0 : 1;
            if (subdomain.level != level) continue;
            REQUIRE(subdomain.sides == decomposition.sides(std::span(&x, 1))[0]);
            sum += cover.window_jet(alpha);
            size = std::max(size, std::abs(cover.window_jet(alpha)));
          }
          REQUIRE(std::abs(sum) < 1e-9 * size);
        }
    }
    REQUIRE(renormalised > 0);
  }
}

TEST_CASE("The derivatives of renormalised windows are those of their values") {
  const auto all = examples();
  const auto& [name, domain, region, decomposition] = all[0];
  const double step = 1e-5;
  Random random(2, 0);
  int checked = 0;
  for (int i = 0; i < 3000; ++i) {
    const auto x = random_point(domain, random);
    auto left = x, right = x;
    left[0] -= step;
    right[0] += step;
    const std::vector<Point> three{x, left, right};
    if (std::ranges::count(region.contains(three), 1) < 3) continue;
    const auto here = decomposition.cover(x), before = decomposition.cover(left),
               after = decomposition.cover(right);
    if (here.size() != before.size() || here.size() != after.size()) continue;
    for (std::size_t c = 0; c < here.size(); ++c) {
      if (here[c].jet.empty()) continue;
      const auto difference = [&](const MultiIndex& alpha) {
        return (after[c].window_jet(alpha) - before[c].window_jet(alpha)) / (2 * step);
      };
      REQUIRE(here[c].window_jet({1, 0, 0, 0}) == Approx(difference({})).margin(1e-4));
      REQUIRE(2 * here[c].window_jet({2, 0, 0, 0}) == Approx(difference({1, 0, 0, 0})).margin(1e-2));
      REQUIRE(here[c].window_jet({1, 1, 0, 0}) == Approx(difference({0, 1, 0, 0})).margin(1e-2));
      ++checked;
    }
  }
  REQUIRE(checked > 10);
}

TEST_CASE("Boxes whose cores a shape takes have no network, whole cores have one") {
  const auto all = examples();
  const auto& lshape = all[0].decomposition;
  REQUIRE(lshape.live() == 36);
  for (int k = 0; k < lshape.cores(); ++k) {
    const bool removed = lshape[k].cell[0] >= 3 && lshape[k].cell[1] >= 4;
    REQUIRE(lshape[k].live == !removed);
    REQUIRE(lshape.sheets(k).size() == (removed ? 0U : 1U));
  }
}

TEST_CASE("A core that a shape leaves a sliver of does without a network, one with half of it does not") {
  for (const auto& [upper, live] : std::vector<std::pair<double, int>>{{0.51, 2}, {0.55, 3}, {0.62, 3}}) {
    const CutDomain cut("strip", example_box(1), {box(Shape::Use::keep, {-1}, {upper})}, equal_cores({4}));
    INFO(upper);
    REQUIRE(cut.decomposition.live() == live);
  }
}

TEST_CASE("Interfaces give a box a network for each part of the domain") {
  const CutDomain cut(
      "interfaces", example_box(2),
      {box(Shape::Use::interface, {0, 0}, {0.5, 2}), box(Shape::Use::interface, {0, 0.5}, {1, 2})},
      equal_cores({1, 1}));
  const auto& decomposition = cut.decomposition;
  REQUIRE(decomposition.live() == 4);
  std::set<Sides> parts;
  for (int k : decomposition.sheets(0)) {
    parts.insert(decomposition[k].sides);
    REQUIRE(decomposition[k].first == 0);
    REQUIRE(decomposition[k].share == Approx(decomposition[k].sides < 2 ? 0.125 : 0.375));
  }
  REQUIRE(parts == std::set<Sides>{0, 1, 2, 3});
  REQUIRE(decomposition.over(0) == std::vector<int>{0, 1, 2, 3});
}

TEST_CASE("A local problem has a part for each material that its box, but not its core, reaches into") {
  const std::vector shapes{box(Shape::Use::interface, {0.5005, 0}, {1, 2})};
  auto options = equal_cores({2, 1});
  const CutDomain windowed("strip", example_box(2), shapes, options);
  REQUIRE(windowed.decomposition.size() == windowed.decomposition.live());
  options.coupling = Coupling::interface;
  const CutDomain cut("strip", example_box(2), shapes, options);
  const auto& decomposition = cut.decomposition;
  REQUIRE(decomposition.live() == windowed.decomposition.live());
  for (int b = 0; b < 2; ++b) {
    std::set<Sides> sides;
    for (int k : decomposition.parts(b)) {
      REQUIRE(decomposition[k].first == b);
      REQUIRE(decomposition[k].live == (std::ranges::count(decomposition.sheets(b), k) == 1));
      sides.insert(decomposition[k].sides);
    }
    REQUIRE(sides == std::set<Sides>{0, 1});
  }
}

TEST_CASE("A part of a box is found in a box around it, with its share") {
  const Domain whole = CutDomain::with(example_box(2), {ball(Shape::Use::interface, {0.5, 1}, 0.25),
                                                        box(Shape::Use::interface, {0.999, 0}, {1, 2})});
  const Region region(whole, {});
  const auto parts = part_boxes(region, region.box());
  REQUIRE(parts.size() == 3);
  const auto& disc = parts.at(1);
  REQUIRE(disc.box.lower[0] == Approx(0.25).margin(0.06));
  REQUIRE(disc.box.upper[1] == Approx(1.25).margin(0.12));
  REQUIRE(disc.share == Approx(0.785).margin(0.12));
  const auto& strip = parts.at(2);
  REQUIRE(strip.box.lower[0] == Approx(0.999).margin(0.01));
  REQUIRE(strip.box.upper[0] == 1);
  REQUIRE(strip.share == Approx(1));
}

TEST_CASE("Every network is in a patch, and no patch has a box without one") {
  for (const auto& [name, domain, region, decomposition] : examples()) {
    INFO(name);
    std::set<int> members;
    for (const auto& patch : patches(decomposition, PatchKind::cluster))
      members.insert(patch.subdomains.begin(), patch.subdomains.end());
    std::set<int> live;
    for (int k = 0; k < decomposition.size(); ++k)
      if (decomposition[k].live) live.insert(k);
    REQUIRE(members == live);
  }
}

TEST_CASE("Points between shapes are covered as each of them alone, in any order") {
  Random random(5, 0);
  for (const auto& [name, domain, region, decomposition] : examples()) {
    INFO(name);
    std::vector<Point> points;
    while (points.size() < 200) {
      const auto x = random_point(domain, random);
      if (region.contains(std::vector<Point>{x}).front()) points.push_back(x);
    }
    const PointCovers together(decomposition, points);
    std::vector<std::size_t> order;
    for (std::size_t i = points.size(); i-- > 0; i -= i % 2) order.push_back(i);
    const auto some = together.of(order);
    REQUIRE(some.size() == order.size());
    for (std::size_t i = 0; i < order.size(); ++i) {
      const auto alone = decomposition.cover(points[order[i]]);
      REQUIRE(some.count(i) == alone.size());
      for (std::size_t c = 0; c < alone.size(); ++c) require_same(some.at(i, c), alone[c]);
    }
  }
}

TEST_CASE("A strip that no probe met belongs to the network next to it; one far from all is told") {
  const CutDomain thin("strips", example_box(2), {box(Shape::Use::remove, {0.52, 0.001}, {1, 2})},
                       equal_cores({4, 4}));
  const auto covers = thin.decomposition.cover(Point{0.6, 0.0005, 0, 0});
  REQUIRE(covers.size() == 1);
  REQUIRE(covers[0].subdomain == 4);
  REQUIRE(covers[0].window_jet({}) == 1);
  REQUIRE(contains(message_of([&] {
                     thin.decomposition.cover(Point{0.9, 0.0005, 0, 0});
                   }),
                   "no subdomain is near"));
}
