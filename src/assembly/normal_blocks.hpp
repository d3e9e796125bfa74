// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "assembly/jacobian_operator.hpp"
#include "parallel/rounds.hpp"

#include <map>
#include <utility>
#include <vector>

namespace ddpinn {

/// The blocks A_lm = J_l^T J_m of the normal matrix, summed over the rows of all ranks. A pair l <= m is kept
/// by the owner of l; pairs of which all blocks of J are the same, and stand to each other in the same way,
/// have one. Networks interact where they share rows, that is, with their neighbours.
class NormalBlocks {
 public:
  using Pair = std::pair<int, int>;

  /// @throws Interrupted @note Collective.
  explicit NormalBlocks(const JacobianOperator&, const StopTest& stop = {});

  /// These with numbers added to the diagonal.
  /// @param diagonal for each subdomain of this rank as many as it has unknowns
  NormalBlocks with_diagonal(const std::map<int, std::vector<double>>& diagonal) const;

  /// The pairs whose first subdomain this rank owns.
  const std::map<Pair, SharedMatrix>& owned() const { return blocks_; }

  /// The subdomains that share rows with subdomain k, ascending, with k itself; for every k, on every rank.
  const std::vector<int>& neighbours(int k) const { return neighbours_[k]; }

 private:
  void find_neighbours(const Communicator&, int subdomains);

  std::map<Pair, SharedMatrix> blocks_;
  std::vector<std::vector<int>> neighbours_;
};

}  // namespace ddpinn
