// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <span>
#include <string_view>

namespace ddpinn::expr {

/// A function of the expression language, applied elementwise.
struct Function {
  std::string_view name;   ///< in expressions
  std::string_view torch;  ///< in TorchScript
  int arity = 1;
  /// Whether finite arguments can give a value or derivative that is not finite.
  bool fragile = false;
  double (*unary)(double) = nullptr;           ///< the same on numbers, for arity 1
  double (*binary)(double, double) = nullptr;  ///< for arity 2
};

/// All functions but `where`, which is part of the grammar.
std::span<const Function> functions();

/// The function of that name, or null.
const Function* find_function(std::string_view name);

}  // namespace ddpinn::expr
