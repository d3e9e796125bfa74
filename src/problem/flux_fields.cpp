// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "problem/first_order.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cctype>
#include <utility>

namespace ddpinn {

namespace {

constexpr std::string_view time_name = "t";

/// Of a field, without the law's where it is the only one, and of the equation that defines it.
std::string flux_name(const std::string& law, const std::string& coordinate) {
  return fmt::format("{}{}flux_{}", law, law.empty() ? "" : "_", coordinate);
}

std::string balance_name(const std::string& law) { return law + "_balance"; }

std::string without_spaces(std::string text) {
  std::erase_if(text, [](unsigned char c) { return std::isspace(c) != 0; });
  return text;
}

/// The first component of a solved law that is written as this one, as law and coordinate.
std::pair<const Conservation*, std::string> first_written(const Problem& problem, const Conservation& law,
                                                          const std::string& coordinate) {
  const auto wanted = without_spaces(law.flux.at(coordinate).value);
  for (const auto& other : problem.conservation) {
    if (!other.solve) continue;
    if (other.name == law.name) break;
    for (const auto& name : problem.domain.coordinates)
      if (const auto found = other.flux.find(name);
          found != other.flux.end() && name != time_name && without_spaces(found->second.value) == wanted)
        return {&other, name};
  }
  return {&law, coordinate};
}

bool contains(const std::vector<std::string>& names, const std::string& name) {
  return std::ranges::find(names, name) != names.end();
}

}  // namespace

bool is_first_written(const Problem& problem, const Conservation& law, const std::string& coordinate) {
  return first_written(problem, law, coordinate).first == &law;
}

std::vector<std::string> flux_fields(const Problem& problem, const Conservation& law) {
  const bool alone = std::ranges::count_if(problem.conservation, &Conservation::solve) == 1;
  std::vector<std::string> names;
  for (const auto& coordinate : problem.domain.coordinates) {
    if (coordinate == time_name || !law.flux.contains(coordinate)) {
      names.emplace_back();
      continue;
    }
    const auto [owner, name] = first_written(problem, law, coordinate);
    names.push_back(flux_name(alone ? "" : owner->name, name));
  }
  return names;
}

bool is_first_order(const Problem& problem, const Conservation& law) {
  return law.solve && std::ranges::all_of(flux_fields(problem, law), [&](const std::string& name) {
           return name.empty() || contains(problem.fields, name);
         });
}

bool has_first_order_laws(const Problem& problem) {
  return std::ranges::any_of(problem.conservation,
                             [&](const Conservation& law) { return is_first_order(problem, law); });
}

std::string outward_flux(const Problem& problem, const Conservation& law, const std::string& ending) {
  const auto fields = flux_fields(problem, law);
  std::vector<std::string> terms;
  for (std::size_t d = 0; d < fields.size(); ++d)
    if (!fields[d].empty())
      terms.push_back(fmt::format("n_{}*{}{}", problem.domain.coordinates[d], fields[d], ending));
  return fmt::format("{}", fmt::join(terms, " + "));
}

std::vector<std::string> equation_names(const Problem& problem, const Conservation& law) {
  std::vector<std::string> names;
  const auto fields = flux_fields(problem, law);
  for (std::size_t d = 0; d < fields.size(); ++d)
    if (!fields[d].empty()) names.push_back(flux_name(law.name, problem.domain.coordinates[d]));
  names.push_back(balance_name(law.name));
  return names;
}

int defined_flux(const Model& model, const Statement& statement) {
  for (const auto& law : model.conservation)
    for (const auto& coordinate : model.coordinates)
      if (statement.name == flux_name(law.name, coordinate))
        for (const auto& field : {statement.name, flux_name("", coordinate)})
          if (const auto found = std::ranges::find(model.fields, field); found != model.fields.end())
            return static_cast<int>(found - model.fields.begin());
  return -1;
}

bool balances_fluxes(const Model& model, const Statement& statement) {
  return std::ranges::any_of(model.conservation, [&](const CompiledConservation& law) {
    return statement.name == balance_name(law.name);
  });
}

void add_flux_fields(Problem& problem, const Conservation& law) {
  for (const auto& name : flux_fields(problem, law))
    if (!name.empty() && !contains(problem.fields, name)) problem.fields.push_back(name);
}

}  // namespace ddpinn
