// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "problem/model.hpp"

#include <algorithm>
#include <cmath>
#include <vector>

namespace ddpinn {

/// All fields themselves, in their order, without derivatives.
inline std::vector<Derivative> values_of_fields(const Model& model) {
  std::vector<Derivative> values(model.fields.size());
  for (std::size_t f = 0; f < values.size(); ++f) values[f].field = f;
  return values;
}

/// The largest modulus; 0 of no values.
inline double largest(const std::vector<double>& values) {
  double result = 0;
  for (double v : values) result = std::max(result, std::abs(v));
  return result;
}

}  // namespace ddpinn
