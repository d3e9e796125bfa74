// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "problem/case/case_keys.hpp"
#include "problem/case/case_parts.hpp"
#include "problem/case/case_tree.hpp"
#include "problem/case/case_validate.hpp"

#include "geometry/region.hpp"

#include <algorithm>

namespace ddpinn {
namespace {

/// The places on which a condition can stand.
class Places {
 public:
  explicit Places(const Problem& problem) : domain_(problem.domain) {
    names_ = {"boundary"};
    for (const auto& coordinate : domain_.coordinates)
      for (const auto* side : {".lower", ".upper"}) names_.push_back(coordinate + side);
    for (const auto& shape : domain_.shapes) names_.push_back(shape.name);
  }

  bool knows(const std::string& name) const {
    return std::find(names_.begin(), names_.end(), name) != names_.end();
  }
  const std::vector<std::string>& names() const { return names_; }

  /// The coordinate whose periodicity leaves no such face; empty where the face is there.
  std::string periodic_coordinate(const std::string& face) const {
    for (std::size_t d = 0; d < domain_.coordinates.size(); ++d) {
      const auto& name = domain_.coordinates[d];
      if (domain_.periodic[d] && (face == name + ".lower" || face == name + ".upper")) return name;
    }
    return "";
  }

  /// Whether "boundary" has any face or surface: time is no part of it.
  bool has_boundary() const {
    for (std::size_t d = 0; d < domain_.coordinates.size(); ++d)
      if (!domain_.periodic[d] && domain_.coordinates[d] != "t") return true;
    return std::any_of(domain_.shapes.begin(), domain_.shapes.end(),
                       [](const Shape& shape) { return shape.use != Shape::Use::interface; });
  }

  bool is_interface(const std::string& name) const {
    return std::any_of(domain_.shapes.begin(), domain_.shapes.end(), [&](const Shape& shape) {
      return shape.use == Shape::Use::interface && shape.name == name;
    });
  }

