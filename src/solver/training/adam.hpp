// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "assembly/dof_record.hpp"
#include "assembly/training/trainable_field.hpp"
#include "solver/monitor.hpp"
#include "solver/training/training_outcome.hpp"

#include <ddpinn/options.hpp>

#include <algorithm>
#include <functional>
#include <span>
#include <vector>

namespace ddpinn {

/// Adam's moments of some parameters (Kingma, Ba, ICLR 2015, algorithm 1, with the constants given there).
class AdamMoments {
 public:
  explicit AdamMoments(std::size_t parameters) : first_(parameters, 0.0), second_(parameters, 0.0) {}

  /// One step along the gradient.
  void step(double learning_rate, std::span<const double> gradient, std::span<double> parameters);

  /// The bias, then both moments, of the parameters from `begin` on.
  std::vector<double> numbers(std::size_t begin, std::size_t count) const;
  void take(std::span<const double> numbers, std::size_t begin);
  /// The same by subdomain, where the parameters are those of a rank.
  Blocks blocks(const DofLayout&) const;
  /// @note Collective.
  void take(const DofLayout&, const Blocks&, const Journal&);

 private:
  std::vector<double> first_, second_;
  double first_decay_ = 1, second_decay_ = 1;  ///< powers of the decay rates: the bias of the moments
};

/// What Adam's iterations have in common: they tell their progress a thousand times, and end when the root of
/// the objective has fallen to solver.tolerance times that of the start, when all steps are taken, or when
/// the monitor says so.
class AdamProgress {
 public:
  AdamProgress(const SolverOptions& options, const Monitor& monitor) : options_(options), monitor_(monitor) {}

  /// Whether the objective is asked for at this of so many rounds.
  static bool reports(int round, int rounds) { return round % std::max(1, rounds / 1000) == 0; }
  /// @param objective |W r|^2 after so many steps
  void report(int steps, double objective);
  /// Whether to end now; `outcome` says why. @param round steps that come next @note Collective.
  bool ends(TrainingOutcome& outcome, int round = 1);

  /// Offers the state after a round to the journal. @param make the rest of it @note Collective.
  void offer(bool at_end, const TrainingOutcome&, const std::function<Record()>& make) const;
  /// The state that the journal has, which goes on; null where there is none.
  const Record* go_on(TrainingOutcome&);

 private:
  const SolverOptions& options_;
  const Monitor& monitor_;
  double initial_ = 0, relative_ = 1;
  bool stopped_now_ =
      false;  ///< the last round is the first that has met a wish to stop, and others are left
};

/// The learning rate of a step, from 0.
double learning_rate(const AdamOptions&, int step);

/// Minimises 1/2 |W r|^2 over all parameters, at fixed unknowns of the model. @note Collective.
TrainingOutcome train_by_adam(TrainableField&, const SolverOptions&, const Monitor&, ::Vec parameters);

}  // namespace ddpinn
