// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "problem/compiled_function.hpp"

#include <ddpinn/problem.hpp>

#include <optional>
#include <span>
#include <variant>
#include <vector>

namespace ddpinn {

/// What an equation or a condition sets to zero, compiled: an expression, or a function in C++. Its members
/// are those of Expression.
class Residual {
 public:
  /// @throws Error (Status::case_file)
  Residual(const Text& text, const Scope& scope) : compiled_(Expression(text, scope)) {}
  explicit Residual(Expression expression) : compiled_(std::move(expression)) {}
  Residual(const Equation& equation, const Scope& scope)
      : Residual(equation.residual, equation.function, scope) {}
  Residual(const Condition& condition, const Scope& scope)
      : Residual(condition.residual, condition.function, scope) {}

  const std::vector<Argument>& arguments() const {
    return std::visit([](const auto& c) -> const std::vector<Argument>& { return c.arguments(); }, compiled_);
  }
  bool affine_in_fields() const {
    return std::visit([](const auto& c) { return c.affine_in_fields(); }, compiled_);
  }
  bool uses_fields() const {
    for (const auto& argument : arguments())
      if (argument.kind == Argument::Kind::field) return true;
    return false;
  }
  std::vector<double> evaluate(std::span<const std::span<const double>> columns, std::size_t n) const {
    return std::visit([&](const auto& c) { return c.evaluate(columns, n); }, compiled_);
  }
  Expression::Linearisation linearise(std::span<const std::span<const double>> columns, std::size_t n) const {
    return std::visit([&](const auto& c) { return c.linearise(columns, n); }, compiled_);
  }

 private:
  using Compiled = std::variant<Expression, CompiledFunction>;

  Residual(const Text& text, const std::optional<Function>& function, const Scope& scope)
      : compiled_(function ? Compiled(CompiledFunction(*function, text.at, scope))
                           : Compiled(Expression(text, scope))) {}

  Compiled compiled_;
};

}  // namespace ddpinn
