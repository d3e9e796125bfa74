// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "assembly/rows.hpp"
#include "assembly/training/trainable_group.hpp"

#include <map>
#include <vector>

namespace ddpinn {

/// Rows as functions of all parameters of the networks that cover them. No communication.
class TrainableRows {
 public:
  /// @param rows outlive this @param place of each subdomain's network in the lists of parameters
  TrainableRows(const Rows& rows, std::map<int, std::size_t> place, const NetworkParameters&, Precision);

  /// fields += what the networks contribute, as far as the rows depend on it: see `TrainableGroup` on
  /// Laplacians.
  void add_fields(ConstArrays parameters, std::vector<FieldValues>& fields) const;
  /// Adds the derivative of 1/2 |r|^2 to `gradients`.
  void add_gradient(ConstArrays parameters, const Linearisation&, Arrays gradients) const;
  /// The Jacobian of a block's rows with respect to all parameters of its network.
  Matrix jacobian(const Block&, ConstArrays parameters, const Linearisation&) const;

 private:
  const Rows* rows_;
  std::map<int, std::size_t> place_;
  std::size_t columns_;
  std::vector<TrainableGroup> groups_;
};

}  // namespace ddpinn
