// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <string>

namespace ddpinn {

/// What a run was made with, for its record and for `ddpinn --version`.
struct Versions {
  std::string ddpinn;
  std::string mpi;
  std::string petsc;
  std::string torch;
  std::string hdf5;
  std::string blas;
};

/// MPI need not run.
Versions versions();

}  // namespace ddpinn
