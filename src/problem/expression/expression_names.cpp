// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "problem/expression/expression_names.hpp"

#include "base/text.hpp"
#include "problem/expression/expression_functions.hpp"

#include <algorithm>
#include <map>
#include <numbers>

namespace ddpinn::expr {
namespace {

/// "u_x_plus" as "u_x" and the side; the side is `here` where the name does not end so.
std::pair<std::string, Side> split_side(const std::string& name) {
  for (const auto& [ending, side] : {std::pair("_minus", Side::minus), std::pair("_plus", Side::plus)})
    if (const std::string end = ending; name.size() > end.size() && name.ends_with(end))
      return {name.substr(0, name.size() - end.size()), side};
  return {name, Side::here};
}

int find(const std::vector<std::string>& names, const std::string& name) {
  const auto found = std::find(names.begin(), names.end(), name);
  return found == names.end() ? -1 : static_cast<int>(found - names.begin());
}

/// The part after "BASE_", or nothing where the name does not begin so.
std::string suffix(const std::string& name, const std::string& base) {
  return name.starts_with(base + "_") ? name.substr(base.size() + 1) : std::string();
}

std::string list(const std::vector<std::string>& words) {
  std::string result;
  for (const auto& word : words) result += (result.empty() ? "" : ", ") + word;
  return result;
}

bool all_coordinates(const std::string& letters, const Scope& scope) {
  return !letters.empty() && std::all_of(letters.begin(), letters.end(), [&](char c) {
    return find(scope.coordinates, std::string(1, c)) >= 0;
  });
}

/// The field with the longest name that `name` begins with, so that the rest can be a derivative; or -1.
int field_of(const std::string& name, const std::vector<std::string>& fields, const Scope& scope,
             bool complete) {
  int best = -1;
  for (std::size_t i = 0; i < fields.size(); ++i) {
    const std::string letters = suffix(name, fields[i]);
    if (letters.empty() || (complete && !all_coordinates(letters, scope))) continue;
    if (best < 0 || fields[i].size() > fields[best].size()) best = i;
  }
  return best;
}

Meaning field_meaning(int field, const std::string& letters, const Scope& scope) {
  Meaning meaning;
  meaning.kind = Meaning::Kind::argument;
  meaning.argument.kind = Argument::Kind::field;
  meaning.argument.derivative.field = field;
  for (char c : letters) {
    const int direction = find(scope.coordinates, std::string(1, c));
    ++meaning.argument.derivative.alpha[direction];
  }
  return meaning;
}

/// The direction of a component of the normal; or -1.
int normal_direction(const std::string& name, const Scope& scope) {
  return scope.normals ? find(scope.coordinates, suffix(name, "n")) : -1;
}

/// A coordinate, a component of the normal, an unknown, a given column: all but fields are known by a number.
Meaning indexed_meaning(Argument::Kind kind, int index) {
  Meaning meaning;
  meaning.kind = Meaning::Kind::argument;
  meaning.argument.kind = kind;
  meaning.argument.index = index;
  return meaning;
}

/// A coordinate, field or derivative on one side of an interface.
Meaning sided_meaning(const std::string& name, const Scope& scope) {
  const auto [base, side] = split_side(name);
  if (side == Side::here) return {};
  if (const int i = find(scope.coordinates, base); i >= 0) {
    auto meaning = indexed_meaning(Argument::Kind::coordinate, i);
    meaning.argument.side = side;
    return meaning;
  }
  int field = find(scope.fields, base);
  const bool whole = field >= 0;
  if (!whole) field = field_of(base, scope.fields, scope, true);
  if (field < 0) return {};
  auto meaning = field_meaning(field, whole ? "" : suffix(base, scope.fields[field]), scope);
  meaning.argument.derivative.side = side;
  return meaning;
}

/// Whether the name means something only with the ending of a side: fields, derivatives, names of interfaces.
bool needs_side(const std::string& name, const Scope& scope) {
  if (!scope.two_sided) return false;
  const auto is_inside = [&](const auto& definition) { return definition.first == name + "_minus"; };
  return find(scope.fields, name) >= 0 || field_of(name, scope.fields, scope, true) >= 0 ||
         std::ranges::any_of(scope.definitions, is_inside);
}

Meaning constant_meaning(const std::string& name, const Scope& scope) {
  for (const auto& [parameter, value] : scope.parameters)
    if (parameter == name) return {.kind = Meaning::Kind::number, .number = value, .argument = {}};
  if (name == "pi") return {.kind = Meaning::Kind::number, .number = std::numbers::pi, .argument = {}};
  return {};
}

std::vector<std::string> variables(const Scope& scope, std::size_t visible) {
  std::vector<std::string> names = scope.coordinates;
  for (const auto& field : scope.fields)
    for (const auto* side : scope.two_sided ? std::vector{"_minus", "_plus"} : std::vector{""})
      names.push_back(field + side);
  names.insert(names.end(), scope.unknowns.begin(), scope.unknowns.end());
  for (const auto& parameter : scope.parameters) names.push_back(parameter.first);
  for (std::size_t i = 0; i < visible; ++i) names.push_back(scope.definitions[i].first);
  names.emplace_back("pi");
  return names;
}

std::string derivative_remedy(const std::string& field, const Scope& scope) {
  const std::string letters = scope.coordinates.front() + scope.coordinates.back();
  return "the coordinates are " + list(scope.coordinates) + "); derivatives are written as " + field +
         "_ and coordinates, such as " + field + "_" + letters;
}

/// About names that begin with something known and go on with an underscore; empty for others.
std::string explain_suffix(const std::string& name, const Scope& scope, std::size_t visible) {
  const std::string unknown = "unknown name '" + name + "' (";
  const int field = field_of(name, scope.fields, scope, false);
  if (field >= 0) return unknown + derivative_remedy(scope.fields[field], scope);
  for (std::size_t i = 0; i < visible; ++i)
    if (const std::string& base = scope.definitions[i].first; !suffix(name, base).empty())
      return unknown + "'" + base + "' is a definition, and derivatives of these are written as d(" + base +
             ", ...)); write d(" + base + ", " + scope.coordinates.front() + ")";
  if (all_coordinates(suffix(name, "n"), scope)) {
    if (suffix(name, "n").size() > 1)
      return unknown + "a component of the normal has one coordinate); write a product such as n_" +
             scope.coordinates.front() + "*n_" + scope.coordinates.back();
    return unknown + "the normal is known only in the residuals of conditions); use coordinates instead";
  }
  return {};
}

/// The forbidden field that the name is, or is a derivative of; or -1.
int forbidden_field(const std::string& name, const Scope& scope) {
  return std::max(find(scope.forbidden_fields, name), field_of(name, scope.forbidden_fields, scope, true));
}

std::string explain_forbidden(const std::string& name, const Scope& scope) {
  if (find(scope.forbidden_unknowns, name) >= 0)
    return "'" + name +
           "' can't be used here (it is one of the [unknowns], which are known in the residuals of equations "
           "and conditions only); use a parameter";
  const std::string& field = scope.forbidden_fields[forbidden_field(name, scope)];
  return "'" + name + "' can't be used here (it is a " +
         (field == name ? std::string("field") : "derivative of the field '" + field + "'") +
         ", and only coordinates, parameters and definitions made of these are known here); use these only";
}

std::string guess(const std::string& name, const std::vector<std::string>& known,
                  const std::string& otherwise) {
  const auto nearest = nearest_name(name, known);
  return nearest ? "did you mean '" + *nearest + "'?" : otherwise;
}

/// What an unknown name could be that resembles no known one.
std::string make_known(const std::string& name, const Scope& scope) {
  const std::string define = "define it in [parameters] or [definitions]";
  if (scope.fields.empty()) return define;
  const auto end = name.find('_');
  const bool derivative = end != std::string::npos && end > 0 && all_coordinates(name.substr(end + 1), scope);
  if (!derivative) return define + ", or list it in fields";
  return "if '" + name.substr(0, end) + "' is a field, list it in fields";
}

/// What a function of other languages is here; empty for names that none of them has.
std::string in_these_words(const std::string& name) {
  static const std::map<std::string, std::string> words{
      {"min", "write minimum(a, b)"},
      {"fmin", "write minimum(a, b)"},
      {"max", "write maximum(a, b)"},
      {"fmax", "write maximum(a, b)"},
      {"ln", "the natural logarithm is log"},
      {"log10", "write log(a)/log(10)"},
      {"log2", "write log(a)/log(2)"},
      {"pow", "write a**b"},
      {"power", "write a**b"},
      {"fabs", "write abs(a)"},
      {"sgn", "write sign(a)"},
      {"arcsin", "write asin(a)"},
      {"arccos", "write acos(a)"},
      {"arctan", "write atan(a)"},
      {"arctan2", "write atan2(y, x)"},
      {"if", "write where(condition, a, b)"},
      {"ifelse", "write where(condition, a, b)"},
      {"select", "write where(condition, a, b)"},
      {"piecewise", "write where(condition, a, b)"},
      {"heaviside", "write where(a > 0, 1, 0)"},
      {"step", "write where(a > 0, 1, 0)"},
      {"diff", "the derivative of an expression is d(expression, x)"},
      {"grad", "the derivative of an expression is d(expression, x), one for each coordinate"},
  };
  const auto found = words.find(name);
  return found == words.end() ? "" : found->second;
}

std::vector<std::string> function_names() {
  std::vector<std::string> names{"where", "d"};
  for (const auto& function : functions()) names.emplace_back(function.name);
  return names;
}

}  // namespace

Meaning look_up(const std::string& name, const Scope& scope, std::size_t visible) {
  if (const int i = find(scope.given, name); i >= 0) return indexed_meaning(Argument::Kind::given, i);
  if (const int i = find(scope.coordinates, name); i >= 0)
    return indexed_meaning(Argument::Kind::coordinate, i);
  const int whole = scope.two_sided ? -1 : find(scope.fields, name);
  if (whole >= 0) return field_meaning(whole, "", scope);
  if (const int i = find(scope.unknowns, name); i >= 0) return indexed_meaning(Argument::Kind::unknown, i);
  if (const Meaning constant = constant_meaning(name, scope); constant.kind == Meaning::Kind::number)
    return constant;
  for (std::size_t i = 0; i < visible; ++i)
    if (scope.definitions[i].first == name)
      return {.kind = Meaning::Kind::definition, .argument = {}, .definition = i};
  const int field = scope.two_sided ? -1 : field_of(name, scope.fields, scope, true);
  const int normal = normal_direction(name, scope);
  if (scope.two_sided && normal < 0) return sided_meaning(name, scope);
  if (field >= 0 && normal >= 0) return {};
  if (field >= 0) return field_meaning(field, suffix(name, scope.fields[field]), scope);
  return normal >= 0 ? indexed_meaning(Argument::Kind::normal, normal) : Meaning{};
}

std::string explain_unknown(const std::string& name, const Scope& scope, std::size_t visible) {
  for (std::size_t i = visible; i < scope.definitions.size(); ++i)
    if (scope.definitions[i].first == name)
      return "the definition '" + name +
             "' is not known yet (a definition may use only those before it); move it before this one";
  if (normal_direction(name, scope) >= 0)
    return "'" + name +
           "' is ambiguous (a derivative of the field 'n', and a component of the normal); rename the field";
  if (needs_side(name, scope))
    return "'" + name + "' has two values on an interface (one on each side); write " + name + "_minus or " +
           name + "_plus: inside or outside of its shape";
  if (is_forbidden(name, scope)) return explain_forbidden(name, scope);
  if (const std::string text = explain_suffix(name, scope, visible); !text.empty()) return text;
  if (name == "if" || name == "else")
    return "'" + name +
           "' is not part of the language (expressions have no statements); write where(condition, a, b)";
  const std::vector<std::string> known = variables(scope, visible);
  return "unknown name '" + name + "' (known are " + list(known) + "); " +
         guess(name, known, make_known(name, scope));
}

std::string explain_unknown_function(const std::string& name) {
  const std::vector<std::string> known = function_names();
  const auto here = in_these_words(name);
  return "unknown function '" + name + "' (known are " + list(known) + "); " +
         (here.empty() ? guess(name, known, "write it with these") : here);
}

bool is_forbidden(const std::string& name, const Scope& scope) {
  return needs_side(name, scope) || find(scope.forbidden_unknowns, name) >= 0 ||
         forbidden_field(name, scope) >= 0;
}

}  // namespace ddpinn::expr
