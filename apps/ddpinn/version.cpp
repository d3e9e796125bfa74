// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "ddpinn/commands.hpp"
#include "io/report/versions.hpp"

namespace ddpinn::program {

std::string version_text() {
  const Versions v = versions();
  return "ddpinn " + v.ddpinn + "\nMPI: " + v.mpi + "\nPETSc: " + v.petsc + "\nLibTorch: " + v.torch +
         "\nHDF5: " + v.hdf5 + "\nBLAS: " + v.blas;
}

}  // namespace ddpinn::program
