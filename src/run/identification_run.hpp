// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "run/slab_march.hpp"
#include "solver/identification/forward_fit.hpp"

#include <functional>
#include <vector>

namespace ddpinn {

/// Unknowns fitted to solutions for given values of them, and the solution for the values found.
struct IdentificationRun {
  CaseFile file;                ///< with these values as parameters
  std::vector<Solution> parts;  ///< complete fields, without their values at points of rows
  Fit fit;
  int solves = 0;  ///< solutions of the whole case
  long long krylov_iterations = 0;
};

/// Fits the unknowns of a case whose fields are solved for in time slabs, or by interface coupling.
/// @param first is told of the set-up @param report of each iteration @note Collective.
IdentificationRun identify_by_march(const Communicator&, const CaseFile&, const Monitor&,
                                    const std::function<void(const Space&)>& first,
                                    const std::function<void(const IdentificationRun&)>& report);

}  // namespace ddpinn