 private:
  const Domain& domain_;
  std::vector<std::string> names_;
};

void check_place(const Section& section, std::size_t i, const std::string& name, const Places& places) {
  const auto at = section.at("on", i);
  if (!places.knows(name)) {
    auto advice = did_you_mean(name, places.names(), "\"");
    if (advice.empty()) advice = "; use one of these";
    return section.error(at, "there is no boundary " + as_toml(name) + " (there are " +
                                 listed(places.names(), "and") + ")" + advice);
  }
  if (const auto coordinate = places.periodic_coordinate(name); !coordinate.empty())
    section.error(at, "there is no face " + as_toml(name) + " (" + coordinate +
                          " is periodic); remove it, or take " + as_toml(coordinate) +
                          " out of domain.periodic");
  if (name == "boundary" && !places.has_boundary())
    section.error(at,
                  "there is no boundary (every coordinate but t is periodic, and there are no shapes); "
                  "remove the condition, or use \"t.lower\"");
}

void check_point(const Section& section, std::size_t i, const std::vector<double>& point,
                 const Domain& domain) {
  const auto d = domain.coordinates.size();
  if (point.size() != d)
    return section.error(section.at("points", i),
                         "this point has " + std::to_string(point.size()) +
                             (point.size() == 1 ? " number" : " numbers") + " (the coordinates are " +
                             listed(domain.coordinates, "and") + "); write one number for each coordinate");
  for (std::size_t k = 0; k < d && is_usable(domain); ++k)
    if (point[k] < domain.lower[k] || point[k] > domain.upper[k])
      return section.error(section.at("points", i), "this point is outside the domain (" +
                                                        domain.coordinates[k] + " is from " +
                                                        as_toml(domain.lower[k]) + " to " +
                                                        as_toml(domain.upper[k]) + "); move it inside");
}

void check_line(const Section& section, const Condition& condition, const Domain& domain) {
  if (!section.has("along")) return;
  const auto& names = domain.coordinates;
  if (std::find(names.begin(), names.end(), condition.along) == names.end())
    section.error(section.at("along"), "there is no coordinate " + as_toml(condition.along) +
                                           " (the coordinates are " + listed(names, "and") +
                                           "); use one of these");
  if (section.has("points")) return;
  std::string zeros = "0";
  for (std::size_t d = 1; d < names.size(); ++d) zeros += ", 0";
  section.error(section.at("along"),
                "'condition.along' without points (it is the direction of lines through them); write for "
                "example points = [[" +
                    zeros + "]]");
}

void check_condition(const Section& section, const Condition& condition, const Places& places,
                     const Domain& domain) {
  for (std::size_t i = 0; i < condition.on.size(); ++i) check_place(section, i, condition.on[i], places);
  for (std::size_t i = 0; i < condition.points.size(); ++i)
    check_point(section, i, condition.points[i], domain);
  check_line(section, condition, domain);
  const std::string title = "the condition " + as_toml(condition.name);
  if (!section.has("residual"))
    section.error(section.at(),
                  "'condition.residual' is missing (every 'condition' needs it, or flux); write for example "
                  "residual = \"u\"");
  if (section.has("conservation"))
    section.error(
        section.at("conservation"),
        title + " has a residual and names a conservation law (only a flux is one of a law); remove it");
  const auto interfaces = std::count_if(condition.on.begin(), condition.on.end(),
                                        [&](const std::string& name) { return places.is_interface(name); });
  if (interfaces > 0 && interfaces < std::ssize(condition.on))
    section.error(section.at("on"), title +
                                        " stands on an interface and elsewhere (fields have two sides on "
                                        "interfaces only); write two conditions");
  if (section.has("on") && section.has("points"))
    section.error(section.at("points"),
                  title + " has both on and points (it stands at one or the other); write two conditions");
  else if (!section.has("on") && !section.has("points"))
    section.error(
        section.at(),
        title + " stands nowhere (it has neither on nor points); write for example on = [\"boundary\"]");
  else if (condition.on.empty() && condition.points.empty() && !section.is_wrong("on") &&
           !section.is_wrong("points"))
    section.error(
        section.at(section.has("on") ? "on" : "points"),
        title + " stands nowhere (the list is empty); write for example on = [\"boundary\"], or remove it");
}

/// A condition on the flux of a conservation law.
void check_natural(const Section& section, const NaturalCondition& natural, const Places& places,
                   const Problem& problem) {
  const std::string title = "the condition " + as_toml(natural.name);
  for (std::size_t i = 0; i < natural.on.size(); ++i) {
    check_place(section, i, natural.on[i], places);
    if (places.is_interface(natural.on[i]))
      section.error(section.at("on", i), title +
                                             " gives a flux on an interface (what leaves one side enters "
                                             "the other by itself); give it on a boundary");
  }
  if (section.has("residual"))
    section.error(section.at("residual"),
                  title +
                      " has both residual and flux (it is about fields or about what flows out); write two "
                      "conditions");
  if (natural.on.empty() && !section.is_wrong("on"))
    section.error(section.at(),
                  title +
                      " gives a flux nowhere (a flux goes through faces and surfaces); write for "
                      "example on = [\"boundary\"]");
  for (const auto* key : {"points", "along", "weight"})
    if (section.has(key))
      section.error(section.at(key), title + " has a flux and " + key +
                                         " (a flux is integrated over faces and surfaces); remove it");
  const auto solved = std::ranges::count_if(problem.conservation, &Conservation::solve);
  if (solved == 0)
    return section.error(section.at("flux"),
                         title +
                             " gives the flux of a conservation law (none is solved); write [[conservation]] "
                             "with solve = true, or residual");
  const bool named = std::ranges::any_of(problem.conservation, [&](const Conservation& law) {
    return law.solve && law.name == natural.conservation;
  });
  if (!named && !(natural.conservation.empty() && solved == 1))
    section.error(
        section.has("conservation") ? section.at("conservation") : section.at("flux"),
        title + " gives the flux of " +
            (natural.conservation.empty() ? "one of several conservation laws" : "a law that is not solved") +
            " (it has to be one of those with solve = true); name it by conservation");
}

/// Fields on the two sides of an interface have nothing to do with each other but for its conditions.
void check_interfaces(const Section& root, const Problem& problem) {
  std::size_t count = 0;
  for (const auto& shape : problem.domain.shapes) {
    if (shape.use != Shape::Use::interface) continue;
    if (++count > max_interfaces)
      return root.error(shape.at, "there are more than " + std::to_string(max_interfaces) +
                                      " interfaces (as many as are possible); join some by `inside`");
    const bool has_condition =
        std::any_of(problem.conditions.begin(), problem.conditions.end(), [&](const Condition& condition) {
          return std::find(condition.on.begin(), condition.on.end(), shape.name) != condition.on.end();
        });
    if (has_condition) continue;
    const std::string field = problem.fields.empty() ? "u" : problem.fields[0],
                      x = problem.domain.coordinates[0];
    const auto flux = [&](const std::string& side) { return field + "_" + x + "_" + side + "*n_" + x; };
    root.error(shape.at,
               "the interface " + as_toml(shape.name) +
                   " has no condition (its two sides would have nothing to do with each other); write "
                   "conditions with on = [" +
                   as_toml(shape.name) + "], usually two: residual = \"" + field + "_plus - " + field +
                   "_minus\", and one for the fluxes, such as \"2*(" + flux("plus") + " + ...) - 3*(" +
                   flux("minus") + " + ...)\"");
  }
}

}  // namespace

void check_conditions(const Section& root, const Problem& problem) {
  check_interfaces(root, problem);
  const Places places(problem);
  const auto energies = root.sections("energy");
  for (std::size_t i = 0; i < energies.size(); ++i)
    for (std::size_t n = 0; n < problem.energies[i].on.size(); ++n)
      check_place(energies[i], n, problem.energies[i].on[n], places);
  auto condition = problem.conditions.begin();
  auto natural = problem.natural.begin();
  for (const auto& section : root.sections("condition"))
    if (is_natural(section))
      check_natural(section, *natural++, places, problem);
    else
      check_condition(section, *condition++, places, problem.domain);
}

}  // namespace ddpinn
