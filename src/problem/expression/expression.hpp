// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "base/multi_index.hpp"
#include "geometry/side.hpp"

#include <ddpinn/problem.hpp>

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace ddpinn {

/// A field or one of its derivatives: `u`, `u_x`, `u_xy`.
struct Derivative {
  int field = 0;
  MultiIndex alpha{};
  Side side = Side::here;  ///< `u_x_plus`
  friend bool operator==(const Derivative&, const Derivative&) = default;
};

/// What an expression's value is.
enum class Value { any, number, condition };

/// The names that an expression may use.
struct Scope {
  std::vector<std::string> coordinates;
  std::vector<std::string> fields;  ///< empty where fields and derivatives are not allowed
  std::vector<std::pair<std::string, double>> parameters;  ///< `pi` is there already
  std::vector<std::pair<std::string, Text>> definitions;   ///< in order; each may use those before it
  bool normals = false;  ///< whether the outward normal n_x, n_y, ... is allowed
  std::vector<std::string> forbidden_fields =
      {};                                  ///< that exist, but may not be used here; for messages only
  std::vector<std::string> unknowns = {};  ///< scalars that are identified with the fields
  std::vector<std::string> forbidden_unknowns = {};  ///< as forbidden_fields
  std::vector<std::string> given = {};  ///< columns of known values, one per point: observations, traces
  Value expected = Value::any;          ///< where only numbers or conditions make sense
  bool two_sided = false;               ///< on interfaces: fields and derivatives end with _minus or _plus
};

/// One argument of a compiled expression.
struct Argument {
  enum class Kind { coordinate, normal, field, unknown, given };
  Kind kind = Kind::coordinate;
  int index = 0;  ///< coordinate, normal: the direction; unknown, given: its place in the scope's list
  Derivative derivative;   ///< field
  Side side = Side::here;  ///< coordinate: of a point on an interface, moved a little to this side
  friend bool operator==(const Argument&, const Argument&) = default;

  /// Whether it is solved for, so that linearisations have a derivative with respect to it.
  bool sought() const { return kind == Kind::field || kind == Kind::unknown; }
};

/// An expression evaluated by LibTorch: a function of columns of n values each, evaluated elementwise.
/// Conditions (comparisons, and what `and`, `or`, `not` make of them) have the values 1 and 0.
///
/// Each branch of where(c, a, b) is evaluated at its own points only, so what is infinite or NaN in the other
/// one spoils neither values nor derivatives: where(x > 0, sqrt(x), 0) is safe. sqrt(maximum(x, 0)) is not:
/// at x < 0 the chain rule multiplies infinity by 0. Cheap to copy (copies share the program). Not
/// thread-safe.
class Expression {
 public:
  /// @throws Error (Status::case_file) with file, line, column, the line's text and a caret: syntax, unknown
  /// name (with the nearest known one), wrong number of function arguments, a derivative of a definition, ...
  Expression(const Text& text, const Scope& scope);

  /// The arguments that the expression uses, each once; the order in which columns are passed.
  const std::vector<Argument>& arguments() const;

  /// Whether the expression is an affine function of the fields, their derivatives and the unknowns together
  /// (coefficients may depend on anything else), decided on the expression's structure; "no" where that is
  /// not certain.
  bool affine_in_fields() const;

  /// Whether the values are those of a condition, 1 and 0.
  bool condition() const;

  /// Whether any field or derivative is among the arguments.
  bool uses_fields() const;

  /// Values at n points. @param columns one span of n values for each of `arguments()`
  std::vector<double> evaluate(std::span<const std::span<const double>> columns, std::size_t n) const;

  struct Linearisation {
    std::vector<double> value;  ///< n values
    std::vector<std::vector<double>>
        derivative;  ///< for each of `arguments()`: n values for a field or an unknown, else empty
  };
  /// Values and the partial derivatives with respect to every field and unknown.
  Linearisation linearise(std::span<const std::span<const double>> columns, std::size_t n) const;

  /// Derivatives with respect to the coordinates, of an expression of coordinates only.
  /// @param points n points @param alphas which derivatives @returns one column of n values for each of
  /// `alphas`
  std::vector<std::vector<double>> differentiate(std::span<const Point> points,
                                                 std::span<const MultiIndex> alphas) const;

  /// The partial derivative with respect to one of its arguments, as an expression.
  Expression derivative(const Argument& argument) const { return derivative(std::vector{argument}); }
  /// The sum of those with respect to several.
  Expression derivative(const std::vector<Argument>&) const;

  /// Functions of the coordinates alone that change sign where it changes: of conditions, such as those by
  /// which `where` chooses, each as a whole, of sign, abs, minimum and maximum.
  std::vector<Expression> switches() const;

  /// Values at points, of an expression of coordinates only.
  std::vector<double> at(std::span<const Point> points) const;

 private:
  struct Impl;
  explicit Expression(std::shared_ptr<const Impl> impl) : impl_(std::move(impl)) {}

  std::shared_ptr<const Impl> impl_;
};

}  // namespace ddpinn
