// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "parallel/communicator.hpp"

#include <ddpinn/options.hpp>

#include <string>
#include <vector>

namespace ddpinn {

/// Tries PETSc's options before anything costly starts: creates and sets up, on matrices of one row per rank,
/// every PETSc object that a run with these solver options will create.
/// @param given what the user gave for this run, as on a command line; each option must be asked for by one
/// of these objects
/// @param later prefixes of options that other objects of the run will ask for, such as "grid_"
/// @throws Error (Status::usage) where PETSc refuses an option or its value, or no object asks for a given
/// one
/// @note Collective.
void check_petsc_options(const Communicator&, const SolverOptions&, const std::vector<std::string>& given,
                         const std::vector<std::string>& later = {});

}  // namespace ddpinn
