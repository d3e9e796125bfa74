// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <string>

namespace ddpinn {

/// Whether MPI has been started and not yet ended.
bool mpi_runs();

/// This process's rank and the number of ranks in MPI_COMM_WORLD; 0 of 1 where MPI does not run.
int world_rank();
int world_size();

/// Ends all ranks at once with this exit status. For programs' `main` only: a library throws.
[[noreturn]] void abort_all_ranks(int status);

/// The MPI library and its version on one line. MPI need not run.
std::string mpi_library_version();

}  // namespace ddpinn
