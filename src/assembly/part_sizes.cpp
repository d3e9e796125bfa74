// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "assembly/part_sizes.hpp"

#include "problem/first_order.hpp"

#include <algorithm>
#include <cmath>

namespace ddpinn {

namespace {

double volume_of(const Box& box) {
  double product = 1;
  for (int d = 0; d < box.dimension; ++d) product *= box.width(d);
  return product;
}

}  // namespace

bool PartSizes::is_law(const Model& model, const StatementGroup& group, const Statement& statement) {
  return group.interior && defined_flux(model, statement) >= 0;
}

bool PartSizes::has_laws(const Model& model) {
  return std::ranges::any_of(model.groups, [&](const StatementGroup& group) {
    return std::ranges::any_of(group.statements,
                               [&](const Statement& statement) { return is_law(model, group, statement); });
  });
}

PartSizes::Part PartSizes::part(const PointGroup& group, std::size_t i, Side side) const {
  const auto& cover = group.cover[i];
  const auto found = side == Side::here ? cover.begin() : std::ranges::find(cover, side, &Cover::side);
  return {group.core[i], found == cover.end() ? Sides{0} : decomposition_[found->subdomain].sides};
}

void PartSizes::learn(const Statement& statement, const PointGroup& group,
                      const GroupBasis::Linearised& slopes) {
  const int flux = defined_flux(model_, statement);
  for (std::size_t a = 0; a < slopes.size(); ++a) {
    const auto& [field, alpha, side] = group.derivatives[a];
    if (slopes[a].empty() || (field == flux) != (order(alpha) == 0)) continue;
    for (std::size_t i = 0; i < group.points.size(); ++i) {
      const auto& core = decomposition_[group.core[i]].core;
      auto& largest = parts_[part(group, i, Side::here)][flux][field];
      largest = std::max(largest, std::abs(over_widths(slopes[a][i], core, alpha)));
    }
  }
}

/// b / a; zero where the flux does not depend on the field.
double PartSizes::stiffness(const Slopes& slopes, int flux, int field) const {
  const auto a = slopes.find(flux), b = slopes.find(field);
  return a == slopes.end() || b == slopes.end() || field == flux || !(a->second > 0) ? 0
                                                                                     : b->second / a->second;
}

double PartSizes::volume(const Part& place) const {
  return volume_of(decomposition_[place.first].core) * decomposition_.cores() /
         volume_of(model_.region.box());
}

/// By the field that has the most part in it.
double PartSizes::flux_size(const Part& place, int flux, const Slopes& slopes) const {
  double most = 0, square = 0;
  for (const auto& [field, slope] : slopes) {
    const double stiff = stiffness(slopes, flux, field), share = stiff * relative(field);
    if (share > most) square = stiff * relative(flux) * relative(field);
    most = std::max(most, share);
  }
  return most > 0 ? std::sqrt(square / volume(place)) : relative(flux);
}

/// By the flux that it has the most part in.
double PartSizes::field_size(const Part& place, int field) const {
  double most = 0, square = 0;
  for (const auto& [flux, slopes] : parts_.at(place)) {
    const double stiff = stiffness(slopes, flux, field);
    if (stiff > most) square = relative(flux) * relative(field) / stiff;
    most = std::max(most, stiff);
  }
  return most > 0 ? std::sqrt(square / volume(place)) : relative(field);
}

double PartSizes::at(const PointGroup& group, std::size_t i, const Derivative& derivative) const {
  if (parts_.empty()) return relative(derivative.field);
  const auto place = part(group, i, derivative.side);
  const auto found = parts_.find(place);
  if (found == parts_.end()) return relative(derivative.field);
  const auto flux = found->second.find(derivative.field);
  return flux != found->second.end() ? flux_size(place, derivative.field, flux->second)
                                     : field_size(place, derivative.field);
}

double PartSizes::emphasis(const Statement& statement, const PointGroup& group, std::size_t i) const {
  constexpr double usual = 10, most = 10;
  const auto found = !parts_.empty() && group.statements->interior && balances_fluxes(model_, statement)
                         ? parts_.find(part(group, i, Side::here))
                         : parts_.end();
  if (found == parts_.end()) return 1;
  double larger = 0;
  for (const auto& [flux, slopes] : found->second)
    for (const auto& [field, slope] : slopes)
      larger = std::max(larger, stiffness(slopes, flux, field) * relative(field) / relative(flux));
  return std::clamp(larger / usual, 1.0, most);
}

}  // namespace ddpinn
