// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "problem/expression/expression_graph.hpp"
#include "problem/expression/expression_lexer.hpp"

#include <string_view>

namespace ddpinn::expr {

/// How tightly an operator binds, from loose to tight, as in Python.
enum class Binding {
  lowest,
  logical_or,
  logical_and,
  logical_not,
  comparison,
  bit_or,
  bit_and,
  sum,
  product,
  sign,
  power
};

/// An operator between two operands.
struct Infix {
  std::string_view symbol;
  Op op;
  Binding binding;
};

/// Whether the token is a symbol or one of the words `and`, `or`, `not`.
bool is_operator(const Token& token);

/// The operator that the token stands for between two operands, or null.
const Infix* find_infix(const Token& token);

}  // namespace ddpinn::expr
