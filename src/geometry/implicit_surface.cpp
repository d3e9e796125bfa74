// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "geometry/implicit_surface.hpp"

#include "geometry/tensor_points.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

namespace ddpinn {
namespace {

/// Cells on each side of the core: the delta function's support reaches two cells (in four dimensions) from
/// the surface.
constexpr int margin = 2;
/// Least distance of two points, in cells.
constexpr double least_distance = 0.75;

/// A level set seen in units of the lattice's cells, in which distances of all directions compare.
class Lattice {
 public:
  Lattice(const Region& region, std::size_t shape, const Box& core, int count)
      : region_(region), shape_(shape), core_(core), count_(count) {
    for (int i = 0; i < core.dimension; ++i) cell_[i] = core.width(i) / count;
  }

  int dimension() const { return core_.dimension; }
  const Point& cell() const { return cell_; }

  std::vector<Point> centers() const {
    Box grown = core_;
    for (int i = 0; i < dimension(); ++i) {
      grown.lower[i] -= margin * cell_[i];
      grown.upper[i] += margin * cell_[i];
    }
    const std::vector<int> counts(dimension(), count_ + 2 * margin);
    return box_points(grown, counts, Sampling::uniform, 0).x;
  }

  std::vector<double> values(const std::vector<Point>& points) const {
    return region_.level_set(shape_, points);
  }

  /// Derivatives with respect to the coordinates in units of cells, by central differences.
  std::vector<Point> gradients(const std::vector<Point>& points) const {
    constexpr double step = 1e-4;
    const std::size_t n = points.size();
    std::vector<Point> shifted;
    shifted.reserve(2 * dimension() * n);
    for (int i = 0; i < dimension(); ++i) {
      for (double sign : {1.0, -1.0}) {
        for (Point x : points) {
          x[i] += sign * step * cell_[i];
          shifted.push_back(x);
        }
      }
    }
    const auto value = values(shifted);
    std::vector<Point> gradient(n, Point{});
    for (int i = 0; i < dimension(); ++i) {
      for (std::size_t k = 0; k < n; ++k)
        gradient[k][i] = (value[2 * i * n + k] - value[(2 * i + 1) * n + k]) / (2 * step);
    }
    return gradient;
  }

