// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "grid/grid_mesh.hpp"
#include "parallel/communicator.hpp"

#include <span>
#include <vector>

namespace ddpinn {

/// Sends values between the ranks that touch nodes and those that own them.
class GridExchange {
 public:
  GridExchange() = default;
  /// @param nodes natural numbers that this rank touches @note Collective.
  GridExchange(const Communicator& comm, const GridMesh& mesh, const GridLayout& layout,
               const std::vector<PetscInt>& nodes);

  /// A node that another rank touches, on its owner.
  struct Owned {
    int level;
    std::size_t node;  ///< among the owner's
  };

  /// To the owners. @param values by touched node, `width` each @returns by sender, the values of `owned` of
  /// it
  /// @note Collective.
  std::vector<std::vector<double>> to_owners(const Communicator& comm, std::span<const double> values,
                                             std::size_t width) const;
  /// Back to those that touch. @param values by sender, of its `owned` @note Collective.
  void from_owners(const Communicator& comm, const std::vector<std::vector<double>>& values,
                   std::size_t width, std::span<double> touched) const;

  std::size_t senders() const { return sender_.size(); }
  const std::vector<Owned>& owned(std::size_t sender) const { return owned_[sender]; }

 private:
  std::vector<int> owner_;                      ///< whose nodes this rank touches
  std::vector<std::vector<std::size_t>> mine_;  ///< by owner: positions among the touched nodes
  std::vector<int> sender_;
  std::vector<std::vector<Owned>> owned_;
};

}  // namespace ddpinn
