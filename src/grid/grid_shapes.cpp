// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "grid/grid_shapes.hpp"

#include "dense/matrix.hpp"

#include <algorithm>
#include <array>
#include <cmath>

namespace ddpinn {

namespace {

/// Value and gradient (over space) of a shape's level set, by central differences.
struct Slope {
  double value;
  Point gradient;
};

Slope slope(const GridProblem& problem, std::size_t shape, const Point& x) {
  const auto& mesh = problem.mesh();
  std::vector<Point> points{x};
  for (int d : mesh.space())
    for (double sign : {-1.0, 1.0}) {
      points.push_back(x);
      points.back()[d] += sign * 1e-3 * mesh.axis(d).spacing();
    }
  const auto value = problem.model().region.level_set(shape, points);
  Slope result{value[0], {}};
  std::size_t i = 1;
  for (int d : mesh.space()) {
    result.gradient[d] = (value[i + 1] - value[i]) / (2e-3 * mesh.axis(d).spacing());
    i += 2;
  }
  return result;
}

/// From the place x to a node along a direction of space, in cells.
double cells_between(const GridMesh& mesh, const Point& x, const SpaceIndex& node, std::size_t s) {
  const auto& axis = mesh.axis(mesh.space()[s]);
  return node[s] - (x[mesh.space()[s]] - axis.coordinate(0)) / axis.spacing();
}

/// Monomials of a total degree at most, in cells from a point x.
class Monomials {
 public:
  Monomials(const GridMesh& mesh, int degree) : mesh_(mesh) {
    for (int c = 0; c <= degree; ++c)
      for (int b = 0; b + c <= degree; ++b)
        for (int a = 0; a + b + c <= degree; ++a)
          if ((b == 0 || mesh.space().size() > 1) && (c == 0 || mesh.space().size() > 2))
            powers_.push_back({a, b, c});
  }
  std::size_t size() const { return powers_.size(); }

  /// At a node, which may lie beyond a period's end.
  double value(std::size_t p, const Point& x, const SpaceIndex& node) const {
    double product = 1;
    for (std::size_t s = 0; s < mesh_.space().size(); ++s) {
      product *= std::pow(cells_between(mesh_, x, node, s), powers_[p][s]);
    }
    return product;
  }

  /// The derivatives alpha of all of them at x.
  std::vector<double> derivatives(const MultiIndex& alpha) const {
    std::vector<double> result;
    for (const auto& power : powers_) {
      double value = 1;
      for (std::size_t s = 0; s < mesh_.space().size(); ++s) {
        const int m = alpha[mesh_.space()[s]];
        value *=
            m == power[s] ? std::tgamma(m + 1) / std::pow(mesh_.axis(mesh_.space()[s]).spacing(), m) : 0.0;
      }
      result.push_back(value);
    }
    return result;
  }

