// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "parallel/processes.hpp"

#include <mpi.h>

#include <array>
#include <cstdlib>

namespace ddpinn {

bool mpi_runs() {
  int initialized = 0;
  int finalized = 0;
  MPI_Initialized(&initialized);
  MPI_Finalized(&finalized);
  return initialized && !finalized;
}

int world_rank() {
  int rank = 0;
  if (mpi_runs()) MPI_Comm_rank(MPI_COMM_WORLD, &rank);
  return rank;
}

int world_size() {
  int size = 1;
  if (mpi_runs()) MPI_Comm_size(MPI_COMM_WORLD, &size);
  return size;
}

void abort_all_ranks(int status) {
  if (mpi_runs()) MPI_Abort(MPI_COMM_WORLD, status);
  std::_Exit(status);
}

std::string mpi_library_version() {
  std::array<char, MPI_MAX_LIBRARY_VERSION_STRING> text{};
  int length = 0;
  MPI_Get_library_version(text.data(), &length);
  const std::string full(text.data(), length);
  return full.substr(0, full.find_first_of("\n,"));
}

}  // namespace ddpinn
