// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "assembly/trainable_field.hpp"
#include "solver/monitor.hpp"
#include "solver/training_outcome.hpp"

#include <ddpinn/options.hpp>

#include <span>
#include <vector>

namespace ddpinn {

/// Adam's moments of some parameters (Kingma, Ba, ICLR 2015, algorithm 1, with the constants given there).
class AdamMoments {
 public:
  explicit AdamMoments(std::size_t parameters) : first_(parameters, 0.0), second_(parameters, 0.0) {}

  /// One step along the gradient.
  void step(double learning_rate, std::span<const double> gradient, std::span<double> parameters);

 private:
  std::vector<double> first_, second_;
  double first_decay_ = 1, second_decay_ = 1;  ///< powers of the decay rates: the bias of the moments
};

/// The learning rate of a step, from 0.
double learning_rate(const AdamOptions&, int step);

/// Minimises 1/2 |W r|^2 over all parameters and the model's unknowns. @note Collective.
TrainingOutcome train_by_adam(TrainableField&, Discretisation&, const SolverOptions&, const Monitor&,
                              ::Vec parameters);

}  // namespace ddpinn
