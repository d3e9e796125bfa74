// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "problem/expression/interface_names.hpp"

#include "problem/expression/expression_lexer.hpp"
#include "problem/expression/expression_names.hpp"

#include <fmt/format.h>

#include <functional>
#include <set>

namespace ddpinn {

namespace {

using Definitions = std::vector<std::pair<std::string, Text>>;

std::string round_text(const Shape& shape, const std::vector<std::string>& coordinates) {
  std::string sum;
  for (std::size_t d = 0; d < coordinates.size() && d < shape.center.size(); ++d)
    if (shape.kind == Shape::Kind::ball || coordinates[d] != shape.axis)
      sum += fmt::format("{}({} - ({:.17g}))**2", sum.empty() ? "" : " + ", coordinates[d], shape.center[d]);
  return fmt::format("sqrt({}) < {:.17g}", sum.empty() ? "0" : sum, shape.radius);
}

/// Sides that end on the domain's box are taken to go on beyond it, as in Region.
std::string box_text(const Shape& shape, const Domain& domain) {
  std::string text;
  const auto add = [&](const std::string& condition) { text += (text.empty() ? "" : " and ") + condition; };
  for (std::size_t d = 0; d < domain.coordinates.size() && d < shape.lower.size() && d < shape.upper.size();
       ++d) {
    const double rounding = 1e-12 * (domain.upper[d] - domain.lower[d]);
    const auto& x = domain.coordinates[d];
    if (shape.lower[d] > domain.lower[d] + rounding) add(fmt::format("({} > ({:.17g}))", x, shape.lower[d]));
    if (shape.upper[d] < domain.upper[d] - rounding) add(fmt::format("({} < ({:.17g}))", x, shape.upper[d]));
  }
  return text.empty() ? "0 < 1" : text;
}

Text inside_text(const Shape& shape, const Domain& domain) {
  switch (shape.kind) {
    case Shape::Kind::ball:
    case Shape::Kind::cylinder:
      return {round_text(shape, domain.coordinates), shape.at};
    case Shape::Kind::box:
      return {box_text(shape, domain), shape.at};
    case Shape::Kind::implicit:
      break;
  }
  // A comparison binds less than what a number can be made of, so places in the text stay as they are.
  return {shape.inside.value + " < 0", shape.inside.at};
}

std::vector<expr::Token> readable_tokens(const Text& text) {
  try {
    return expr::tokens(text);
  } catch (const Error&) {
    return {};  // reported where the text stands
  }
}

/// The text with an ending on some of its names.
Text renamed(const Text& text, const std::string& ending,
             const std::function<bool(const std::string&)>& wanted) {
  Text result{"", text.at};
  std::size_t done = 0;
  for (const auto& token : readable_tokens(text)) {
    if (token.kind != expr::Token::Kind::name || !wanted(std::string(token.text))) continue;
    const auto end = token.offset + token.text.size();
    result.value += text.value.substr(done, end - done) + ending;
    done = end;
  }
  result.value += text.value.substr(done);
  return result;
}

}  // namespace

Definitions interface_definitions(const Problem& problem) {
  Definitions result;
  for (const auto& shape : problem.domain.shapes)
    if (shape.use == Shape::Use::interface)
      result.emplace_back(shape.name, inside_text(shape, problem.domain));
  return result;
}

Definitions two_sided_definitions(const Problem& problem) {
  Scope fields;
  fields.coordinates = problem.domain.coordinates;
  fields.fields = problem.fields;
  std::set<std::string> known;
  const auto is_coordinate = [&](const std::string& name) {
    return expr::look_up(name, fields, 0).argument.kind == Argument::Kind::coordinate &&
           expr::look_up(name, fields, 0).kind == expr::Meaning::Kind::argument;
  };
  const auto is_sided = [&](const std::string& name) {
    return known.contains(name) ||
           (expr::look_up(name, fields, 0).kind == expr::Meaning::Kind::argument && !is_coordinate(name));
  };
  Definitions result;
  for (const auto& [name, text] : interface_definitions(problem)) {
    for (const auto* ending : {"_minus", "_plus"})
      result.emplace_back(name + ending, renamed(text, ending, is_coordinate));
    known.insert(name);
  }
  for (const auto& [name, text] : problem.definitions) {
    result.emplace_back(name, text);
    for (const auto* ending : {"_minus", "_plus"})
      result.emplace_back(name + ending, renamed(text, ending, is_sided));
    known.insert(name);
  }
  return result;
}

}  // namespace ddpinn
