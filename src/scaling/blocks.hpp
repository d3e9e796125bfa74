// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <vector>

namespace ddpinn {

/// Ranks as compact blocks of subdomains: a grid of ranks over a grid of subdomains, both as nearly cubic as
/// they come. Counts are real numbers, as far away as 10^5 ranks are from anything that is measured.
class Blocks {
 public:
  Blocks(int dimension, double subdomains, double ranks);

  /// Ranks around one in the middle; at least 1.
  double neighbours() const;
  /// Subdomains around its block, in blocks of other ranks; at least 1.
  double surface() const;

 private:
  std::vector<double> ranks_;  ///< per direction
  double edge_ = 1;            ///< subdomains of a block in each direction
};

}  // namespace ddpinn
