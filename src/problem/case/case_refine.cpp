// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "problem/case/case_key_lists.hpp"
#include "problem/case/case_parts.hpp"
#include "problem/case/case_tree.hpp"

#include <algorithm>
#include <cmath>

namespace ddpinn {
namespace {

/// Points, or a shape.
struct Places {
  std::vector<std::vector<double>> points;
  std::string shape;
};

void from_node(const CaseNode& node, Places& target) {
  if (node.kind == CaseNode::Kind::text)
    ddpinn::from_node(node, target.shape);
  else
    ddpinn::from_node(node, target.points);
}

/// One of [[decomposition.refine]].
struct Refinement {
  Places near;
  int levels = 4;
  double ratio = 0.25;
};

/// Puts ends of subdomains beside a place, each `ratio` times as far from it as the one before.
void grade(std::vector<double>& ends, double place, const Refinement& how) {
  const double rounding = 1e-12 * (ends.back() - ends.front());
  if (place < ends.front() - rounding || place > ends.back() + rounding) return;
  std::vector<double> added;
  const auto approach = [&](double from) {
    double distance = from - place;
    for (int level = 0; level < how.levels; ++level) added.push_back(place + (distance *= how.ratio));
  };
  const auto above = std::ranges::find_if(ends, [&](double end) { return end > place + rounding; });
  const auto below =
      std::find_if(ends.rbegin(), ends.rend(), [&](double end) { return end < place - rounding; });
  if (above != ends.end()) approach(*above);
  if (below != ends.rend()) approach(*below);
  ends.insert(ends.end(), added.begin(), added.end());
  std::ranges::sort(ends);
}

std::vector<double> equal(double lower, double upper, int count) {
  std::vector<double> ends;
  for (int i = 0; i < count; ++i) ends.push_back(lower + (upper - lower) * i / count);
  ends.push_back(upper);
  return ends;
}

/// Where a shape begins and ends along a direction; nothing where it is endless.
std::vector<double> extent(const Shape& shape, std::size_t d, const std::string& coordinate) {
  if (shape.kind == Shape::Kind::box) return {shape.lower[d], shape.upper[d]};
  if (shape.kind == Shape::Kind::cylinder && shape.axis == coordinate) return {};
  return {shape.center[d] - shape.radius, shape.center[d] + shape.radius};
}

class Refiner {
 public:
  Refiner(const Section& section, const Domain& domain) : section_(section), domain_(domain) {
    section.read("near", how_.near);
    section.read("levels", how_.levels);
    section.read("ratio", how_.ratio);
  }

  void refine(DecompositionOptions& options) const {
    const auto& points = how_.near.points;
    for (std::size_t i = 0; i < points.size(); ++i)
      if (points[i].size() != domain_.coordinates.size())
        return void(check_entries(section_, section_.at("near", i), "decomposition.refine.near",
                                  points[i].size(), domain_.coordinates));
    const auto* shape = this->shape();
    if (points.empty() && !shape) return;
    for (std::size_t d = 0; d < domain_.coordinates.size(); ++d) {
      std::vector<double> places;
      for (const auto& point : points) places.push_back(point[d]);
      if (shape) places = extent(*shape, d, domain_.coordinates[d]);
      auto& ends = options.breakpoints[domain_.coordinates[d]];
      if (ends.empty()) ends = equal(domain_.lower[d], domain_.upper[d], options.subdomains[d]);
      std::ranges::sort(places);
      places.erase(std::unique(places.begin(), places.end()), places.end());
      for (const double place : places) grade(ends, place, how_);
      options.subdomains[d] = std::ssize(ends) - 1;
    }
  }

 private:
  /// Null, with an error, where there is none that is known to end somewhere.
  const Shape* shape() const {
    const auto& name = how_.near.shape;
    if (name.empty()) return nullptr;
    const auto found = std::ranges::find(domain_.shapes, name, &Shape::name);
    if (found == domain_.shapes.end())
      section_.error(section_.at("near"),
                     "there is no shape " + as_toml(name) +
                         " (towards which subdomains should become smaller); name one of "
                         "the domain's, or give points such as [[0, 0]]");
    else if (found->kind == Shape::Kind::implicit)
      section_.error(section_.at("near"), "the shape " + as_toml(name) +
                                              " is given by `inside` (its ends are not known); give points "
                                              "such as [[0, 0]]");
    else
      return &*found;
    return nullptr;
  }

  const Section& section_;
  const Domain& domain_;
  Refinement how_;
};

}  // namespace

void refine_decomposition(const Section& decomposition, const Domain& domain, DecompositionOptions& options) {
  for (const auto& section : decomposition.sections("refine")) Refiner(section, domain).refine(options);
}

// clang-format off
std::vector<CaseKey> refine_keys() {
  using T = KeyType;
  return {
    {.path = "decomposition.refine.near", .type = T::places,
     .text = "Points, or the name of a shape with ends, towards which subdomains become smaller, by direction.",
     .required = true, .unit = "of the coordinates", .example = "[[0, 0]]"},
    {.path = "decomposition.refine.levels", .type = T::integer,
     .text = "How many times a subdomain is divided.", .standard = "4", .minimum = 1, .maximum = 40, .example = "4"},
    {.path = "decomposition.refine.ratio", .type = T::number,
     .text = "How much nearer to the place each end is than the one before; the stronger the singularity the less.",
     .standard = "0.25", .minimum = 0.01, .maximum = 0.9, .example = "0.25"},
  };
}
// clang-format on

}  // namespace ddpinn
