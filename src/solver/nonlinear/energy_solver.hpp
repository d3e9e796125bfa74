// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "solver/nonlinear/linear_step.hpp"
#include "solver/nonlinear/start.hpp"

namespace ddpinn {

/// Makes the model's energy smallest under its conditions, for the output layers: Newton's method with line
/// search on
///     E(c) + |W r(c) + mu|^2 / 2,
/// r the conditions' residuals, W the weights by which springs hold them (spring_weights), and mu multipliers
/// that take over what the springs would have to be stretched for: after each step mu grows by W r (augmented
/// Lagrangian: M. R. Hestenes, J. Optim. Theory Appl. 4, 1969). Conditions then hold to the tolerance, and
/// springs need not be stiffer than the linear solver likes. Where the energy is not convex, and so Newton's
/// matrix not positive definite, the step is that with the amounts of the density's curvatures, which goes
/// down too (Y. Dauphin et al., NeurIPS 27, 2014).
///
/// Conservation laws have their first variation in the place of the energy's, and the work along the step in
/// that of its difference. Where their tangent is not symmetric, the iteration for the step is GMRES.
/// @note Collective.
Solution minimise_energy(const Communicator&, Rows&, const SolverOptions&, const Monitor&, Start);

}  // namespace ddpinn
