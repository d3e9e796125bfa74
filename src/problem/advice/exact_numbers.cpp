// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "problem/advice/exact_numbers.hpp"

#include "problem/advice/boundary.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace ddpinn {

namespace {

constexpr int samples = 256;

}  // namespace

std::vector<std::string> exact_without_numbers(const Problem& problem, const Model& model) {
  std::vector<std::string> warnings;
  const auto points = inside(model, samples);
  for (std::size_t f = 0; f < model.fields.size(); ++f) {
    if (!model.exact[f]) continue;
    const auto values = model.exact[f]->at(points);
    const auto bad = std::ranges::find_if_not(values, [](double v) { return std::isfinite(v); });
    if (bad == values.end()) continue;
    warnings.push_back(fmt::format(
        "{}the exact solution of {} is {} at {} (so errors against it are no numbers); write one "
        "that is finite in the whole domain, or leave it out",
        prefix(problem.exact.at(model.fields[f]).at), model.fields[f],
        std::isnan(*bad) ? "not a number" : "infinite", place_of(model, points[bad - values.begin()])));
  }
  return warnings;
}

}  // namespace ddpinn
