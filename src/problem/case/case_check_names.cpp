// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "problem/case/case_keys.hpp"
#include "problem/case/case_parts.hpp"
#include "problem/case/case_tree.hpp"
#include "problem/expression/expression_functions.hpp"

#include <fmt/format.h>
#include <algorithm>
#include <cctype>
#include <map>

namespace ddpinn {
namespace {

/// Names become names of files, with something before and behind them.
constexpr std::size_t longest_name = 100;
/// What HDF5 stores with the files of results, and figures can show.
constexpr std::size_t longest_title = 1000;

/// Output files have columns beside the fields', which no field may have the name of.
void check_columns(const Section& root, const Problem& problem) {
  std::map<std::string, std::string> columns{{"subdomain", "the number of the subdomain"},
                                             {"rank", "the number of the rank"}};
  for (const auto& field : problem.fields) {
    columns[field + "_exact"] = "the exact solution of " + field;
    columns[field + "_error"] = "the error of " + field;
    columns[field + "_estimated_error"] = "the estimated error of " + field;
  }
  for (const auto& equation : problem.equations)
    columns["residual_" + equation.name] = "the residual of the equation " + equation.name;
  for (std::size_t i = 0; i < problem.fields.size(); ++i)
    if (const auto found = columns.find(problem.fields[i]); found != columns.end())
      root.error(root.at("fields", i), "the field " + as_toml(found->first) +
                                           " has a name that is taken (in the files of results it is " +
                                           found->second + "); rename it");
}

void check_title(const Section& root, const Problem& problem) {
  if (problem.title.size() > longest_title)
    root.error(root.at("title"),
               fmt::format("'title' has {} characters (at most {}); write the rest as a comment",
                           problem.title.size(), longest_title));
}

/// The names that mean something in expressions, and what each is.
class Names {
 public:
  Names(const Section& root, const Problem& problem) : root_(root), problem_(problem) {
    for (const auto* word : {"pi", "where", "and", "or", "not"})
      taken_[word] = "a name of the expression language";
    for (const auto& function : expr::functions()) taken_[std::string(function.name)] = "a function";
    for (const auto& coordinate : problem.domain.coordinates) {
      taken_[coordinate] = "a coordinate";
      taken_["n_" + coordinate] = "a component of the normal";
    }
  }

  void add(const std::string& name, const std::string& kind, const Location& at) {
    if (name.size() > longest_name)
      return root_.error(at, fmt::format("the {} '{}...' has a name of {} characters (at most {}, for it "
                                         "names files too); use a shorter one",
                                         kind, name.substr(0, 20), name.size(), longest_name));
    const std::string title = "the " + kind + " " + as_toml(name);
    if (!is_identifier(name))
      return root_.error(
          at, title + " is not a name (it must be letters, digits and _, starting with a letter); rename it");
    if (const auto field = field_of_derivative(name); !field.empty())
      return root_.error(at, title + " reads as a derivative (of the field " + field + "); rename it");
    const auto [found, inserted] = taken_.try_emplace(name, "a " + kind);
    if (!inserted)
      root_.error(at, title + " has a name that is taken (it is " + found->second + " already); rename it");
    places_.try_emplace(name, at);
  }

  /// Where there are interfaces, names with the endings of the two sides must not mean anything else.
  void check_sides() const {
    const auto is_interface = [](const Shape& shape) { return shape.use == Shape::Use::interface; };
    if (std::none_of(problem_.domain.shapes.begin(), problem_.domain.shapes.end(), is_interface)) return;
    for (const auto& [name, at] : places_)
      for (const std::string ending : {"_minus", "_plus"}) {
        if (!name.ends_with(ending)) continue;
        const auto base = name.substr(0, name.size() - ending.size());
        const auto found = taken_.find(base);
        if ((found == taken_.end() || found->second == "a parameter") && field_of_derivative(base).empty())
          continue;
        root_.error(at, as_toml(name) + " has a name that is taken (it is the value of '" + base +
                            "' on one side of an interface); rename it");
      }
  }

 private:
  std::string field_of_derivative(const std::string& name) const {
    const auto is_coordinate = [&](char c) {
      const auto& all = problem_.domain.coordinates;
      return std::find(all.begin(), all.end(), std::string(1, c)) != all.end();
    };
    for (const auto& field : problem_.fields) {
      if (!name.starts_with(field + "_") || name.size() == field.size() + 1) continue;
      const auto first = name.begin() + field.size() + 1;
      if (std::all_of(first, name.end(), is_coordinate)) return field;
    }
    return "";
  }

  static bool is_identifier(const std::string& name) {
    const auto is_part = [](unsigned char c) { return std::isalnum(c) || c == '_'; };
    return !name.empty() && std::isalpha(static_cast<unsigned char>(name[0])) &&
           std::all_of(name.begin(), name.end(), is_part);
  }

