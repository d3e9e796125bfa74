// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "assembly/normal_blocks.hpp"

#include <map>
#include <vector>

namespace ddpinn {

/// The coarse functions on the subdomains: Z_k, and which boxes (coarse_boxes.hpp) its columns belong to, one
/// after the other.
struct CoarseFunctions {
  SharedMatrix z;
  std::vector<int> boxes;
};

/// A Z, what the normal matrix makes of the coarse basis, as dense blocks: with it the coarse correction
/// needs no product with A, which has some fifteen times as many entries.
class CoarseImage {
 public:
  /// This rank's part of A Z, from its pairs of A and the functions on all subdomains in them.
  /// @param coarse which coarse unknowns belong to which box
  /// @note Collective.
  CoarseImage(const JacobianOperator&, const NormalBlocks&, const DofLayout& coarse,
              const std::map<int, CoarseFunctions>&);

  /// r -= A Z c. @note Collective.
  void subtract(::Vec c, ::Vec r) const;
  /// c = (A Z)^T v. @note Collective.
  void multiply_transposed(::Vec v, ::Vec c) const;

  /// This rank's part of the rows of one subdomain.
  struct Row {
    int subdomain = 0;
    std::vector<int> boxes;  ///< whose coarse functions reach it, ascending
    SharedMatrix block;      ///< their parts side by side
  };
  const std::vector<Row>& rows() const { return rows_; }

 private:
  CoarseImage(const JacobianOperator&, const DofLayout& coarse, std::vector<Row>);
  void find_batches(const DofLayout& coarse);

  /// Rows that have one matrix, which multiplies all of them at once.
  struct Batch {
    SharedMatrix block;
    std::vector<std::size_t> fine;                       ///< by row: its place among the fine unknowns
    std::vector<std::vector<std::size_t>> coarse, size;  ///< by row and box: place and number of its unknowns
  };

  std::vector<Row> rows_;
  std::vector<Batch> batches_;
  GhostExchange fine_ghosts_, coarse_ghosts_;
};

}  // namespace ddpinn
