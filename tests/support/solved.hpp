// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "problem/case/case_file.hpp"

#include <ddpinn/solve.hpp>

#include <fmt/format.h>

#include <string>
#include <vector>

namespace ddpinn::test {

/// A case, solved by all ranks. @note Collective.
inline Solved solved(const std::string& text, const std::vector<std::string>& overrides = {}) {
  return solve(parse_case(text, "test.toml", overrides), MPI_COMM_WORLD);
}

/// An expression of the fields at a point. @note Collective.
inline double at(const Solved& solved, const std::vector<double>& x, const std::string& expression) {
  return solved.fields.evaluate({x}, {expression})[0][0];
}

/// Of the first field, relative, where the case tells its exact solution. @note Collective.
inline double error(Solved& solved) {
  judge(solved);
  return solved.result.errors.at(0).l2_relative;
}

/// Polynomials on subdomains, "[4, 4]".
inline std::string numerics(const std::string& subdomains, int degree) {
  return fmt::format("[decomposition]\nsubdomains = {}\n[network]\nhidden = [0]\npolynomial_degree = {}\n",
                     subdomains, degree);
}

inline const std::string unit_line = "[domain]\ncoordinates = [\"x\"]\nlower = [0]\nupper = [1]\n";
inline const std::string unit_square =
    "[domain]\ncoordinates = [\"x\", \"y\"]\nlower = [0, 0]\nupper = [1, 1]\n";

}  // namespace ddpinn::test
