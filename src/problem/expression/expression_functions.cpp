// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "problem/expression/expression_functions.hpp"

#include <ATen/ATen.h>

#include <array>
#include <cmath>

namespace ddpinn::expr {
namespace {

double sign(double x) { return (x > 0) - (x < 0); }
// Like LibTorch's, these two pass NaN on; std::fmin and std::fmax don't.
double minimum(double a, double b) { return std::isnan(a) || a < b ? a : b; }
double maximum(double a, double b) { return std::isnan(a) || a > b ? a : b; }

constexpr bool fragile = true;

constexpr Function unary(std::string_view name, double (*number)(double),
                         at::Tensor (*tensor)(const at::Tensor&), bool is_fragile = false) {
  return {name, 1, number, nullptr, tensor, nullptr, is_fragile};
}

constexpr Function binary(std::string_view name, double (*number)(double, double),
                          at::Tensor (*tensor)(const at::Tensor&, const at::Tensor&),
                          bool is_fragile = false) {
  return {name, 2, nullptr, number, nullptr, tensor, is_fragile};
}

const std::array<Function, 20> table = {
    unary("sin", std::sin, at::sin),
    unary("cos", std::cos, at::cos),
    unary("tan", std::tan, at::tan),
    unary("asin", std::asin, at::asin, fragile),
    unary("acos", std::acos, at::acos, fragile),
    unary("atan", std::atan, at::atan),
    unary("sinh", std::sinh, at::sinh, fragile),
    unary("cosh", std::cosh, at::cosh, fragile),
    unary("tanh", std::tanh, at::tanh),
    unary("exp", std::exp, at::exp, fragile),
    unary("log", std::log, at::log, fragile),
    unary("sqrt", std::sqrt, at::sqrt, fragile),
    unary("abs", std::fabs, at::abs),
    unary("sign", sign, at::sign),
    unary("erf", std::erf, at::erf),
    unary("erfc", std::erfc, at::erfc),
    binary("atan2", std::atan2, at::atan2, fragile),
    binary("minimum", minimum, at::minimum),
    binary("maximum", maximum, at::maximum),
    binary("hypot", std::hypot, at::hypot, fragile),
};

}  // namespace

std::span<const Function> functions() { return table; }

const Function* find_function(std::string_view name) {
  for (const auto& function : table)
    if (function.name == name) return &function;
  return nullptr;
}

}  // namespace ddpinn::expr
