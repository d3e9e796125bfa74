// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "assembly/trainable_field.hpp"
#include "solver/nonlinear/linear_step.hpp"

#include <optional>

namespace ddpinn {

/// The rows at some parameters, linearised. @throws Error (Status::numerical) where a residual is not finite
/// @note Collective.
Linearisation linearise(TrainableField&, ::Vec parameters);

/// |W r|^2; nothing where a residual is not finite on any rank. @note Collective.
std::optional<double> sum_of_squares(TrainableField&, ::Vec parameters);

}  // namespace ddpinn
