// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "problem/case/case_keys.hpp"
#include "problem/case/case_parts.hpp"

#include <algorithm>
#include <filesystem>

namespace ddpinn {

namespace {

/// Points outside count for nothing, as where the command line shortens a time.
void check_inside(const Section& root, const Location& at, const Table& table, const Domain& domain) {
  if (!is_usable(domain)) return;
  const auto inside = rows_inside(table, domain).size(), all = table.rows();
  if (inside == 0)
    root.error(at, "no point of the reference file is in the domain (there are " + std::to_string(all) +
                       " outside); correct the file or the domain");
  else if (inside < all)
    root.diagnostics().remark(
        at, std::to_string(all - inside) + " of the " + std::to_string(all) +
                " points of the reference file are outside the domain, and count for nothing");
}

}  // namespace

void check_reference(const Section& root, const Problem& problem) {
  if (!problem.reference_file) return;
  const auto& path = problem.reference_file->value;
  const auto section = root.section("reference");
  const auto at = section.at("file");
  std::string as_written;
  section.read("file", as_written);
  std::error_code ignored;
  if (!std::filesystem::is_regular_file(path, ignored))
    return root.error(
        at, "there is no file " + path + " (paths are relative to the case file); correct the path");
  try {
    const auto table = root.table(path);
    const auto has = [&](const std::string& name) { return table.find(name) != nullptr; };
    const auto& coordinates = problem.domain.coordinates;
    if (std::ranges::all_of(coordinates, has)) check_inside(root, at, table, problem.domain);
    for (const auto& coordinate : coordinates)
      if (!has(coordinate))
        root.error(at, "the reference file has no column " + coordinate + " (its columns are " +
                           listed(table.names, "and") + "); it needs one for each coordinate");
    if (std::none_of(problem.fields.begin(), problem.fields.end(), has))
      root.error(at, "the reference file has no column for a field (its columns are " +
                         listed(table.names, "and") + ", the fields are " + listed(problem.fields, "and") +
                         "); name its columns after the fields");
  } catch (const Error& error) {
    root.diagnostics().add(error);
  }
}

}  // namespace ddpinn
