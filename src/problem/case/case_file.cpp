// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "problem/case/case_file.hpp"

#include "problem/case/case_diagnostics.hpp"
#include "problem/case/case_key_lists.hpp"
#include "problem/case/case_parts.hpp"
#include "problem/case/case_tree.hpp"
#include "problem/case/case_validate.hpp"
#include "problem/first_order.hpp"
#include "problem/weak_forms.hpp"

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <sstream>

namespace ddpinn {

void interpret(const Section& root, CaseFile& file) {
  file.problem = read_problem(root, file.path);
  file.options = read_options(root, file.path);
  const auto& problem = file.problem;
  check_names(root, problem);
  check_weak_forms(root, problem, file.options);
  if (problem.domain.coordinates.empty()) return;
  check_conditions(root, problem);
  check_decomposition(root, problem.domain, file.options);
  check_reference(root, problem);
  check_unknowns(root, problem);
  check_methods(root, problem, file.options);
  if (!is_usable(problem.domain) || problem.fields.empty()) return;
  check_quantities(root, problem);
  const auto order = check_expressions(root, problem);
  if (order) check_shapes(root, problem);
  if (order && is_weak(problem)) check_natural_conditions(root, problem, *order);
  if (order && is_weak(problem)) check_weak_time(root, problem);
  if (order) check_slabs(root, problem, file.options);
  if (root.diagnostics().size() == 0) write_out_first_order(file.problem);
  if (root.diagnostics().size() == 0) load_data(root, file.problem);
  if (root.diagnostics().size() == 0) check_observations(root, problem, file.options);
  if (root.diagnostics().size() == 0) check_coarse(root, problem, file.options);
  if (root.diagnostics().size() == 0) file.scaling = read_scaling(root, problem);
  if (root.diagnostics().size() == 0) check_continuation(root, problem, file.options);
  if (root.diagnostics().size() == 0) check_levels(root, problem);
  // These weigh numbers from all over the file, so all of them must be right.
  if (root.diagnostics().size() == 0)
    if (const auto width = check_network(root, problem, *order, file.options))
      check_points(root, problem, *order, *width, file.options);
  if (root.diagnostics().size() == 0) expand_lines(file.problem, file.options);
}

namespace {

std::set<std::string> given_options(const CaseNode& root) {
  std::set<std::string> result;
  for (const auto& binding : options_table().bindings)
    if (const auto* node = root.find_path(binding.path); node && !node->is_empty())
      result.insert(binding.path);
  return result;
}

}  // namespace

void interpret(const CaseNode& root, Diagnostics& diagnostics, const TableReader& tables, CaseFile& file) {
  CaseReader reader{root, validate(root, diagnostics), diagnostics, {}, tables};
  interpret(Section(reader), file);
  diagnostics.throw_if_any();
  file.remarks = diagnostics.remarks();
  file.given = given_options(root);
}

CaseFile parse_case(const std::string& text, const std::string& name,
                    const std::vector<std::string>& overrides, const TableReader& tables) {
  CaseFile file;
  file.path = name;
  file.original = text;
  Diagnostics diagnostics(name, text);
  CaseNode root = parse_toml(text, name);
  for (const auto& override : overrides) {
    try {
      apply_override(root, override);
    } catch (const Error& error) {
      diagnostics.add(error);
    }
  }
  interpret(root, diagnostics, tables, file);
  return file;
}

std::string case_text(const std::string& path) {
  const Location at{path, 0, 0};
  if (std::filesystem::is_directory(path))
    throw Error(Status::input_output, at, "this is a directory (a case is a TOML file); name a file in it");
  std::ifstream file(path, std::ios::binary);
  if (!file)
    throw Error(Status::input_output, at,
                std::string("the case file can't be read (") + std::strerror(errno) + "); check its name");
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

CaseFile read_case(const std::string& path, const std::vector<std::string>& overrides,
                   const TableReader& tables) {
  return parse_case(case_text(path), path, overrides, tables);
}

}  // namespace ddpinn
