// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "problem/case/case_file.hpp"
#include "run/grid_solution.hpp"

#include <fmt/format.h>
#include <cmath>
#include <string>
#include <vector>

namespace ddpinn::test {

/// A case on the unit box of these coordinates (single letters).
inline std::string on_the_box(const std::string& coordinates, const std::string& statements,
                              const std::string& domain = "") {
  std::string names, zeros, ones;
  for (char c : coordinates) {
    names += fmt::format("{}\"{}\"", names.empty() ? "" : ", ", c);
    zeros += zeros.empty() ? "0" : ", 0";
    ones += ones.empty() ? "1" : ", 1";
  }
  return fmt::format("[domain]\ncoordinates = [{}]\nlower = [{}]\nupper = [{}]\n{}{}", names, zeros, ones,
                     domain, statements);
}

inline std::string equation_of(const std::string& residual) {
  return "[[equation]]\nresidual = \"" + residual + "\"\n";
}

/// @param on a list in TOML: '"x.lower", "x.upper"'
inline std::string condition_on(const std::string& on, const std::string& residual) {
  return "[[condition]]\non = [" + on + "]\nresidual = \"" + residual + "\"\n";
}

inline std::string exact_is(const std::string& u) { return "[exact]\nu = \"" + u + "\"\n"; }

/// For on_the_box: a shape, by its keys in TOML. @param use "remove", "keep" or "interface"
inline std::string shape_of(const std::string& use, const std::string& name, const std::string& shape) {
  return "[[domain." + use + "]]\nname = \"" + name + "\"\n" + shape + "\n";
}

inline Model model_of(const std::string& text) { return compile(parse_case(text, "test.toml").problem); }

/// The order of convergence in the maximum norm from n to 2 n cells, by field.
/// @param order of the differences
inline std::vector<double> orders(const Communicator& comm, const std::string& text, int n, int order = 2) {
  const auto model = model_of(text);
  const auto coarse = exact_errors(model, solve_on_grid(comm, model, {n}, order));
  const auto fine = exact_errors(model, solve_on_grid(comm, model, {2 * n}, order));
  std::vector<double> result;
  for (std::size_t f = 0; f < coarse.size(); ++f)
    result.push_back(std::log2(coarse[f].largest / fine[f].largest));
  return result;
}

}  // namespace ddpinn::test
