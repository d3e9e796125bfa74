// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "grid/grid_correction.hpp"
#include "solver/interface/transmission.hpp"
#include "solver/monitor.hpp"
#include "solver/solution.hpp"

#include <ddpinn/options.hpp>

namespace ddpinn {

/// Solves by interface coupling: each subdomain has a problem of its own on its box, with traces of its
/// neighbours on the faces inside the domain; the solution is the windowed sum of the subdomains' fields.
/// Layers of subdomains in time are solved one after the other. Nonlinear problems: Newton outside, the
/// interface iteration of the linearised problem inside.
/// @param discretisation only evaluates: the weighted rows of the composite, and the solution's layout
/// @param grid coarse correction, whose own solution starts nonlinear solves; may be null
/// @param start of nonlinear solves without a grid; null: all networks zero
/// @note Collective.
Solution solve_interface(const Communicator&, Rows& discretisation, const TransmissionRule&, const Options&,
                         GridCorrection* grid, const Monitor&, const Solution* start = nullptr);

}  // namespace ddpinn
