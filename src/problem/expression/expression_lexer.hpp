// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <ddpinn/problem.hpp>

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace ddpinn::expr {

/// The smallest piece of an expression that has a meaning.
struct Token {
  enum class Kind { number, name, symbol, end };
  Kind kind = Kind::end;
  std::string_view text;   ///< a part of the expression's text
  std::size_t offset = 0;  ///< of its first character
  double value = 0;        ///< of a number
};

/// The tokens of an expression, closed by one of kind `end`. White space and line ends only separate.
/// The result points into `text`, which has to outlive it.
/// @throws Error at the first character that can't be read
std::vector<Token> tokens(const Text& text);

}  // namespace ddpinn::expr