 private:
  const GridMesh& mesh_;
  std::vector<SpaceIndex> powers_;
};

/// Weight of a node in a fit about x. Without weights, errors of the discs of Poisson's equation in
/// apps/cases are 2 to 5 times as large, and fall unevenly.
double nearness(const GridMesh& mesh, const Point& x, const SpaceIndex& node) {
  double square = 0.5;
  for (std::size_t s = 0; s < mesh.space().size(); ++s)
    square += cells_between(mesh, x, node, s) * cells_between(mesh, x, node, s);
  return 1 / (square * square);
}

/// Nodes for a polynomial with this many coefficients: a few more than these, on a line as many.
std::size_t needed(std::size_t coefficients) {
  return coefficients <= 3 ? coefficients : coefficients * 3 / 2;
}

/// P (P^T P)^-1 b: what values are multiplied by in a functional b of the polynomial, with basis P, that fits
/// them best; empty where the points do not determine it.
std::vector<double> least_squares_weights(const Matrix& basis, std::vector<double> b) {
  const auto n = basis.columns();
  Matrix a(n, n);
  for (std::size_t i = 0; i < n; ++i)
    for (std::size_t j = 0; j < n; ++j)
      for (std::size_t k = 0; k < basis.rows(); ++k) a(i, j) += basis(k, i) * basis(k, j);
  for (std::size_t j = 0; j < n; ++j) {  // elimination; the matrix is symmetric and positive
    const double whole = a(j, j);
    if (!(whole > 1e-8)) return {};
    for (std::size_t i = j + 1; i < n; ++i) {
      const double factor = a(i, j) / whole;
      for (std::size_t k = j; k < n; ++k) a(i, k) -= factor * a(j, k);
      b[i] -= factor * b[j];
    }
  }
  for (std::size_t j = n; j-- > 0;) {
    for (std::size_t k = j + 1; k < n; ++k) b[j] -= a(j, k) * b[k];
    b[j] /= a(j, j);
  }
  std::vector<double> result(basis.rows(), 0.0);
  for (std::size_t k = 0; k < basis.rows(); ++k)
    for (std::size_t j = 0; j < n; ++j) result[k] += basis(k, j) * b[j];
  return result;
}

double square(const Point& g) {
  double sum = 0;
  for (double v : g) sum += v * v;
  return sum;
}

}  // namespace

SurfacePoint nearest_on_surface(const GridProblem& problem, std::size_t shape, const Point& x) {
  SurfacePoint foot{x, {}};
  Slope at = slope(problem, shape, foot.x);
  for (int step = 0; step < 3 && square(at.gradient) > 0; ++step) {
    for (std::size_t d = 0; d < x.size(); ++d) foot.x[d] -= at.value * at.gradient[d] / square(at.gradient);
    at = slope(problem, shape, foot.x);
  }
  const double length = std::sqrt(std::max(square(at.gradient), 1e-300));
  for (std::size_t d = 0; d < x.size(); ++d) foot.normal[d] = at.gradient[d] / length;
  return foot;
}

bool GridShapes::touches_inside(const SpaceIndex& index, int level) const {
  std::vector<Point> x;
  for (const auto& near : problem_->mesh().around(index, 1))
    x.push_back(problem_->mesh().at(problem_->mesh().wrapped(near), level));
  const auto inside = problem_->model().region.contains(x);
  return std::ranges::any_of(inside, [](char in) { return in != 0; });
}

std::vector<SpaceIndex> GridShapes::members(const SpaceIndex& node, bool included, int level, Sides part,
                                            int reach) const {
  const auto& mesh = problem_->mesh();
  const auto near = mesh.around(node, reach);
  std::vector<Point> at;
  for (const auto& index : near) at.push_back(mesh.at(mesh.wrapped(index), level));
  const auto inside = problem_->model().region.contains(at);
  std::vector<SpaceIndex> result;
  for (std::size_t i = 0; i < near.size(); ++i) {
    const bool member = inside[i] && problem_->parts().of(mesh.wrapped(near[i])) == part;
    if (near[i] == node ? included : member) result.push_back(near[i]);
  }
  return result;
}

std::vector<GridShapes::Weight> GridShapes::fit(const SpaceIndex& node, bool included, int level, Sides part,
                                                const Point& x, const MultiIndex& alpha) const {
  const auto& mesh = problem_->mesh();
  constexpr std::array<std::pair<int, int>, 6> choices = {{{2, 2}, {3, 2}, {2, 1}, {3, 1}, {2, 0}, {3, 0}}};
  for (const auto& [reach, degree] : choices) {
    const auto nodes = members(node, included, level, part, reach);
    const Monomials monomials(mesh, degree);
    if (nodes.empty() || (degree > 0 && nodes.size() < needed(monomials.size()))) continue;
    Matrix basis(nodes.size(), monomials.size());
    std::vector<double> near(nodes.size());
    for (std::size_t i = 0; i < nodes.size(); ++i) {
      near[i] = nearness(mesh, x, nodes[i]);
      for (std::size_t p = 0; p < monomials.size(); ++p)
        basis(i, p) = near[i] * monomials.value(p, x, nodes[i]);
    }
    const auto weight = least_squares_weights(basis, monomials.derivatives(alpha));
    if (weight.empty()) continue;
    std::vector<Weight> result;
    for (std::size_t i = 0; i < nodes.size(); ++i)
      result.push_back({mesh.wrapped(nodes[i]), near[i] * weight[i]});
    return result;
  }
  return {};
}

std::vector<GridRow> GridShapes::conditions(const Point& x) const {
  const auto& region = problem_->model().region;
  std::vector<GridRow> result;
  for (std::size_t i = 0; i < region.shapes() && result.empty(); ++i) {
    if (region.shape(i).use == Shape::Use::interface) continue;
    const double outward = region.shape(i).use == Shape::Use::remove ? -1 : 1;
    if (outward * region.level_set(i, std::span(&x, 1))[0] <= 0) continue;
    const auto foot = nearest_on_surface(*problem_, i, x);
    for (std::size_t k = problem_->equations(); k < problem_->statements().size(); ++k) {
      if (!std::ranges::count(problem_->statements()[k].group->shapes, i)) continue;
      GridRow row{.statement = static_cast<int>(k), .x = foot.x, .ghost = true};
      for (std::size_t d = 0; d < x.size(); ++d) row.normal[d] = outward * foot.normal[d];
      result.push_back(row);
    }
  }
  return result;
}

}  // namespace ddpinn
