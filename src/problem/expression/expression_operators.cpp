// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "problem/expression/expression_operators.hpp"

namespace ddpinn::expr {
namespace {

constexpr Infix table[] = {{"or", Op::either, Binding::logical_or},
                           {"and", Op::both, Binding::logical_and},
                           {"<", Op::less, Binding::comparison},
                           {"<=", Op::less_equal, Binding::comparison},
                           {">", Op::greater, Binding::comparison},
                           {">=", Op::greater_equal, Binding::comparison},
                           {"==", Op::equal, Binding::comparison},
                           {"!=", Op::not_equal, Binding::comparison},
                           {"|", Op::either, Binding::bit_or},
                           {"&", Op::both, Binding::bit_and},
                           {"+", Op::add, Binding::sum},
                           {"-", Op::subtract, Binding::sum},
                           {"*", Op::multiply, Binding::product},
                           {"/", Op::divide, Binding::product},
                           {"**", Op::power, Binding::power}};

}  // namespace

bool is_operator(const Token& token) {
  if (token.kind == Token::Kind::symbol) return true;
  return token.kind == Token::Kind::name &&
         (token.text == "and" || token.text == "or" || token.text == "not");
}

const Infix* find_infix(const Token& token) {
  if (!is_operator(token)) return nullptr;
  for (const auto& infix : table)
    if (infix.symbol == token.text) return &infix;
  return nullptr;
}

}  // namespace ddpinn::expr
