// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "assembly/discretisation.hpp"
#include "parallel/communicator.hpp"

#include <span>
#include <vector>

namespace ddpinn {

/// The model's unknown scalars as parameters of a training by gradients, the same on every rank: each in a
/// unit of its own (its initial value, or the width of its bounds), so that one learning rate serves all.
class TrainedScalars {
 public:
  TrainedScalars(const Communicator&, Discretisation&);

  std::size_t size() const { return units_.size(); }
  /// Are any of them bounded?
  bool bounded() const;
  /// In units.
  std::vector<double> lower() const;
  std::vector<double> upper() const;
  std::vector<double> values() const;
  /// Sets the discretisation's unknowns, to the nearest values within the bounds. @param values in units
  void set(std::span<const double> values);
  /// The derivative of 1/2 |W r|^2 by the values. @note Collective.
  std::vector<double> gradient(const Linearisation&) const;

 private:
  const std::vector<Unknown>& model() const { return discretisation_->model().unknowns; }

  const Communicator* comm_;
  Discretisation* discretisation_;
  std::vector<double> units_;
};

}  // namespace ddpinn
