// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "problem/divergence_form.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <string_view>

namespace ddpinn {

namespace {

struct Term {
  bool negative = false;
  std::size_t begin = 0;  ///< in the whole text
  std::string_view text = {};
};

bool is_space(char c) { return std::isspace(static_cast<unsigned char>(c)) != 0; }

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && is_space(text.front())) text.remove_prefix(1);
  while (!text.empty() && is_space(text.back())) text.remove_suffix(1);
  return text;
}

/// Whether a sign here ends a term: not one of a factor, as in a*-b, nor that of an exponent, as in 1e-3.
bool separates(std::string_view before) {
  const bool after_exponent = before.size() > 1 && (before.back() == 'e' || before.back() == 'E') &&
                              (std::isdigit(static_cast<unsigned char>(before[before.size() - 2])) != 0 ||
                               before[before.size() - 2] == '.');
  const auto left = trimmed(before);
  return !after_exponent && (left.empty() || std::string_view("*/+-").find(left.back()) == left.npos);
}

/// The terms of a sum; signs within parentheses are none of it.
std::vector<Term> terms_of(std::string_view text) {
  std::vector<Term> result(1);
  int depth = 0;
  const auto end = [&](std::size_t at) {
    auto& last = result.back();
    last.text = text.substr(last.begin, at - last.begin);
  };
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '(' || text[i] == '[') ++depth;
    if (text[i] == ')' || text[i] == ']') --depth;
    if (depth > 0 || (text[i] != '+' && text[i] != '-') || !separates(text.substr(0, i))) continue;
    end(i);
    result.push_back({text[i] == '-', i + 1});
  }
  end(text.size());
  std::erase_if(result, [](const Term& term) { return trimmed(term.text).empty(); });
  return result;
}

/// What a text such as d(k*u_x, x) is the derivative of, and along which coordinate.
struct Differentiated {
  std::string_view inner, along;
};

std::optional<Differentiated> differentiated(std::string_view term) {
  auto text = trimmed(term);
  if (!text.starts_with("d")) return {};
  text = trimmed(text.substr(1));
  if (!text.starts_with("(") || !text.ends_with(")")) return {};
  int depth = 0;
  std::size_t comma = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '(') ++depth;
    if (text[i] == ')') --depth;
    if (depth == 0 && i + 1 < text.size()) return {};  // a product of parentheses
    if (depth != 1 || text[i] != ',') continue;
    if (comma > 0) return {};  // along several coordinates
    comma = i;
  }
  if (comma == 0) return {};
  return Differentiated{trimmed(text.substr(1, comma - 1)),
                        trimmed(text.substr(comma + 1, text.size() - comma - 2))};
}

void add(Text& sum, bool negative, std::string_view what) {
  const auto* sign = negative ? "-" : sum.value.empty() ? "" : "+";
  sum.value += fmt::format("{0}{1}{0}({2})", sum.value.empty() ? "" : " ", sign, what);
}

}  // namespace

std::optional<Conservation> law_of(const Equation& equation, const std::vector<std::string>& coordinates) {
  Conservation law;
  law.name = equation.name;
  law.solve = true;
  law.at = equation.residual.at;
  Text source{"", equation.residual.at};
  for (const auto& term : terms_of(equation.residual.value)) {
    const auto found = differentiated(term.text);
    const bool flux = found && std::ranges::find(coordinates, found->along) != coordinates.end();
    if (!flux) {
      add(source, !term.negative, trimmed(term.text));
      continue;
    }
    auto& component = law.flux[std::string(found->along)];
    component.at = equation.residual.at;
    add(component, term.negative, found->inner);
  }
  if (law.flux.empty()) return {};
  if (!source.value.empty()) law.source = source;
  return law;
}

}  // namespace ddpinn
