// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <span>
#include <string_view>

namespace at {
class Tensor;
}

namespace ddpinn::expr {

/// A function of the expression language, applied elementwise.
struct Function {
  std::string_view name;
  int arity = 1;
  double (*unary)(double) = nullptr;           ///< on numbers, for arity 1
  double (*binary)(double, double) = nullptr;  ///< for arity 2
  at::Tensor (*unary_tensor)(const at::Tensor&) = nullptr;
  at::Tensor (*binary_tensor)(const at::Tensor&, const at::Tensor&) = nullptr;
  /// Whether finite arguments can give a value or derivative that is not finite.
  bool fragile = false;
};

/// All functions but `where`, which is part of the grammar.
std::span<const Function> functions();

/// The function of that name, or null.
const Function* find_function(std::string_view name);

}  // namespace ddpinn::expr
