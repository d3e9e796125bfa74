// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "problem/highest_order.hpp"

#include <algorithm>

namespace ddpinn {

int highest_order(const Statement& statement) {
  int highest = 0;
  for (const auto& argument : statement.residual.arguments())
    if (argument.kind == Argument::Kind::field) highest = std::max(highest, order(argument.derivative.alpha));
  return highest;
}

}  // namespace ddpinn
