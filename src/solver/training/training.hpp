// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "solver/monitor.hpp"
#include "solver/solution.hpp"

#include <ddpinn/options.hpp>

namespace ddpinn {

/// Whether the range of the random hidden layers has to be chosen by trials: only linear solves depend on it
/// so much.
bool needs_scale(const Options&);

/// Trains all parameters of the networks by the methods of `options.solver.method`, one after the other, and
/// leaves the trained hidden layers in the discretisation. Least squares and Gauss-Newton find the model's
/// unknowns too; gradients leave them as they are (forward_fit.hpp is for these). @note Collective.
Solution train(const Communicator&, Rows&, const Options&, const Monitor&);

}  // namespace ddpinn
