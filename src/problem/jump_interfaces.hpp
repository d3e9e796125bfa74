// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "problem/model.hpp"

#include <ddpinn/problem.hpp>

namespace ddpinn {

/// Makes interfaces of the surfaces at which the second variation of a weak form jumps, or the flux or source
/// of a law that is solved as a first-order system, where the domain has none, and has the fields go on
/// across them. Fluxes are continuous across jumps of coefficients, so that the fields have kinks there,
/// which smooth networks meet slowly. The surfaces are zeros of what comparisons, sign and their like compare
/// (Expression::switches); jumps are looked for where lines through the domain cross them.
void add_jump_interfaces(const Problem&, Model&);

}  // namespace ddpinn
