// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "assembly/training/trainable_field.hpp"
#include "solver/monitor.hpp"
#include "solver/training/training_outcome.hpp"

#include <ddpinn/options.hpp>

#include <functional>

namespace ddpinn {

/// What moves the points of the rows, after so many iterations each time; 0: never.
struct Redistribution {
  int every = 0;
  std::function<void()> redistribute;
};

/// Levenberg and Marquardt's method on all parameters, with Nielsen's rule for the damping (K. Madsen,
/// H. B. Nielsen, O. Tingleff, Methods for Non-Linear Least Squares Problems, 2004, algorithm 3.16). With
/// variable projection (Golub, Pereyra, SIAM J. Numer. Anal. 10, 1973) only hidden layers are damped, and the
/// output layers are solved for anew after every step.
/// @param discretisation the field's own; its hidden layers are exchanged on the way
/// @note Collective.
TrainingOutcome train_by_gauss_newton(TrainableField&, Rows&, const SolverOptions&, const Monitor&,
                                      ::Vec parameters, const Redistribution&);

}  // namespace ddpinn
