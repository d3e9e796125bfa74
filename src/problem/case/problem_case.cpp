// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "problem/case/problem_case.hpp"

#include "problem/case/case_keys.hpp"
#include "problem/case/case_parts.hpp"
#include "problem/case/case_tree.hpp"
#include "problem/expression/level_sets.hpp"

#include <fmt/format.h>
#include <algorithm>

namespace ddpinn {

namespace {

/// An expression with the arguments of a function, affine where it is: to everything that is asked before the
/// solve it is the same.
Text stand_in(const Function& function) {
  std::string sum;
  for (const auto& argument : function.arguments) sum += (sum.empty() ? "(" : " + (") + argument + ")";
  if (sum.empty()) return {"0", {}};
  return {function.affine ? sum : "(" + sum + ")**2", {}};
}

bool in_memory(const DataSet& data) { return !data.file && data.values.empty() && !data.observed.empty(); }

/// The problem as a text can say it.
Problem with_stand_ins(Problem problem) {
  problem.domain.periodic.resize(problem.domain.coordinates.size());
  for (auto& equation : problem.equations)
    if (equation.function) equation.residual = stand_in(*equation.function);
  for (auto& condition : problem.conditions)
    if (condition.function) condition.residual = stand_in(*condition.function);
  for (auto& data : problem.data)
    if (in_memory(data)) {
      for (const auto& [field, values] : data.observed) data.values[field] = {"0", {}};
      data.count = std::max<int>(1, data.points.size());
    }
  return problem;
}

/// "equation 'heat'", "data 2".
std::string title(const std::string& key, const CaseNode& item, std::size_t number) {
  const bool is_shape = key == "remove" || key == "keep" || key == "interface";
  const auto* name = item.find("name");
  return fmt::format("{} {}", is_shape ? "shape" : key,
                     name && !name->text.empty() ? "'" + name->text + "'" : std::to_string(number));
}

/// Lets a place stand for lines and columns: the title of what stands in an array of tables, the name of the
/// section elsewhere.
void name_places(CaseNode& node, const std::string& place) {
  node.at = node.inside = {place, 0, 0};
  for (auto& item : node.items) name_places(item, place);
  for (auto& [key, at, value] : node.members) {
    at = node.at;
    name_places(value, place);
    for (std::size_t i = 0; i < value.items.size(); ++i)
      if (value.items[i].kind == CaseNode::Kind::table)
        name_places(value.items[i], title(key, value.items[i], i + 1));
  }
}

/// An empty list of these stands for their default.
void remove_unset(CaseNode& root) {
  for (const auto* path :
       {"decomposition.subdomains", "points.interior", "output.grid", "output.directory"}) {
    auto* section = root.find(first_parts(path));
    if (!section) continue;
    std::erase_if(section->members, [&](const CaseMember& member) {
      return member.key == last_part(path) && member.value.items.empty() && member.value.text.empty() &&
             !member.value.is_number();
    });
  }
}

[[noreturn]] void reject_data(std::size_t number, const std::string& what) {
  throw Error(Status::case_file, {fmt::format("data {}", number + 1), 0, 0}, what);
}

/// Observations that the program has given: of each field one at each point, all of them in the domain.
void check_observed(const Problem& problem, const DataSet& data, std::size_t number) {
  const auto d = problem.domain.coordinates.size();
  for (const auto& [field, values] : data.observed)
    if (values.size() != data.points.size())
      reject_data(number, fmt::format("there are {} values of {} (at {} points); give one for each point",
                                      values.size(), field, data.points.size()));
  std::vector<Point> points(data.points.size());
  for (std::size_t i = 0; i < points.size(); ++i) {
    if (data.points[i].size() != d)
      reject_data(number,
                  fmt::format("point {} has {} numbers (the coordinates are {}); give one for each", i + 1,
                              data.points[i].size(), listed(problem.domain.coordinates, "and")));
    std::ranges::copy(data.points[i], points[i].begin());
  }
  const auto inside = Region(problem.domain, level_sets(problem)).contains(points);
  if (const auto i = std::ranges::find(inside, char{0}) - inside.begin(); i < std::ssize(inside))
    reject_data(number,
                fmt::format("point {} is outside the domain (there are no fields); remove it", i + 1));
}

/// What the text could not say.
void restore(const Problem& from, Problem& problem) {
  for (std::size_t i = 0; i < from.equations.size(); ++i)
    problem.equations[i].function = from.equations[i].function;
  for (std::size_t i = 0; i < from.conditions.size(); ++i)
    problem.conditions[i].function = from.conditions[i].function;
  for (std::size_t i = 0; i < from.data.size(); ++i) {
    if (!in_memory(from.data[i])) continue;
    check_observed(problem, from.data[i], i);
    problem.data[i].points = from.data[i].points;
    problem.data[i].observed = from.data[i].observed;
  }
}

}  // namespace

CaseFile problem_case(const Problem& problem, const Options& options, const TableReader& tables) {
  const std::string name = "problem";
  const auto text = resolved_case({"", "", with_stand_ins(problem), options, {}});
  auto root = parse_toml(text, name);
  name_places(root, name);
  for (auto& [key, at, value] : root.members)
    if (value.kind == CaseNode::Kind::table) name_places(value, key);
  remove_unset(root);
  CaseFile file;
  file.path = name;
  Diagnostics diagnostics(name, "");
  interpret(root, diagnostics, tables, file);
  std::erase_if(file.given, [&, standard = options_node({})](const std::string& path) {
    return as_toml(*root.find_path(path)) == as_toml(*standard.find_path(path));
  });
  restore(problem, file.problem);
  return file;
}

}  // namespace ddpinn
