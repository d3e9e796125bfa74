// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "solver/linear/border.hpp"
#include "solver/nonlinear/least_squares.hpp"

namespace ddpinn {

/// What the standard errors of the model's unknowns come from (docs/mathematics.md, section 8).
/// @param residual weighted, by row: what is left of equations and conditions is taken for errors of them
/// @param residual_deviation that of weighted rows, as far as the residual tells: what is taken where no
/// observation has a standard deviation
RowErrors row_errors(const Rows&, const std::vector<double>& residual, double residual_deviation);

/// Identifies the model's unknowns together with the output layers: Gauss-Newton for the unknowns on the
/// reduced sum of squares, min over the fields, by variable projection (G. H. Golub, V. Pereyra, SIAM J.
/// Numer. Anal. 10, 1973; L. Kaufman, BIT 15, 1975). Steps in fields and unknowns at once would have to
/// follow a curved valley: where nu*u_xx is a product of both, equations count ten thousand times as much as
/// noisy data, and only short steps go down. The fields at the initial values come first, from the start.
/// @note Collective.
Solution identify(const Communicator&, Rows&, const SolverOptions&, const Monitor&, Start = {});

/// Solves for the output layers of all networks, and identifies the model's unknowns where there are some.
/// @note Collective.
Solution solve_output_layers(const Communicator&, Rows&, const SolverOptions&, const Monitor&,
                             Start start = {});

}  // namespace ddpinn
