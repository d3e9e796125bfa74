// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "problem/case/case_key_lists.hpp"
#include "problem/case/case_parts.hpp"
#include "problem/divergence_form.hpp"
#include "problem/first_order.hpp"

#include <filesystem>
#include <optional>
#include <utility>

namespace ddpinn {
namespace {

bool has_first_order_form(const Section& section) {
  std::string form;
  return section.read("form", form) && form == "first-order";
}

Equation read_equation(const Section& section, std::size_t number) {
  Equation equation;
  equation.name = "equation_" + std::to_string(number);
  equation_table().read(section, equation);
  return equation;
}

Energy read_energy(const Section& section, std::size_t number) {
  Energy energy;
  energy.name = "energy_" + std::to_string(number);
  energy.at = section.at();
  energy_table().read(section, energy);
  return energy;
}

Condition read_condition(const Section& section, std::size_t number) {
  Condition condition;
  condition.name = "condition_" + std::to_string(number);
  condition.at = section.at();
  condition_table().read(section, condition);
  return condition;
}

NaturalCondition read_natural(const Section& section, std::size_t number) {
  NaturalCondition natural;
  natural.name = "condition_" + std::to_string(number);
  natural.at = section.at();
  natural_table().read(section, natural);
  return natural;
}

Conservation read_conservation(const Section& section, std::size_t number) {
  Conservation law;
  law.name = "conservation_" + std::to_string(number);
  law.at = section.at();
  conservation_table().read(section, law);
  return law;
}

/// The law that an equation states.
Conservation read_law_of(const Section& section, const Equation& equation,
                         const std::vector<std::string>& coordinates) {
  for (const std::string key : {"where", "weight"})
    if (section.has(key))
      section.error(section.at(key),
                    "'equation." + key +
                        "' of an equation in first-order form (it is a conservation law, which "
                        "holds everywhere and is weighted by itself); remove it, or the form");
  if (auto law = law_of(equation, coordinates)) return std::move(*law);
  if (!equation.residual.value.empty())
    section.error(
        section.at("residual"),
        "the equation \"" + equation.name +
            "\" in first-order form has no flux (no term of its sum is d(..., coordinate)); write it as "
            "d(k*u_x, x) + d(k*u_y, y) + f");
  Conservation none;
  none.name = equation.name;
  none.at = equation.residual.at;
  return none;
}

void read_equations(const Section& root, Problem& problem) {
  std::size_t number = 0;
  for (const auto& section : root.sections("equation")) {
    auto equation = read_equation(section, ++number);
    if (states_law(section))
      problem.conservation.push_back(read_law_of(section, equation, problem.domain.coordinates));
    else
      problem.equations.push_back(std::move(equation));
  }
}

/// Those of equations come last.
void read_laws(const Section& root, Problem& problem) {
  auto of_equations = std::exchange(problem.conservation, {});
  const auto sections = root.sections("conservation");
  for (const auto& section : sections)
    problem.conservation.push_back(read_conservation(section, problem.conservation.size() + 1));
  for (auto& law : of_equations) problem.conservation.push_back(std::move(law));
  for (std::size_t i = 0; i < problem.conservation.size(); ++i) {
    const auto& law = problem.conservation[i];
    if (law.solve && (i >= sections.size() || has_first_order_form(sections[i])))
      add_flux_fields(problem, law);
  }
}

Quantity read_quantity(const Section& section, std::size_t number) {
  Quantity quantity;
  quantity.name = "quantity_" + std::to_string(number);
  quantity_table().read(section, quantity);
  std::string domain;  // it says what holds without it
  section.read("integral", domain);
  return quantity;
}

Enforcement read_enforcement(const Section& section) {
  Enforcement enforcement;
  enforcement.lift.value = "0";
  enforcement.lift.at = section.at();
  enforcement_table().read(section, enforcement);
  return enforcement;
}

void read_names(const Section& root, Problem& problem) {
  // Wrong ones (an error is reported for each) keep their names, lest every expression that uses them is
  // wrong too.
  const auto parameters = root.section("parameters");
  for (const auto& [name, at] : parameters.names()) {
    double value = 1;
    parameters.read(name, value);
    problem.parameters.emplace_back(name, value);
  }
  const auto unknowns = root.section("unknowns");
  for (const auto& [name, at] : unknowns.names()) {
    auto& unknown = problem.unknowns.emplace_back();
    unknown.name = name;
    unknown_table().read(unknowns.section(name), unknown);
  }
  const auto definitions = root.section("definitions");
  for (const auto& [name, at] : definitions.names()) {
    Text text{"1", at};
    definitions.read(name, text);
    problem.definitions.emplace_back(name, text);
  }
}

void read_scales(const Section& root, Problem& problem) {
  const auto scales = root.section("scales");
  for (const auto& [field, at] : scales.names())
    if (double size = 1; scales.read(field, size)) problem.scales[field] = size;
}

void read_solutions(const Section& root, const std::string& case_path, Problem& problem) {
  const auto exact = root.section("exact");
  for (const auto& [field, at] : exact.names())
    if (Text text; exact.read(field, text)) problem.exact[field] = text;
  if (Text file; root.section("reference").read("file", file)) {
    // Made absolute, so that the resolved case in another directory means the same file.
    const auto directory = std::filesystem::absolute(case_path).parent_path();
    file.value = (directory / file.value).lexically_normal().string();
    problem.reference_file = file;
  }
}

void read_data(const Section& root, const std::string& case_path, Problem& problem) {
  // As for references: absolute paths.
  const auto directory = std::filesystem::absolute(case_path).parent_path().string();
  std::uint64_t seed = 1;
  root.section("network").read("seed", seed);
  for (const auto& section : root.sections("data"))
    problem.data.push_back(read_data_set(section, directory, seed));
}

}  // namespace

bool states_law(const Section& equation) { return has_first_order_form(equation); }

bool is_natural(const Section& condition) { return condition.has("flux"); }

Problem read_problem(const Section& root, const std::string& case_path) {
  Problem problem;
  root.read("title", problem.title);
  root.read("fields", problem.fields);
  problem.domain = read_domain(root.section("domain"));
  read_names(root, problem);
  read_equations(root, problem);
  for (const auto& section : root.sections("energy"))
    problem.energies.push_back(read_energy(section, problem.energies.size() + 1));
  for (const auto& section : root.sections("condition")) {
    const auto number = problem.conditions.size() + problem.natural.size() + 1;
    if (is_natural(section))
      problem.natural.push_back(read_natural(section, number));
    else
      problem.conditions.push_back(read_condition(section, number));
  }
  const auto enforcement = root.section("exact_enforcement");
  for (const auto& [field, at] : enforcement.names())
    problem.exact_enforcement[field] = read_enforcement(enforcement.section(field));
  read_scales(root, problem);
  read_data(root, case_path, problem);
  read_laws(root, problem);
  for (const auto& section : root.sections("quantity"))
    problem.quantities.push_back(read_quantity(section, problem.quantities.size() + 1));
  read_solutions(root, case_path, problem);
  return problem;
}

}  // namespace ddpinn
