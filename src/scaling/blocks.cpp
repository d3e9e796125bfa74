// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "scaling/blocks.hpp"

#include <algorithm>
#include <cmath>

namespace ddpinn {

Blocks::Blocks(int dimension, double subdomains, double ranks) {
  ranks_.assign(dimension, 1.0);
  for (double left = ranks; left > 1; left /= 2)  // in halves, as subdomains are shared out
    *std::ranges::min_element(ranks_) *= std::min(2.0, left);
  edge_ = std::max(1.0, std::pow(subdomains / ranks, 1.0 / dimension));
}

double Blocks::neighbours() const {
  double product = 1;
  for (double count : ranks_) product *= std::min(3.0, count);
  return std::max(1.0, product - 1);
}

double Blocks::surface() const {
  double outer = 1, inner = 1;
  for (double count : ranks_) {
    outer *= edge_ + std::min(2.0, count - 1);
    inner *= edge_;
  }
  return std::max(1.0, outer - inner);
}

}  // namespace ddpinn
