// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "problem/expression/expression_functions.hpp"

#include <array>
#include <cmath>

namespace ddpinn::expr {
namespace {

double sign(double x) { return (x > 0) - (x < 0); }
// Like LibTorch's, these two pass NaN on; std::fmin and std::fmax don't.
double minimum(double a, double b) { return std::isnan(a) || a < b ? a : b; }
double maximum(double a, double b) { return std::isnan(a) || a > b ? a : b; }

constexpr double (*none)(double) = nullptr;
using Unary = double (*)(double);
using Binary = double (*)(double, double);

const std::array<Function, 20> table = {{
    {"sin", "torch.sin", 1, false, Unary(std::sin)},
    {"cos", "torch.cos", 1, false, Unary(std::cos)},
    {"tan", "torch.tan", 1, false, Unary(std::tan)},
    {"asin", "torch.asin", 1, true, Unary(std::asin)},
    {"acos", "torch.acos", 1, true, Unary(std::acos)},
    {"atan", "torch.atan", 1, false, Unary(std::atan)},
    {"sinh", "torch.sinh", 1, true, Unary(std::sinh)},
    {"cosh", "torch.cosh", 1, true, Unary(std::cosh)},
    {"tanh", "torch.tanh", 1, false, Unary(std::tanh)},
    {"exp", "torch.exp", 1, true, Unary(std::exp)},
    {"log", "torch.log", 1, true, Unary(std::log)},
    {"sqrt", "torch.sqrt", 1, true, Unary(std::sqrt)},
    {"abs", "torch.abs", 1, false, Unary(std::fabs)},
    {"sign", "torch.sign", 1, false, sign},
    {"erf", "torch.erf", 1, false, Unary(std::erf)},
    {"erfc", "torch.erfc", 1, false, Unary(std::erfc)},
    {"atan2", "torch.atan2", 2, true, none, Binary(std::atan2)},
    {"minimum", "torch.minimum", 2, false, none, minimum},
    {"maximum", "torch.maximum", 2, false, none, maximum},
    {"hypot", "torch.hypot", 2, true, none, Binary(std::hypot)},
}};

}  // namespace

std::span<const Function> functions() { return table; }

const Function* find_function(std::string_view name) {
  for (const auto& function : table)
    if (function.name == name) return &function;
  return nullptr;
}

}  // namespace ddpinn::expr
