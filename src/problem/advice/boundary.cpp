// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "problem/advice/boundary.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace ddpinn {

namespace {

bool holds(const StatementGroup& group, const Point& x) {
  return !group.where || group.where->at(std::span(&x, 1))[0] != 0;
}

}  // namespace

std::string name_of(const Model& model, Face face) {
  return model.coordinates[face.direction] + (face.upper ? ".upper" : ".lower");
}

std::vector<Face> faces_of(const Model& model) {
  std::vector<Face> result;
  for (int d = 0; d < model.dimension(); ++d)
    for (bool upper : {false, true})
      if (!model.region.periodic(d)) result.push_back({d, upper});
  return result;
}

/// Multiples of powers of a number by which the fractional parts fill the box evenly (Roberts 2018).
std::string place_of(const Model& model, const Point& x) {
  std::string place;
  for (int d = 0; d < model.dimension(); ++d)
    place += fmt::format("{}{} = {:.4g}", d > 0 ? ", " : "", model.coordinates[d], x[d]);
  return place;
}

std::vector<Point> scattered(const Box& box, int count) {
  constexpr Point step{0.8566748838545029, 0.7338918566271260, 0.6287067210378087, 0.5385972572236101};
  std::vector<Point> points(count, Point{});
  for (int i = 0; i < count; ++i)
    for (int d = 0; d < box.dimension; ++d) {
      const double turns = 0.37 + step[d] * (i + 1);
      points[i][d] = box.lower[d] + box.width(d) * (turns - std::floor(turns));
    }
  return points;
}

std::vector<Point> inside(const Model& model, int count) {
  const auto all = scattered(model.region.box(), count);
  const auto contained = model.region.contains(all);
  std::vector<Point> points;
  for (std::size_t i = 0; i < all.size(); ++i)
    if (contained[i]) points.push_back(all[i]);
  return points;
}

Point on_face(Point x, Face face, const Box& box) {
  x[face.direction] = (face.upper ? box.upper : box.lower)[face.direction];
  return x;
}

bool stands_at(const StatementGroup& group, Face face, const Point& x) {
  return std::ranges::any_of(group.faces,
                             [&](const Face& other) {
                               return other.direction == face.direction && other.upper == face.upper;
                             }) &&
         holds(group, x);
}

bool stands_at(const StatementGroup& group, std::size_t shape, const Point& x) {
  return std::ranges::find(group.shapes, shape) != group.shapes.end() && holds(group, x);
}

int zeros(const Model& model, int field, const Point& x, int direction) {
  constexpr double vanishing = 1e-9;
  const auto& enforcement = model.enforcement[field];
  if (!enforcement) return 0;
  const auto& box = model.region.box();
  double size = 0;
  for (double value : enforcement->factor.at(scattered(box, 16))) size = std::max(size, std::abs(value));
  MultiIndex first{};
  first[direction] = 1;
  const std::array orders{MultiIndex{}, first};
  const auto found = enforcement->factor.differentiate(std::span(&x, 1), orders);
  if (!(std::abs(found[0][0]) <= vanishing * size)) return 0;
  return std::abs(found[1][0]) * box.width(direction) <= vanishing * size ? 2 : 1;
}

}  // namespace ddpinn
