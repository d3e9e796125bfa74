// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "parallel/communicator.hpp"
#include "solver/monitor.hpp"
#include "solver/nonlinear/start.hpp"

#include <functional>

namespace ddpinn {

/// Solves with observations that have errors, at first with the weights of row_weights.hpp. There equations
/// that networks cannot meet well enough overrule the data. Where the misfits say so, being more than their
/// standard deviations explain, data count three times more, and again, as long as equations and conditions
/// are met (the discrepancy principle, V. A. Morozov, Soviet Math. Dokl. 7, 1966, 414-417). Unknowns at which
/// data are still missed by far are those of a local minimum: the solve has not converged.
/// @param solve of the rows as they are weighted @note Collective.
Solution solve_with_data(const Communicator&, Rows&, const Monitor&, Start,
                         const std::function<Solution(Start)>& solve);

/// The smallest weighted standard deviation of an observation; 0 where there is none. @note Collective.
double smallest_noise(const Rows&);

}  // namespace ddpinn
