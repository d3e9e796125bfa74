// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "problem/case/case_diagnostics.hpp"
#include "problem/case/case_keys.hpp"
#include "problem/case/case_tree.hpp"

#include <optional>
#include <set>
#include <string>

namespace ddpinn {

/// Holds a case file against the table of keys: unknown keys, types, ranges, choices, missing keys, and what
/// has no effect in this version (a remark).
/// @returns the values that must not be used, because an error is reported for them
std::set<const CaseNode*> validate(const CaseNode& root, Diagnostics& diagnostics);

/// Whether a value is what a key takes, range and choices included.
bool accepts(const CaseKey& key, const CaseNode& value);

/// Seconds of "30min", "2h", "1.5 h", or of a plain number; none where it is no time.
std::optional<double> seconds(const CaseNode& value);

/// `; did you mean "bump"?`, or nothing where no known name is near. @param quote stands around the name
std::string did_you_mean(const std::string& name, const std::vector<std::string>& known,
                         const std::string& quote);

/// Whether TOML takes the key without quotes; a dot in a key would read as a section.
bool is_plain_key(const std::string& key);

}  // namespace ddpinn
