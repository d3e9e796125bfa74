// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "problem/case/case_keys.hpp"
#include "problem/case/case_parts.hpp"
#include "problem/case/case_tree.hpp"
#include "problem/case/case_validate.hpp"

#include "base/multi_index.hpp"

#include <algorithm>
#include <cctype>

namespace ddpinn {

namespace {

bool is_letter(const std::string& name) {
  return name.size() == 1 && std::isalpha(static_cast<unsigned char>(name[0]));
}

}  // namespace

bool is_usable(const Domain& domain) {
  const auto d = domain.coordinates.size();
  if (d == 0 || d > max_dimension || domain.lower.size() != d || domain.upper.size() != d) return false;
  for (std::size_t i = 0; i < d; ++i) {
    const auto begin = domain.coordinates.begin();
    const auto& name = domain.coordinates[i];
    if (!is_letter(name) || std::find(begin, begin + i, name) != begin + i) return false;
    if (domain.lower[i] >= domain.upper[i]) return false;
  }
  return true;
}

bool check_entries(const Section& section, const Location& at, const std::string& path, std::size_t entries,
                   const std::vector<std::string>& coordinates) {
  if (entries == coordinates.size() || coordinates.empty()) return true;
  const auto count = [](std::size_t n, const std::string& one, const std::string& many) {
    return std::to_string(n) + " " + (n == 1 ? one : many);
  };
  section.error(at, "'" + path + "' has " + count(entries, "entry", "entries") + " (the case has " +
                        count(coordinates.size(), "coordinate", "coordinates") + ": " +
                        listed(coordinates, "and") + "); write one number for each coordinate");
  return false;
}

namespace {

void check_coordinates(const Section& section, const std::vector<std::string>& names) {
  if (section.has("coordinates") && (names.empty() || names.size() > max_dimension))
    section.error(section.at("coordinates"), "'domain.coordinates' has " + std::to_string(names.size()) +
                                                 " entries (1 to 4 are possible); write for example "
                                                 "coordinates = [\"x\", \"y\"]");
  for (std::size_t i = 0; i < names.size(); ++i) {
    const auto at = section.at("coordinates", i);
    if (!is_letter(names[i]))
      section.error(at, "the coordinate " + as_toml(names[i]) +
                            " is not a single letter (derivatives are written as u_xy); use x, y, z, t");
    else if (std::find(names.begin(), names.begin() + i, names[i]) != names.begin() + i)
      section.error(at, "the coordinate " + as_toml(names[i]) +
                            " is there twice (each needs a name of its own); rename one");
  }
}

/// Lower ends below upper ends, entry by entry.
void check_bounds(const Section& section, const std::string& path, const std::vector<double>& lower,
                  const std::vector<double>& upper, const std::vector<std::string>& coordinates) {
  if (lower.size() != upper.size() || lower.size() != coordinates.size()) return;
  for (std::size_t i = 0; i < lower.size(); ++i)
    if (lower[i] >= upper[i])
      section.error(section.at("upper", i), "'" + path + ".upper' is " + as_toml(upper[i]) + " in " +
                                                coordinates[i] + " (it must be greater than the lower end, " +
                                                as_toml(lower[i]) + "); exchange or correct the two");
}

void read_bounds(const Section& section, const std::string& path, const std::vector<std::string>& coordinates,
                 std::vector<double>& lower, std::vector<double>& upper) {
  if (section.read("lower", lower))
    check_entries(section, section.at("lower"), path + ".lower", lower.size(), coordinates);
  if (section.read("upper", upper))
    check_entries(section, section.at("upper"), path + ".upper", upper.size(), coordinates);
  check_bounds(section, path, lower, upper, coordinates);
}

void read_round(const Section& section, const std::string& path, const std::vector<std::string>& coordinates,
                Shape& shape) {
  if (section.read("center", shape.center))
    check_entries(section, section.at("center"), path + ".center", shape.center.size(), coordinates);
  section.read("radius", shape.radius);
}

void read_cylinder(const Section& section, const std::string& path,
                   const std::vector<std::string>& coordinates, Shape& shape) {
  read_round(section, path, coordinates, shape);
  if (!section.read("axis", shape.axis)) return;
  if (std::find(coordinates.begin(), coordinates.end(), shape.axis) == coordinates.end())
    section.error(section.at("axis"), "'" + path + ".axis' is " + as_toml(shape.axis) +
                                          " (the coordinates are " + listed(coordinates, "and") +
                                          "); use one of these");
  else if (coordinates.size() == 1)
    section.error(section.at("axis"), "'" + path +
                                          "' fills the whole line (there is one coordinate only); "
                                          "use a ball or a box");
}

Shape read_shape(const Section& section, Shape::Use use, std::size_t number,
                 const std::vector<std::string>& coordinates) {
  Shape shape;
  shape.use = use;
  shape.at = section.at();
  shape.name = "shape_" + std::to_string(number);
  section.read("name", shape.name);
  const std::string path = use == Shape::Use::remove ? "domain.remove"
                           : use == Shape::Use::keep ? "domain.keep"
                                                     : "domain.interface";
  int kinds = 0;
  for (const auto* key : {"ball", "box", "cylinder", "inside"}) kinds += section.has(key) ? 1 : 0;
  if (kinds != 1)
    section.error(
        section.at(),
        "'" + path + "' has " + std::to_string(kinds) +
            " shapes (it must have exactly one of "
            "ball, box, cylinder and inside); write for example ball = { center = [0, 0], radius = 0.1 }");
  read_round(section.section("ball"), path + ".ball", coordinates, shape);
  if (section.has("cylinder")) {
    shape.kind = Shape::Kind::cylinder;
    read_cylinder(section.section("cylinder"), path + ".cylinder", coordinates, shape);
  } else if (section.has("box")) {
    shape.kind = Shape::Kind::box;
    read_bounds(section.section("box"), path + ".box", coordinates, shape.lower, shape.upper);
  } else if (section.read("inside", shape.inside)) {
    shape.kind = Shape::Kind::implicit;
  }
  return shape;
}

void read_periodic(const Section& section, Domain& domain) {
  std::vector<std::string> names;
  section.read("periodic", names);
  domain.periodic.assign(domain.coordinates.size(), false);
  for (std::size_t i = 0; i < names.size(); ++i) {
    const auto found = std::find(domain.coordinates.begin(), domain.coordinates.end(), names[i]);
    if (found != domain.coordinates.end())
      domain.periodic[found - domain.coordinates.begin()] = true;
    else if (!domain.coordinates.empty())
      section.error(section.at("periodic", i), "'domain.periodic' has " + as_toml(names[i]) +
                                                   " (the coordinates are " +
                                                   listed(domain.coordinates, "and") + "); use one of these");
  }
}

}  // namespace

Domain read_domain(const Section& section) {
  Domain domain;
  section.read("coordinates", domain.coordinates);
  check_coordinates(section, domain.coordinates);
  read_bounds(section, "domain", domain.coordinates, domain.lower, domain.upper);
  read_periodic(section, domain);
  for (const auto& [key, use] : {std::pair("remove", Shape::Use::remove), std::pair("keep", Shape::Use::keep),
                                 std::pair("interface", Shape::Use::interface)})
    for (const auto& shape : section.sections(key))
      domain.shapes.push_back(read_shape(shape, use, domain.shapes.size() + 1, domain.coordinates));
  return domain;
}

}  // namespace ddpinn
