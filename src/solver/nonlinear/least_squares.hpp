// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "parallel/communicator.hpp"
#include "solver/monitor.hpp"
#include "solver/nonlinear/start.hpp"

#include <ddpinn/options.hpp>

namespace ddpinn {

/// Solves for the output layers of all networks: in one step where every statement is affine in the fields,
/// else by Gauss-Newton with a backtracking line search on the sum of squares. The model's unknowns stay as
/// they are. @note Collective.
Solution solve_fields(const Communicator&, Rows&, const SolverOptions&, const Monitor&, Start = {});

}  // namespace ddpinn
