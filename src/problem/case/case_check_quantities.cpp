// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "problem/case/case_keys.hpp"
#include "problem/case/case_parts.hpp"
#include "problem/case/case_tree.hpp"
#include "problem/case/case_validate.hpp"

#include <fmt/format.h>
#include <algorithm>

namespace ddpinn {
namespace {

std::vector<std::string> places(const Domain& domain) {
  std::vector<std::string> names{"boundary"};
  for (std::size_t d = 0; d < domain.coordinates.size(); ++d)
    for (const auto* side : {".lower", ".upper"})
      if (!domain.periodic[d]) names.push_back(domain.coordinates[d] + side);
  for (const auto& shape : domain.shapes)
    if (shape.use != Shape::Use::interface) names.push_back(shape.name);
  return names;
}

class QuantityCheck {
 public:
  QuantityCheck(const Section& section, const Quantity& quantity, const Domain& domain)
      : section_(section), quantity_(quantity), domain_(domain) {}

  void run() const {
    check_places();
    if (quantity_.at_time) check_value("at_time", section_.at("at_time"), "t", *quantity_.at_time);
    for (const auto& [name, at] : section_.section("plane").names())
      if (const auto found = quantity_.plane.find(name); found != quantity_.plane.end())
        check_value("plane." + name, at, name, found->second);
    if (!quantity_.point.empty()) check_point();
    if (!quantity_.on.empty() && section_.has("plane"))
      section_.error(section_.at("plane"),
                     "'quantity.plane' and 'quantity.on' are both there (a quantity is of one or the other); "
                     "remove one");
    if (quantity_.at_time && on_shape())
      section_.error(section_.at("at_time"),
                     "'quantity.at_time' with the surface of a shape (its points are spread over all times); "
                     "leave it out, or use faces");
  }

 private:
  bool on_shape() const {
    return std::ranges::any_of(domain_.shapes, [&](const Shape& shape) {
      return std::ranges::find(quantity_.on, shape.name) != quantity_.on.end() ||
             (shape.use != Shape::Use::interface &&
              std::ranges::find(quantity_.on, "boundary") != quantity_.on.end());
    });
  }

  void check_places() const {
    const auto known = places(domain_);
    for (std::size_t i = 0; i < quantity_.on.size(); ++i) {
      const auto& name = quantity_.on[i];
      if (std::ranges::find(known, name) != known.end()) continue;
      auto advice = did_you_mean(name, known, "\"");
      if (advice.empty()) advice = "; use one of these, or leave 'on' out for the whole domain";
      section_.error(section_.at("on", i), "there is no boundary " + as_toml(name) + " (there are " +
                                               listed(known, "and") + ")" + advice);
    }
  }

  void check_value(const std::string& key, const Location& at, const std::string& name, double value) const {
    const auto& names = domain_.coordinates;
    const auto d = std::ranges::find(names, name) - names.begin();
    if (d == std::ssize(names))
      section_.error(at, "'quantity." + key + "' is for no coordinate (the coordinates are " +
                             listed(names, "and") + "); use one of these");
    else if (value < domain_.lower[d] || value > domain_.upper[d])
      section_.error(
          at, fmt::format("'quantity.{}' is {} (outside the domain: {} is from {} to {}); move it "
                          "inside",
                          key, as_toml(value), name, as_toml(domain_.lower[d]), as_toml(domain_.upper[d])));
  }

  void check_point() const {
    if (section_.has("on") || section_.has("plane"))
      return section_.error(section_.at("point"),
                            "'quantity.point' is given with 'on' or 'plane' (a quantity is of one place); "
                            "remove one");
    const auto& names = domain_.coordinates;
    const std::size_t missing = quantity_.at_time ? 1 : 0;
    if (quantity_.point.size() + missing != names.size())
      return section_.error(
          section_.at("point"),
          fmt::format("'quantity.point' has {} number(s) (the coordinates are {}{}); write one for each",
                      quantity_.point.size(), listed(names, "and"), missing ? ", t stands in at_time" : ""));
    std::size_t i = 0;
    for (const auto& name : names) {
      if (quantity_.at_time && name == "t") continue;
      check_value("point", section_.at("point", i), name, quantity_.point[i]);
      ++i;
    }
  }

  const Section& section_;
  const Quantity& quantity_;
  const Domain& domain_;
};

}  // namespace

void check_quantities(const Section& root, const Problem& problem) {
  const auto sections = root.sections("quantity");
  for (std::size_t i = 0; i < sections.size(); ++i)
    QuantityCheck(sections[i], problem.quantities[i], problem.domain).run();
}

}  // namespace ddpinn
