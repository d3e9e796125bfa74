// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "problem/case_keys.hpp"
#include "problem/case_parts.hpp"

#include <algorithm>
#include <filesystem>

namespace ddpinn {

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
    for (const auto& coordinate : problem.domain.coordinates)
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
