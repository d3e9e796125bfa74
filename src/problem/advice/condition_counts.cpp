// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "problem/advice/condition_counts.hpp"

#include "problem/advice/block_conditions.hpp"
#include "problem/advice/boundary.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <optional>
#include <utility>

namespace ddpinn {

namespace {

constexpr int samples = 10;

/// The counts at some places of a face or a surface.
template <class Count>
class Tally {
 public:
  void add(const std::optional<Count>& there) {
    if (!there) return;
    ++counted_;
    if (!there->lacks()) return;
    ++lacking_;
    example_ = *there;
  }
  /// Whether conditions lack at a quarter of the places that were counted, or more.
  bool lacks() const { return counted_ > 0 && lacking_ >= std::max(1, counted_ / 4); }
  const char* part() const { return lacking_ == counted_ ? "" : "a part of "; }
  /// Of a place where conditions lack.
  const Count& example() const { return example_; }

 private:
  int counted_ = 0, lacking_ = 0;
  Count example_;
};

class BlockWarnings {
 public:
  BlockWarnings(const Model& model, const EquationBlock& block)
      : model_(model), block_(block), conditions_(model, block) {}

  std::vector<std::string> all() const {
    std::vector<std::string> found;
    if (block_.equations.empty() || block_.fields.size() > 8) return found;
    for (int d = 0; d < model_.dimension(); ++d)
      if (!model_.region.periodic(d)) add_faces(d, found);
    for (std::size_t i = 0; i < model_.region.shapes(); ++i) add_surface(i, found);
    return found;
  }

 private:
  void add_faces(int direction, std::vector<std::string>& all) const {
    Tally<LineCount> tally;
    for (const auto& x : scattered(model_.region.box(), model_.dimension() == 1 ? 1 : samples))
      tally.add(conditions_.on_line(direction, x));
    if (!tally.lacks()) return;
    const auto& ends = tally.example().ends;
    std::vector<std::string> names;
    for (bool upper : {false, true})
      if (ends[upper].lacks()) names.push_back(name_of(model_, {direction, upper}));
    const auto [lower, upper] =
        std::pair(name_of(model_, {direction, false}), name_of(model_, {direction, true}));
    const bool start = direction == conditions_.time() && !ends[1].lacks();
    all.push_back(message(fmt::format("{}{}", tally.part(), fmt::join(names, " or ")),
                          start ? "on " + lower : fmt::format("on {} and {} together", lower, upper),
                          tally.example().all,
                          start ? "give as many starting values there, first fields, then their derivatives "
                                  "in t"
                                : "add conditions there, on values or normal derivatives"));
  }

  void add_surface(std::size_t shape, std::vector<std::string>& all) const {
    const auto surface = sample_surface(model_.region, shape, model_.region.box(), 4, 0);
    Tally<ConditionCount> tally;
    const auto step = surface.size() > samples ? surface.size() / samples : 1;
    for (std::size_t i = 0; i < surface.size(); i += step)
      tally.add(conditions_.on_surface(shape, surface.x[i], surface.normal[i]));
    if (!tally.lacks()) return;
    const auto& named = model_.region.shape(shape);
    all.push_back(message(
        fmt::format("{}the surface of '{}'", tally.part(), named.name), "there", tally.example(),
        named.use == Shape::Use::interface ? "add conditions that couple its sides, on values or fluxes"
                                           : "add conditions there, on values or normal derivatives"));
  }

  /// @param place where conditions are missing @param where "x.lower and x.upper together"
  std::string message(const std::string& place, const std::string& where, const ConditionCount& count,
                      const std::string& remedy) const {
    std::vector<std::string> fields, equations;
    for (int f : block_.fields) fields.push_back(model_.fields[f]);
    for (const auto* equation : block_.equations) equations.push_back("'" + equation->name + "'");
    return fmt::format(
        "{}{} has too few conditions on {} ({} need{} {} {}, and {} {} there: the solution is not unique); "
        "{}",
        prefix(block_.equations.front()->at), place, fmt::join(fields, ", "), fmt::join(equations, ", "),
        equations.size() == 1 ? "s" : "", count.needed, where, count.found, count.found == 1 ? "is" : "are",
        remedy);
  }

  const Model& model_;
  const EquationBlock& block_;
  BlockConditions conditions_;
};

}  // namespace

std::vector<std::string> missing_conditions(const Model& model) {
  if (std::ranges::any_of(model.groups, &StatementGroup::is_data)) return {};
  std::vector<std::string> all;
  for (const auto& block : blocks(model)) {
    const auto more = BlockWarnings(model, block).all();
    all.insert(all.end(), more.begin(), more.end());
  }
  return all;
}

}  // namespace ddpinn
