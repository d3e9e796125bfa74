// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "problem/case/case_parts.hpp"
#include "problem/time_slabs.hpp"

#include "geometry/quadrature.hpp"

#include <algorithm>
#include <utility>

namespace ddpinn {
namespace {

/// The ends of the cores in direction d, of all time slabs.
std::vector<double> core_ends(const Problem& problem, const Options& options, std::size_t d) {
  const auto found = options.decomposition.breakpoints.find(problem.domain.coordinates[d]);
  if (found != options.decomposition.breakpoints.end()) return found->second;
  std::vector<double> slabs{problem.domain.lower[d], problem.domain.upper[d]};
  if (static_cast<int>(d) == time_direction(problem) && options.time.slabs > 1) {
    slabs.pop_back();
    for (int i = 0; i < options.time.slabs; ++i) slabs.push_back(time_slab(problem, options.time, i).upper);
  }
  std::vector<double> ends{slabs.front()};
  const int cores = options.decomposition.subdomains[d];
  for (std::size_t i = 1; i < slabs.size(); ++i)
    for (int c = 1; c <= cores; ++c) ends.push_back(slabs[i - 1] + (slabs[i] - slabs[i - 1]) * c / cores);
  return ends;
}

}  // namespace

void expand_lines(Problem& problem, const Options& options) {
  // Twice as many as on faces: they are few, and what they fix may be fixed by nothing else.
  const auto rule = gauss_legendre(2 * options.points.boundary);
  for (auto& condition : problem.conditions) {
    if (condition.along.empty()) continue;
    const auto& names = problem.domain.coordinates;
    const std::size_t d = std::ranges::find(names, condition.along) - names.begin();
    const auto ends = core_ends(problem, options, d);
    const auto lines = std::exchange(condition.points, {});
    for (auto x : lines)
      for (std::size_t i = 1; i < ends.size(); ++i)
        for (const double node : rule.node) {
          x[d] = ends[i - 1] + (ends[i] - ends[i - 1]) * node;
          condition.points.push_back(x);
        }
    condition.along.clear();
  }
}

}  // namespace ddpinn
