// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "problem/expression/expression.hpp"

#include <string>

namespace ddpinn::expr {

/// What a name stands for.
struct Meaning {
  enum class Kind { unknown, number, argument, definition };
  Kind kind = Kind::unknown;
  double number = 0;           ///< `pi` and parameters
  Argument argument;           ///< coordinates, normals, fields and derivatives
  std::size_t definition = 0;  ///< its position in the scope
};

/// Names are looked up as they are first, then as derivatives of the field with the longest name that fits.
/// @param visible how many of the scope's definitions may be used
Meaning look_up(const std::string& name, const Scope& scope, std::size_t visible);

/// Why a name that `look_up` does not know can't be used, and what to write.
std::string explain_unknown(const std::string& name, const Scope& scope, std::size_t visible);

/// The same for a name that is followed by a parenthesis.
std::string explain_unknown_function(const std::string& name);

/// Whether the name exists, but may not be used (in this form) in this scope.
bool is_forbidden(const std::string& name, const Scope& scope);

}  // namespace ddpinn::expr