  const Section& root_;
  const Problem& problem_;
  std::map<std::string, std::string> taken_;
  std::map<std::string, Location> places_;
};

/// Names of [[sections]]: in messages and files, so they must differ and be fit for a file.
class Titles {
 public:
  explicit Titles(std::string kind) : kind_(std::move(kind)) {}

  void add(const Section& section, const std::string& name) {
    const auto is_part = [](unsigned char c) { return std::isalnum(c) || c == '_' || c == '-'; };
    const std::string title = "the " + kind_ + " " + as_toml(name);
    if (name.size() > longest_name)
      section.error(section.at("name"),
                    fmt::format("the name of the {} has {} characters (at most {}, for it "
                                "names columns of files too); use a shorter one",
                                kind_, name.size(), longest_name));
    else if (name.empty() || !std::all_of(name.begin(), name.end(), is_part))
      section.error(section.at("name"),
                    title + " is not a name (it must be letters, digits, _ and -); rename it");
    else if (std::find(names_.begin(), names_.end(), name) != names_.end())
      section.error(section.at("name"), title + " has a name that is taken (another " + kind_ +
                                            " has it); rename one of the two");
    else if (name == "boundary")
      section.error(section.at("name"),
                    title + " has a name that is taken (\"boundary\" is the whole boundary); rename it");
    names_.push_back(name);
  }

 private:
  std::string kind_;
  std::vector<std::string> names_;
};

void check_fields_of(const Section& section, const std::string& path,
                     const std::vector<std::string>& fields) {
  for (const auto& [name, at] : section.names())
    if (std::find(fields.begin(), fields.end(), name) == fields.end())
      section.error(at, "'" + path + "." + name + "' is for no field (the fields are " +
                            listed(fields, "and") + "); use one of these, or add it to fields");
}

void check_conservation(const Section& root, const Problem& problem) {
  Titles laws("conservation law");
  const auto sections = root.sections("conservation");
  const auto& coordinates = problem.domain.coordinates;
  for (std::size_t i = 0; i < sections.size(); ++i) {
    laws.add(sections[i], problem.conservation[i].name);
    const auto flux = sections[i].section("flux");
    for (const auto& [name, at] : flux.names())
      if (std::find(coordinates.begin(), coordinates.end(), name) == coordinates.end())
        flux.error(at, "'conservation.flux." + name + "' is along no coordinate (the coordinates are " +
                           listed(coordinates, "and") + "); use one of these");
  }
}

}  // namespace

void check_names(const Section& root, const Problem& problem) {
  Names names(root, problem);
  if (problem.fields.empty())
    root.error(root.at("fields"),
               "'fields' is empty (there is nothing to solve for); write for example fields = [\"u\"]");
  for (std::size_t i = 0; i < problem.fields.size(); ++i)
    names.add(problem.fields[i], "field", root.at("fields", i));
  for (const auto& [name, at] : root.section("parameters").names()) names.add(name, "parameter", at);
  for (const auto& [name, at] : root.section("unknowns").names()) names.add(name, "unknown", at);
  for (const auto& [name, at] : root.section("definitions").names()) names.add(name, "definition", at);

  Titles equations("equation");
  const auto equation_sections = root.sections("equation");
  auto equation = problem.equations.begin();
  auto law = problem.conservation.begin() + std::ssize(root.sections("conservation"));
  for (const auto& section : equation_sections)
    equations.add(section, states_law(section) ? (law++)->name : (equation++)->name);
  Titles energies("energy");
  const auto energy_sections = root.sections("energy");
  for (std::size_t i = 0; i < energy_sections.size(); ++i)
    energies.add(energy_sections[i], problem.energies[i].name);
  Titles conditions("condition");
  const auto condition_sections = root.sections("condition");
  auto condition = problem.conditions.begin();
  auto natural = problem.natural.begin();
  for (const auto& section : condition_sections)
    conditions.add(section, is_natural(section) ? (natural++)->name : (condition++)->name);
  Titles shapes("shape");
  std::size_t i = 0;
  for (const auto* kind : {"remove", "keep", "interface"})
    for (const auto& section : root.section("domain").sections(kind)) {
      const auto& shape = problem.domain.shapes[i++];
      shapes.add(section, shape.name);
      if (shape.use == Shape::Use::interface) names.add(shape.name, "interface", section.at("name"));
    }
  names.check_sides();
  check_columns(root, problem);
  check_title(root, problem);
  check_conservation(root, problem);
  Titles quantities("quantity");
  const auto quantity_sections = root.sections("quantity");
  for (std::size_t q = 0; q < quantity_sections.size(); ++q)
    quantities.add(quantity_sections[q], problem.quantities[q].name);

  for (const auto& section : root.sections("data"))
    check_fields_of(section.section("values"), "data.values", problem.fields);
  check_fields_of(root.section("scales"), "scales", problem.fields);
  check_fields_of(root.section("exact"), "exact", problem.fields);
  check_fields_of(root.section("exact_enforcement"), "exact_enforcement", problem.fields);
}

}  // namespace ddpinn
