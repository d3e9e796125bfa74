// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "problem/case/case_key_lists.hpp"
#include "problem/case/case_parts.hpp"
#include "problem/case/case_tree.hpp"

#include <algorithm>
#include <cmath>

namespace ddpinn {
namespace {

/// One of [[decomposition.refine]].
struct Refinement {
  std::vector<std::vector<double>> near;
  std::string shape;
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
    section.read("shape", how_.shape);
    section.read("levels", how_.levels);
    section.read("ratio", how_.ratio);
  }

  void refine(DecompositionOptions& options) const {
    if (section_.has("near") == section_.has("shape"))
      return section_.error(
          section_.at(),
          "a refinement needs either near or shape (the places towards which subdomains become "
          "smaller); write for example near = [[0, 0]]");
    for (std::size_t i = 0; i < how_.near.size(); ++i)
      if (how_.near[i].size() != domain_.coordinates.size())
        return void(check_entries(section_, section_.at("near", i), "decomposition.refine.near",
                                  how_.near[i].size(), domain_.coordinates));
    const auto* shape = this->shape();
    if (section_.has("shape") && !shape) return;
    for (std::size_t d = 0; d < domain_.coordinates.size(); ++d) {
      std::vector<double> places;
      for (const auto& point : how_.near) places.push_back(point[d]);
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
    if (!section_.has("shape")) return nullptr;
    const auto found = std::ranges::find(domain_.shapes, how_.shape, &Shape::name);
    if (found == domain_.shapes.end())
      section_.error(section_.at("shape"),
                     "there is no shape " + as_toml(how_.shape) +
                         " (towards which subdomains should become smaller); name one of "
                         "the domain's, or give points by near");
    else if (found->kind == Shape::Kind::implicit)
      section_.error(section_.at("shape"),
                     "the shape " + as_toml(how_.shape) +
                         " is given by `inside` (its ends are not known); give points by "
                         "near");
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
    {.path = "decomposition.refine.near", .type = T::lists_of_numbers,
     .text = "Points towards which subdomains become smaller, along every direction.", .otherwise = "shape",
     .unit = "of the coordinates", .example = "[[0, 0]]"},
    {.path = "decomposition.refine.shape", .type = T::text,
     .text = "Instead: name of a shape, towards whose ends they become smaller.", .otherwise = "near",
     .example = "\"hole\""},
    {.path = "decomposition.refine.levels", .type = T::integer,
     .text = "How many times a subdomain is divided.", .standard = "4", .minimum = 1, .maximum = 40, .example = "4"},
    {.path = "decomposition.refine.ratio", .type = T::number,
     .text = "How much nearer to the place each end is than the one before; the stronger the singularity the less.",
     .standard = "0.25", .minimum = 0.01, .maximum = 0.9, .example = "0.25"},
  };
}
// clang-format on

}  // namespace ddpinn
