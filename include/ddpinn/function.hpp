// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <cstddef>
#include <functional>
#include <span>
#include <string>
#include <vector>

namespace ddpinn {

/// A residual that is written in C++ instead of as an expression: a function of some arguments, taken point
/// by point, with its derivatives with respect to them.
struct Function {
  /// One call: columns of values at `points` points.
  struct Columns {
    std::size_t points = 0;
    std::vector<std::span<const double>> argument;  ///< one column for each of Function::arguments
    std::span<double> value;                        ///< to be filled
    /// To be filled, one column for each of Function::arguments, where derivatives are wanted; else empty. A
    /// column that is left alone is zero.
    std::vector<std::span<double>> derivative;
  };

  /// What it reads: names as in expressions (coordinates, fields and their derivatives such as "u_xx",
  /// normals such as "n_x", parameters, unknowns, definitions), or expressions of them, such as
  /// "exp(-x)*u_x".
  std::vector<std::string> arguments;
  /// Called on every rank for its own points, from one thread.
  std::function<void(const Columns&)> evaluate;
  /// Whether it is an affine function of fields, derivatives and unknowns together, which is then solved for
  /// in one step; its coefficients may depend on anything else.
  bool affine = false;
};

/// A function from one of a single point.
/// @param value of the arguments; fills the derivatives with respect to each of them, which are zero before
Function pointwise(
    std::vector<std::string> arguments,
    std::function<double(std::span<const double> argument, std::span<double> derivative)> value,
    bool affine = false);

}  // namespace ddpinn
