// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "plan/plan_counts.hpp"

namespace ddpinn {

/// What training the hidden layers takes on one rank.
struct TrainingPlan {
  double parameters = 0;  ///< of its networks
  double ghosts = 0;      ///< parameters of other ranks' networks that reach into its cores
  double factors = 0;     ///< bytes: what multiplies streams and polynomials at its points
  double streams = 0;     ///< bytes: values and derivatives of all networks at its points
  double vectors = 0;     ///< bytes: vectors of all parameters, gradients and moments among them
  double messages = 0;    ///< in a step by gradients: ghosts there, their gradients back
  double bytes = 0;

  double memory() const { return factors + streams + vectors; }
};

/// By rank; nothing where hidden layers are not trained.
std::vector<TrainingPlan> plan_training(const CaseFile&, const SpaceLayout&, const PlanCounts&);

/// Whether a method is among those of the case.
bool trains_by(const CaseFile&, Method);

}  // namespace ddpinn
