// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "geometry/tensor_points.hpp"

#include "base/random.hpp"
#include "geometry/sobol.hpp"

#include <algorithm>

namespace ddpinn {
namespace {

bool flat(const Box& box, int direction) { return !(box.width(direction) > 0); }

PointSet tensor_product(const Box& box, const std::vector<Quadrature>& rules) {
  PointSet set{{Point{}}, {1.0}, {}};
  for (int i = 0; i < box.dimension; ++i) {
    PointSet next;
    for (std::size_t k = 0; k < set.size(); ++k) {
      for (std::size_t j = 0; j < rules[i].node.size(); ++j) {
        Point x = set.x[k];
        x[i] = box.lower[i] + (flat(box, i) ? 0 : box.width(i) * rules[i].node[j]);
        next.x.push_back(x);
        next.measure.push_back(set.measure[k] * (flat(box, i) ? 1 : box.width(i) * rules[i].weight[j]));
      }
    }
    set = std::move(next);
  }
  return set;
}

std::vector<Point> random_points(int dimension, int n, std::uint64_t seed) {
  Random random(seed, dimension);
  std::vector<Point> points(n, Point{});
  for (auto& x : points) {
    for (int i = 0; i < dimension; ++i) x[i] = random.uniform();
  }
  return points;
}

/// Maps points of the unit cube onto the box, each with the same share of its measure.
PointSet map_points(const Box& box, const std::vector<Point>& unit) {
  PointSet set{std::vector<Point>(unit.size(), box.lower), {}, {}};
  double measure = 1;
  int used = 0;
  for (int i = 0; i < box.dimension; ++i) {
    if (flat(box, i)) continue;
    measure *= box.width(i);
    for (std::size_t k = 0; k < unit.size(); ++k) set.x[k][i] += box.width(i) * unit[k][used];
    ++used;
  }
  set.measure.assign(unit.size(), measure / unit.size());
  return set;
}

}  // namespace

PointSet box_points(const Box& box, const std::vector<int>& counts, Sampling sampling, std::uint64_t seed) {
  std::vector<Quadrature> rules;
  int used = 0;
  int product = 1;
  for (int i = 0; i < box.dimension; ++i) {
    const int n = flat(box, i) ? 1 : counts[i];
    used += flat(box, i) ? 0 : 1;
    product *= n;
    rules.push_back(sampling == Sampling::gauss ? gauss_legendre(n) : midpoints(n));
  }
  if (sampling == Sampling::sobol) return map_points(box, sobol_points(used, product, seed));
  if (sampling == Sampling::random) return map_points(box, random_points(used, product, seed));
  return tensor_product(box, rules);
}

int face_count(int count) { return std::max(count, 6); }

void set_normal(PointSet& set, const Point& normal) { set.normal.assign(set.size(), normal); }

void keep_flagged(PointSet& set, const std::vector<char>& flag) {
  std::size_t kept = 0;
  for (std::size_t k = 0; k < set.size(); ++k) {
    if (!flag[k]) continue;
    set.x[kept] = set.x[k];
    set.measure[kept] = set.measure[k];
    if (!set.normal.empty()) set.normal[kept] = set.normal[k];
    ++kept;
  }
  set.x.resize(kept);
  set.measure.resize(kept);
  if (!set.normal.empty()) set.normal.resize(kept);
}

std::vector<Point> moved(const PointSet& set, double step) {
  auto x = set.x;
  for (std::size_t k = 0; k < x.size(); ++k) {
    for (std::size_t i = 0; i < x[k].size(); ++i) x[k][i] += step * set.normal[k][i];
  }
  return x;
}

void keep_boundary(const Region& region, PointSet& set) {
  keep_flagged(set, region.contains(moved(set, -region.probe_step())));
}

void keep_within(const Region& region, PointSet& set) {
  keep_flagged(set, region.contains(moved(set, region.probe_step())));
  keep_flagged(set, region.contains(moved(set, -region.probe_step())));
}

}  // namespace ddpinn
