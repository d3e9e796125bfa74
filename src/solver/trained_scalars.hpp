// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "assembly/discretisation.hpp"
#include "parallel/communicator.hpp"

#include <span>
#include <vector>

namespace ddpinn {

/// A typical size of a scalar: its initial value, the width of its bounds where that is zero, or 1.
double unit_of(const Unknown&);

/// The model's unknown scalars as parameters of a training by gradients, the same on every rank: each in a
/// unit of its own, so that one learning rate serves all.
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
