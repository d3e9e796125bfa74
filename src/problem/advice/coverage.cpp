// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "problem/advice/coverage.hpp"

#include "problem/advice/boundary.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

namespace ddpinn {

namespace {

constexpr int samples = 4096;

std::vector<Point> inside(const Model& model) {
  auto points = scattered(model.region.box(), samples);
  const auto flags = model.region.contains(points);
  std::vector<Point> kept;
  for (std::size_t i = 0; i < points.size(); ++i)
    if (flags[i]) kept.push_back(points[i]);
  return kept;
}

std::vector<Point> on_faces(const StatementGroup& group, const Model& model) {
  const auto& box = model.region.box();
  std::vector<Point> points;
  for (const auto& face : group.faces)
    for (const auto& x : scattered(box, samples)) points.push_back(on_face(x, face, box));
  return points;
}

bool holds_nowhere(const StatementGroup& group, const std::vector<Point>& points) {
  if (!group.where || points.empty()) return false;
  const auto values = group.where->at(points);
  return std::ranges::all_of(values, [](double value) { return value == 0; });
}

/// An empty `where` is that of all its statements.
std::optional<std::string> idle(const StatementGroup& group, const Model& model,
                                const std::vector<Point>& interior) {
  const bool faces_only = group.shapes.empty() && group.points.empty();
  if (!group.interior && !faces_only) return std::nullopt;
  const auto points = group.interior ? interior : on_faces(group, model);
  if (group.statements.empty() || !holds_nowhere(group, points)) return std::nullopt;
  const auto& statement = group.statements.front();
  return fmt::format(
      "{}`where` of '{}' holds nowhere (at none of {} points {}); mend its condition, or remove '{}'",
      prefix(statement.at), statement.name, points.size(), group.interior ? "of the domain" : "of its faces",
      statement.name);
}

/// Where nothing determines the fields.
std::optional<std::string> gap(const Model& model, const std::vector<Point>& points) {
  std::vector<char> covered(points.size(), 0);
  for (const auto& group : model.groups) {
    if (!group.interior) continue;
    const auto holds = group.where ? group.where->at(points) : std::vector<double>(points.size(), 1.0);
    for (std::size_t i = 0; i < points.size(); ++i) covered[i] = covered[i] != 0 || holds[i] != 0;
  }
  const auto first = std::ranges::find(covered, char{0});
  if (first == covered.end()) return std::nullopt;
  const double share = 100.0 * static_cast<double>(std::ranges::count(covered, char{0})) / covered.size();
  return fmt::format(
      "no {} holds in {} % of the domain, such as at {} (nothing determines the fields there); see "
      "`where`, "
      "or cut that part off by [[domain.remove]]",
      model.is_weak() ? "energy or law" : "equation",
      share < 1 ? "less than 1" : fmt::format("{:.0f}", share),
      place_of(model, points[first - covered.begin()]));
}

}  // namespace

std::vector<std::string> gaps(const Model& model) {
  if (auto warning = gap(model, inside(model))) return {std::move(*warning)};
  return {};
}

std::vector<std::string> idle_statements(const Model& model) {
  std::vector<std::string> warnings;
  const auto points = inside(model);
  for (const auto& group : model.groups)
    if (auto warning = idle(group, model, points)) warnings.push_back(std::move(*warning));
  return warnings;
}

}  // namespace ddpinn
