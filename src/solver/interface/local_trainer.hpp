// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "solver/interface/trained_rows.hpp"
#include "solver/training/adam.hpp"
#include "solver/training/damping.hpp"

#include <string>
#include <vector>

namespace ddpinn {

/// The network of one subdomain in training, and what its methods remember from one round of local steps to
/// the next.
class LocalTrainer {
 public:
  LocalTrainer(const NetworkParameters&, const SolverOptions&, std::vector<double> parameters);

  const std::vector<double>& parameters() const { return parameters_; }
  std::vector<double>& parameters() { return parameters_; }

  /// Takes at most `steps` steps of a method with fixed traces. No communication.
  /// @throws Error (Status::numerical) where a residual is not finite
  void train(Method, int steps, const TrainedRows&, std::span<const double> traces);

  /// Shorter Gauss-Newton steps from now on.
  void grow_damping(double factor) { damping_.grow(factor); }

  /// All that is remembered, in one row.
  std::vector<double> numbers() const;
  void take(std::span<const double> numbers);

 private:
  void adam(int steps, const TrainedRows&, std::span<const double> traces);
  void lbfgs(int steps, const TrainedRows&, std::span<const double> traces);

  const SolverOptions* options_;
  std::vector<double> parameters_;
  AdamMoments moments_;
  int adam_steps_ = 0;
  Damping damping_;
};

}  // namespace ddpinn
