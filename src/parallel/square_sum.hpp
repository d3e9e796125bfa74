// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "parallel/agree.hpp"

#include <numeric>
#include <optional>
#include <span>
#include <vector>

namespace ddpinn {

inline double square_sum(std::span<const double> values) {
  return std::inner_product(values.begin(), values.end(), values.begin(), 0.0);
}

/// That of all ranks' values. @note Collective.
inline double square_sum(const Communicator& comm, std::span<const double> values) {
  return sum(comm, square_sum(values));
}

/// The sum of squares of what `residual` returns; nothing where that is not finite on any rank.
/// @param residual throws an Error (Status::numerical) where it is not finite @note Collective.
template <class Residual>
std::optional<double> sum_of_squares(const Communicator& comm, Residual&& residual) {
  std::vector<double> rows;
  bool finite = true;
  collectively(comm, [&] {
    try {
      rows = residual();
    } catch (const Error& error) {
      if (error.status() != Status::numerical) throw;
      finite = false;
    }
  });
  if (any(comm, !finite)) return std::nullopt;
  return square_sum(comm, rows);
}

}  // namespace ddpinn
