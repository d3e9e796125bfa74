// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "problem/case/case_file.hpp"

#include <string>

namespace ddpinn {

/// What a run of the case on this many ranks would do and need, in lines for its user: subdomains, points,
/// rows, unknowns, memory per rank, messages and bytes of a Krylov iteration. Without MPI.
/// @throws Error (Status::case_file)
std::string plan(const CaseFile&, int ranks);

/// Bytes that all ranks together will hold at their peaks. @throws Error (Status::case_file)
double predicted_memory(const CaseFile&, int ranks);

/// Main memory of this machine in bytes; infinite where the system does not tell.
double machine_memory();

}  // namespace ddpinn
