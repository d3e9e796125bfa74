// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "problem/expression/expression.hpp"

#include <array>
#include <complex>
#include <optional>
#include <vector>

namespace ddpinn {

/// coefficient * d^alpha field
struct Term {
  Derivative derivative;
  double coefficient = 0;
};

/// Linear equations with constant coefficients, as many as fields.
struct LinearSystem {
  std::vector<std::vector<Term>> equations;
  std::vector<int> fields;
};

/// The ansatz exp(sum_k (z normal_k + tangent_k) x_k): d/dx_k is a product with z normal_k + tangent_k.
struct Wave {
  std::array<double, max_dimension> normal{};
  std::array<std::complex<double>, max_dimension> tangent{};
};

/// In ascending powers, the last coefficient not zero; empty: zero.
using Polynomial = std::vector<std::complex<double>>;

/// The determinant of the system's symbol, a polynomial in z: its roots are the waves that solve the system,
/// and its degree is the order of the system along the normal. Coefficients that are rounding only are zero.
Polynomial symbol(const LinearSystem&, const Wave&);

/// All roots (Durand and Kerner's iteration); none where it does not converge.
std::optional<std::vector<std::complex<double>>> roots(Polynomial);

/// How many of the waves decay along the normal, for high frequencies along the boundary: that many
/// conditions a boundary with this inward normal needs (Kreiss 1970; for elliptic systems Agmon, Douglis and
/// Nirenberg 1964). None where some neither grow nor decay, so that it depends on what happens elsewhere.
/// @param inward normal of the boundary; its component in time is zero @param width of the domain by
/// direction
/// @param time direction of t, or -1
std::optional<int> incoming(const LinearSystem&, const Point& inward, const Point& width, int dimension,
                            int time);

}  // namespace ddpinn
