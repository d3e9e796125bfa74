// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "assembly/training/trainable_field.hpp"
#include "solver/monitor.hpp"
#include "solver/training/training_outcome.hpp"

#include <ddpinn/options.hpp>

namespace ddpinn {

/// Minimises 1/2 |W r|^2 over all parameters by L-BFGS, at fixed unknowns of the model. @note Collective.
TrainingOutcome train_by_lbfgs(TrainableField&, const SolverOptions&, const Monitor&, ::Vec parameters);

}  // namespace ddpinn
