// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "judge/misfit_warnings.hpp"

#include <fmt/format.h>

namespace ddpinn {

namespace {

/// From how many standard deviations on data contradict the rest: errors alone give about one.
constexpr double contradiction = 3;

/// " in the worst time slab, t in [2, 3]"
std::string worst_slab(const Misfit& misfit) {
  if (!misfit.when) return "";
  return fmt::format(" in the worst time slab, t in [{:.6g}, {:.6g}]", misfit.when->lower,
                     misfit.when->upper);
}

}  // namespace

void keep_worst(std::map<std::string, Misfit>& worst, const std::map<std::string, Misfit>& others) {
  const auto size = [](const Misfit& misfit) { return misfit.deviations.value_or(misfit.relative); };
  for (const auto& [name, misfit] : others) {
    auto& kept = worst.try_emplace(name, misfit).first->second;
    if (size(kept) < size(misfit)) kept = misfit;
  }
}

std::vector<std::string> misfit_warnings(const std::map<std::string, Misfit>& all) {
  std::vector<std::string> warnings;
  for (const auto& [name, misfit] : all) {
    if (misfit.deviations.value_or(0) > contradiction)
      warnings.push_back(fmt::format(
          "{}the solution misses '{}' by {:.1f} standard deviations in the mean{} (equations and "
          "conditions, which come first, do not describe these data, or their standard deviation is "
          "too small); do not trust the solution and its unknowns",
          prefix(misfit.at), name, *misfit.deviations, worst_slab(misfit)));
    if (misfit.relative > Misfit::poor)
      warnings.push_back(fmt::format(
          "{}the {} '{}' is not met: its residual is {:.0f} % of all its terms together{} (too few features "
          "or "
          "subdomains, a training that has not come far, or statements that contradict each other); do not "
          "trust the solution, and try more network.hidden or decomposition.subdomains",
          prefix(misfit.at), misfit.condition ? "condition" : "equation", name, 100 * misfit.relative,
          worst_slab(misfit)));
  }
  return warnings;
}

}  // namespace ddpinn
