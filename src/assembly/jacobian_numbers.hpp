// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "assembly/congruence.hpp"
#include "assembly/rows.hpp"

#include <vector>

namespace ddpinn {

/// Whether networks of different subdomains can be the same: they have no hidden layers, or share random
/// ones.
bool may_be_congruent(const NetworkFamily&);

/// The numbers that the Jacobian of a block's rows follows from: places of the rows, the box, and by group
/// coordinates, windows and enforcement in the box's own coordinates, and weighted slopes. Blocks of networks
/// that are the same have the same matrix where they have the same numbers.
DistinctNumbers::Columns block_numbers(const Rows&, const Block&, const Linearisation&);

/// The Jacobian's blocks of this rank, one after the other. Where the rows may look for congruent subdomains,
/// those with the same numbers are one matrix.
class CongruentBlocks {
 public:
  CongruentBlocks(const Rows&, const Linearisation&);

  /// Makes that of the first block that has none.
  void add_next();
  SharedMatrices all() && { return std::move(all_); }

 private:
  const Rows* rows_;
  const Linearisation* linear_;
  bool looks_;
  SharedMatrices all_;
  DistinctNumbers distinct_;
  std::vector<SharedMatrix> of_kind_;
};

/// The same of all blocks of this rank, with their networks and the order of the rows. Where they are the
/// same, as in time slabs of one length of an equation whose coefficients do not change in time, so are
/// Jacobian, compression and preconditioner. No communication.
class JacobianNumbers {
 public:
  JacobianNumbers(const Rows&, const Linearisation&);

  /// Whether they are the same but for rounding. Those with trained hidden layers, or of weak forms, are
  /// equal to nothing.
  bool equal(const JacobianNumbers&) const;

 private:
  bool comparable_;
  std::vector<long long> order_;  ///< what is counted, and in which order
  DistinctNumbers::Columns columns_;
};

}  // namespace ddpinn
