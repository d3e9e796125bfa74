// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "problem/expression/expression.hpp"

#include <ddpinn/function.hpp>

#include <span>
#include <vector>

namespace ddpinn {

/// A function in C++ as a function of the arguments that expressions have: its own arguments are expressions
/// of these, through which derivatives go by the chain rule.
class CompiledFunction {
 public:
  /// @param at for messages @throws Error (Status::case_file) where an argument does not compile
  CompiledFunction(const Function& function, const Location& at, const Scope& scope);

  /// As those of Expression.
  const std::vector<Argument>& arguments() const { return arguments_; }
  bool affine_in_fields() const { return affine_; }
  /// @throws Error (Status::numerical) where the function throws
  std::vector<double> evaluate(std::span<const std::span<const double>> columns, std::size_t n) const;
  Expression::Linearisation linearise(std::span<const std::span<const double>> columns, std::size_t n) const;

 private:
  /// One argument of the function.
  struct Input {
    std::optional<Expression> expression;  ///< empty: one of `arguments_` itself
    std::vector<std::size_t> arguments;    ///< of `arguments_`: those of the expression, or that one
  };
  class Values;

  std::size_t number_of(const Argument& argument);
  void call(const Function::Columns& columns) const;
  void call_in_chunks(const Function::Columns& columns) const;

  Function function_;
  Location at_;
  std::vector<Argument> arguments_;
  std::vector<Input> inputs_;
  bool affine_ = false;
};

}  // namespace ddpinn
