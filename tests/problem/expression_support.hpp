// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "problem/expression/expression.hpp"

#include <functional>
#include <string>
#include <vector>

namespace ddpinn::test {

/// Coordinates x, y; fields u, v, u_s; parameter k = 3; definitions f (of position) and r (of fields);
/// normals.
inline Scope example_scope() {
  Scope scope;
  scope.coordinates = {"x", "y"};
  scope.fields = {"u", "v", "u_s"};
  scope.parameters = {{"k", 3.0}};
  scope.definitions = {{"f", {"k*sin(pi*x)", {"case.toml", 3, 6}}},
                       {"r", {"u_xx + u_yy + f", {"case.toml", 4, 6}}}};
  scope.normals = true;
  return scope;
}

inline Text text_of(const std::string& value) { return {value, {"case.toml", 12, 13}}; }

inline Expression compile(const std::string& value) { return Expression(text_of(value), example_scope()); }

/// The columns that an expression asks for, from a rule that gives the value of an argument at a point.
class Columns {
 public:
  Columns(const Expression& expression, std::size_t n,
          const std::function<double(const Argument&, std::size_t)>& rule) {
    for (const auto& argument : expression.arguments()) {
      auto& column = values_.emplace_back(n);
      for (std::size_t i = 0; i < n; ++i) column[i] = rule(argument, i);
    }
    spans_.assign(values_.begin(), values_.end());
  }
  std::span<const std::span<const double>> spans() const { return spans_; }

 private:
  std::vector<std::vector<double>> values_;
  std::vector<std::span<const double>> spans_;
};

/// The value of an expression of x and y at one point.
inline double value_at(const std::string& value, double x, double y) {
  const Point point{x, y, 0, 0};
  return compile(value).at({&point, 1}).front();
}

}  // namespace ddpinn::test
