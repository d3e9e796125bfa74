// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "judge/richer_space.hpp"

#include <algorithm>
#include <numeric>

namespace ddpinn {

namespace {

/// The largest total degree of which there are no more polynomials than this.
int represented_degree(int dimension, double coefficients) {
  int degree = 0;
  for (double polynomials = 1;; ++degree) {
    polynomials = polynomials * (degree + 1 + dimension) / (degree + 1);
    if (polynomials > coefficients) return degree;
  }
}

/// Degrees per direction that the features of a network represent.
std::vector<int> represented_degrees(const NetworkShape& shape, double coefficients) {
  auto degrees = shape.directional_degree;
  if (degrees.empty()) degrees.assign(shape.dimension, shape.polynomial_degree);
  if (shape.width() == 0) return degrees;
  const int represented = represented_degree(shape.dimension, coefficients);
  for (auto& degree : degrees) degree = std::max(degree, represented);
  return degrees;
}

/// Highest degree in each direction of the polynomials.
std::vector<int> highest_degrees(const NetworkShape& shape) {
  std::vector<int> highest(shape.dimension, 0);
  for (const auto& alpha : shape.exponents())
    for (int d = 0; d < shape.dimension; ++d) highest[d] = std::max<int>(highest[d], alpha[d]);
  return highest;
}

/// Fewer points than were used would show residuals that are not there: with four fifths of them some
/// estimates were 70 times too large. Along a line there must be two for each polynomial; in a plane and
/// beyond, products of points are more than the polynomials by themselves.
int fresh_count(int used, int degree, std::size_t dimension) {
  return std::max(used, dimension == 1 ? 2 * (degree + 1) : degree) + 1;
}

}  // namespace

std::vector<int> represented_degrees(const Space& space, double coefficients) {
  return represented_degrees(space.family().shape, coefficients);
}

Space richer(const Space& space, double coefficients) {
  auto family = space.family();
  const auto inner = represented_degrees(family.shape, coefficients);
  auto outer = inner;
  const bool next_alone = space.decomposition().live() > 1 && family.shape.width() > 0 && !family.trained;
  for (auto& degree : outer) degree += next_alone ? 1 : 2;
  auto known = monomials(inner);
  std::ranges::sort(known);
  auto all = monomials(outer);
  std::erase_if(all, [&](const MultiIndex& alpha) { return std::ranges::binary_search(known, alpha); });
  family.shape.enrichment = std::move(all);
  return space.with(std::move(family));
}

PointsOptions fresh_points(PointsOptions points, const Space& richer) {
  const auto highest = highest_degrees(richer.family().shape);
  // Of a weak form there are no residuals between points, but integrals: squares of first derivatives are
  // integrated by as many points as there are degrees.
  for (std::size_t d = 0; d < points.interior.size(); ++d)
    points.interior[d] = richer.model().is_weak()
                             ? std::max(points.interior[d], highest[d])
                             : fresh_count(points.interior[d], highest[d], highest.size());
  points.boundary = fresh_count(points.boundary, std::ranges::max(highest), highest.size());
  return points;
}

std::vector<int> quadrature_counts(const Space& richer) {
  auto counts = highest_degrees(richer.family().shape);
  for (auto& count : counts) count = std::max(6, count / 2 + 4);
  return counts;
}

Field embedded(const Field& field, const Space& richer) {
  Field result(richer);
  result.set_unknowns(field.unknowns());
  const auto& shape = field.space().family().shape;
  const auto before = shape.polynomials(), added = richer.family().shape.enrichment.size();
  for (const auto& [k, from] : field.coefficients()) {
    Matrix to(from.rows() + added, from.columns());
    for (std::size_t f = 0; f < from.columns(); ++f) {
      std::copy_n(from.column(f), before, to.column(f));
      std::copy_n(from.column(f) + before, from.rows() - before, to.column(f) + before + added);
    }
    result.take(k, std::move(to));
  }
  return result;
}

}  // namespace ddpinn
