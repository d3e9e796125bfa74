// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "assembly/congruence.hpp"
#include "assembly/rows.hpp"

#include <vector>

namespace ddpinn {

/// The numbers of this rank that a Jacobian of all output layers follows from: networks, boxes, windows and
/// enforcement at the rows' points in the boxes' own coordinates, slopes with their weights, and the order of
/// the rows. Where they are the same, as in time slabs of one length of an equation whose coefficients do not
/// change in time, so are Jacobian, compression and preconditioner. No communication.
class JacobianNumbers {
 public:
  JacobianNumbers(const Rows&, const Linearisation&);

  /// Whether they are the same but for rounding. Those with trained hidden layers, or of weak forms, are
  /// equal to nothing.
  bool equal(const JacobianNumbers&) const;

 private:
  void add_networks(const Rows&);
  void add_group(const Rows&, std::size_t group);
  void add_slopes(const GroupBasis::Linearised&);

  bool comparable_;
  std::vector<long long> order_;  ///< what is counted, and in which order
  DistinctNumbers::Columns columns_;
};

}  // namespace ddpinn
