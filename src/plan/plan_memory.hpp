// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "plan/plan_counts.hpp"

namespace ddpinn {

/// Bytes that one rank holds, by what needs them. The first group stays for the whole solve; of the others,
/// what is held together is added up by peak().
struct MemoryPlan {
  double libraries = 0;  ///< resident code and tables of MPI, PETSc, LibTorch, BLAS, HDF5
  double points = 0;     ///< points, their covers, fields and derivatives there

  double training = 0;  ///< of hidden layers: factors, streams, vectors, and Gauss-Newton's columns

  double raw_jacobian = 0;        ///< blocks, all columns
  double triangular_factors = 0;  ///< of the blocks: sent to and received by owners
  double transforms = 0;          ///< columns by unknowns, of all blocks
  double jacobian = 0;            ///< blocks, compressed

  double normal_blocks = 0;  ///< pairs that this rank owns
  double normal_parts = 0;   ///< this rank's contributions to pairs
  double patch_blocks = 0;   ///< pairs that its patches need
  double patch_factors = 0;  ///< Cholesky factors of patches
  double largest_patch = 0;
  double coarse = 0;         ///< coarse matrix and its factors
  double direct_matrix = 0;  ///< normal matrix as PETSc and MUMPS hold it
  double direct_factor = 0;

  double local = 0;  ///< interface coupling of a size at which there is no error estimate

  double output = 0;  ///< columns of the output grid, and buffers to write them

  double compression_stage() const;
  double normal_stage() const;
  double patch_stage() const;
  double direct_stage() const;
  double peak() const;
};

/// The memory of one rank. @note Where the interface coupling is too large for an error estimate, without
/// what `plan_interface` tells.
MemoryPlan plan_memory(const CaseFile&, const SpaceLayout&, const PlanCounts&, int rank);

}  // namespace ddpinn
