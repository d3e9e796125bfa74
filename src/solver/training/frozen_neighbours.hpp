// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "assembly/training/trainable_field.hpp"

#include <span>
#include <vector>

namespace ddpinn {

/// Local problems of some subdomains of this rank, each with its own network as unknown and the fields of all
/// others frozen. Each has all rows that its box covers, those of other ranks' points too, so that steps need
/// no communication.
class FrozenNeighbours {
 public:
  /// @param support the rows of all cores that the subdomains reach into, weighted
  /// @param subdomains owned by this rank
  FrozenNeighbours(const TrainableField& support, const std::vector<int>& subdomains);

  const std::vector<int>& subdomains() const { return subdomains_; }

  /// Freezes the fields of `support`, with its present parameters. No communication.
  void freeze(const std::vector<FieldValues>& fields);

  /// The gradient of each local problem. No communication.
  /// @param parameters, gradient of each subdomain's network
  void gradient(ConstArrays parameters, Arrays gradient) const;

 private:
  std::vector<int> subdomains_;
  const TrainableField* support_;
  IsolatedRows isolated_;
  Rows discretisation_;
  TrainableRows rows_;
  std::vector<FieldValues> frozen_;  ///< fields without the local network, by group
};

}  // namespace ddpinn
