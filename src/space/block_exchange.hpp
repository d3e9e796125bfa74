// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "dense/shared_matrices.hpp"
#include "parallel/communicator.hpp"

#include <vector>

namespace ddpinn {

/// A dense block that belongs to one or two subdomains, on its way to or from a rank.
struct TaggedBlock {
  int rank = 0;  ///< where it goes, or where it comes from
  int first = 0;
  int second = 0;
  Matrix block;
};

/// Sends blocks, those to one rank in one message, and receives what others sent here (and what this rank
/// sent to itself, which is moved), sorted by sender; blocks of one sender stay in order. @note Collective.
std::vector<TaggedBlock> exchange_blocks(const Communicator&, std::vector<TaggedBlock> outgoing);

/// A block of which many may be one matrix.
struct SharedBlock {
  int rank = 0;  ///< where it goes, or where it comes from
  int first = 0;
  int second = 0;
  SharedMatrix block;
};

/// The same. A matrix is sent once to each rank, and is one matrix there; on this rank it is the same one.
/// @note Collective.
std::vector<SharedBlock> exchange_blocks(const Communicator&, std::vector<SharedBlock> outgoing);

}  // namespace ddpinn
