// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "io/report/versions.hpp"

#include "base/threads.hpp"
#include "parallel/processes.hpp"
#include "petsc/library.hpp"

#include <ddpinn/version.hpp>

#include <hdf5.h>
#include <torch/version.h>

namespace ddpinn {

Versions versions() {
  unsigned major = 0;
  unsigned minor = 0;
  unsigned release = 0;
  H5get_libversion(&major, &minor, &release);
  const auto hdf5 = std::to_string(major) + '.' + std::to_string(minor) + '.' + std::to_string(release);
  return {version, mpi_library_version(), petsc::library_version(), TORCH_VERSION, hdf5, blas_description()};
}

}  // namespace ddpinn