 private:
  const Region& region_;
  std::size_t shape_;
  Box core_;
  int count_;
  Point cell_{};
};

double norm(const Point& g) { return std::sqrt(g[0] * g[0] + g[1] * g[1] + g[2] * g[2] + g[3] * g[3]); }

Point unit(Point g) {
  const double length = norm(g);
  for (double& component : g) component /= length;
  return g;
}

double one_norm(const Point& g) { return std::abs(g[0]) + std::abs(g[1]) + std::abs(g[2]) + std::abs(g[3]); }

/// The gradient in the units of the coordinates.
Point physical(Point gradient, const Lattice& lattice) {
  for (int i = 0; i < lattice.dimension(); ++i) gradient[i] /= lattice.cell()[i];
  return gradient;
}

bool changes_sign(const std::vector<double>& value) {
  return std::any_of(value.begin(), value.end(), [](double v) { return v <= 0; }) &&
         std::any_of(value.begin(), value.end(), [](double v) { return v >= 0; });
}

/// Cell centres within reach of the zero set, and some more.
PointSet near_surface(const Lattice& lattice) {
  // phi / |grad phi| is a poor distance where the level set bends: a generous bound makes sure that none is
  // missed.
  constexpr double reach = 2;
  const auto center = lattice.centers();
  const auto value = lattice.values(center);
  if (!changes_sign(value)) return {};
  const auto gradient = lattice.gradients(center);
  PointSet set;
  for (std::size_t k = 0; k < center.size(); ++k) {
    if (std::abs(value[k]) < reach * one_norm(gradient[k])) set.x.push_back(center[k]);
  }
  return set;
}

/// The area that the discrete delta function gives to the cell at `center`, which was projected on `foot`;
/// the normal is in units of cells.
double cell_area(const Lattice& lattice, const Point& center, const Point& foot, const Point& normal) {
  double distance = 0;
  double volume = 1;
  for (int i = 0; i < lattice.dimension(); ++i) {
    distance += (center[i] - foot[i]) / lattice.cell()[i] * normal[i];
    volume *= lattice.cell()[i];
  }
  const double width = one_norm(normal);
  return std::max(0.0, 1 - std::abs(distance) / width) / width * norm(physical(normal, lattice)) * volume;
}

/// One Newton step of every point that is farther from the zero set than `tolerance`; sets the shape's
/// outward unit normals, in units of cells. @returns the distances before the step
std::vector<double> newton_step(const Lattice& lattice, PointSet& set, double tolerance) {
  const auto value = lattice.values(set.x);
  const auto gradient = lattice.gradients(set.x);
  std::vector<double> distance(set.size());
  for (std::size_t k = 0; k < set.size(); ++k) {
    const double length = norm(gradient[k]);
    set.normal[k] = unit(gradient[k]);
    distance[k] = std::abs(value[k]) / length;
    if (distance[k] <= tolerance) continue;
    // A step is at most a cell long: where the gradient nearly vanishes it would else leave the
    // neighbourhood.
    const double move = std::clamp(value[k] / length, -1.0, 1.0);
    for (int i = 0; i < lattice.dimension(); ++i) set.x[k][i] -= move * set.normal[k][i] * lattice.cell()[i];
  }
  return distance;
}

/// Moves the cell centres onto the zero set, and sets areas and the shape's outward unit normals; drops what
/// does not converge.
void project(const Lattice& lattice, PointSet& set) {
  constexpr int most_steps = 20;
  constexpr double tolerance = 1e-10;
  const auto center = set.x;
  set.measure.resize(set.size());
  set.normal.resize(set.size());
  std::vector<char> converged(set.size(), false);
  for (int step = 0; step < most_steps && std::count(converged.begin(), converged.end(), false) > 0; ++step) {
    const auto distance = newton_step(lattice, set, tolerance);
    for (std::size_t k = 0; k < set.size(); ++k) converged[k] = distance[k] <= tolerance;
  }
  for (std::size_t k = 0; k < set.size(); ++k) {
    set.measure[k] = cell_area(lattice, center[k], set.x[k], set.normal[k]);
    set.normal[k] = unit(physical(set.normal[k], lattice));
  }
  keep_flagged(set, converged);
}

double squared_distance(const Point& a, const Point& b, const Lattice& lattice) {
  double sum = 0;
  for (int i = 0; i < lattice.dimension(); ++i) {
    const double difference = (a[i] - b[i]) / lattice.cell()[i];
    sum += difference * difference;
  }
  return sum;
}

/// Keeps points that are far enough apart; those dropped leave their area to the nearest that is kept.
PointSet thin(const Lattice& lattice, const PointSet& all) {
  PointSet kept;
  const auto nearest = [&](const Point& x) {
    std::pair best{std::numeric_limits<double>::infinity(), std::size_t{0}};
    for (std::size_t j = 0; j < kept.size(); ++j)
      best = std::min(best, {squared_distance(x, kept.x[j], lattice), j});
    return best;
  };
  for (std::size_t k = 0; k < all.size(); ++k) {
    if (nearest(all.x[k]).first < least_distance * least_distance) continue;
    kept.x.push_back(all.x[k]);
    kept.normal.push_back(all.normal[k]);
  }
  kept.measure.assign(kept.size(), 0);
  for (std::size_t k = 0; k < all.size(); ++k) kept.measure[nearest(all.x[k]).second] += all.measure[k];
  return kept;
}

}  // namespace

PointSet sample_implicit_surface(const Region& region, std::size_t shape, const Box& core, int count) {
  const Lattice lattice(region, shape, core, count);
  auto set = near_surface(lattice);
  project(lattice, set);
  const double sign = region.shape(shape).use == Shape::Use::remove ? -1 : 1;
  std::vector<char> inside(set.size());
  for (std::size_t k = 0; k < set.size(); ++k) {
    for (auto& n : set.normal[k]) n *= sign;
    inside[k] = in_core(set.x[k], core, region.box());
  }
  keep_flagged(set, inside);
  region.shape(shape).use == Shape::Use::interface ? keep_within(region, set) : keep_boundary(region, set);
  return thin(lattice, set);
}

}  // namespace ddpinn
