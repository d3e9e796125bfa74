// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "assembly/normal_blocks.hpp"

#include <map>
#include <vector>

namespace ddpinn {

/// A Z, what the normal matrix makes of the coarse basis, as dense blocks: with it the coarse correction
/// needs no product with A, which has some fifteen times as many entries.
class CoarseImage {
 public:
  /// A_lm Z_m by (l, m).
  using Blocks = std::map<NormalBlocks::Pair, SharedMatrix>;

  /// This rank's part of A Z, from its pairs of A and the bases of all subdomains in them.
  static Blocks blocks(const NormalBlocks&, const std::map<int, SharedMatrix>& basis);

  /// @param coarse which coarse unknowns belong to which subdomain; kept by reference
  /// @note Collective.
  CoarseImage(const JacobianOperator&, const DofLayout& coarse, const Blocks&);

  /// r -= A Z c. @note Collective.
  void subtract(::Vec c, ::Vec r) const;
  /// c = (A Z)^T v. @note Collective.
  void multiply_transposed(::Vec v, ::Vec c) const;

 private:
  /// This rank's part of the rows of one subdomain.
  struct Row {
    int subdomain = 0;
    std::vector<int> columns;  ///< subdomains whose coarse functions reach it
    SharedMatrix block;        ///< their parts side by side
  };

  const DofLayout* coarse_;
  std::vector<Row> rows_;
  GhostExchange fine_ghosts_, coarse_ghosts_;
};

}  // namespace ddpinn
