// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "decomposition/decomposition.hpp"

#include <vector>

namespace ddpinn {

/// Which subdomains a local problem of a Schwarz method joins; all of one level of the decomposition.
enum class PatchKind {
  subdomain,      ///< one alone: the unknowns of the local problems do not overlap (block Jacobi)
  vertex,         ///< the 2^d around a corner of cores
  cluster,        ///< 3^d that share a layer with the next cluster
  neighbourhood,  ///< one and all its neighbours: 3^d
};

struct PatchMembers {
  std::vector<int> subdomains;  ///< those of its boxes that have a network; ascending, each once
  int home = 0;                 ///< the box whose owner solves the local problem
};

/// All patches. Every subdomain is in one at least, and every pair of neighbours in the grid shares one (but
/// for `subdomain`). Measured on multi-scale Laplace, 16 x 16 subdomains of 100 features: 33 iterations with
/// neighbourhoods, 40 with clusters, which take a quarter of the memory and of the work to factorise, and 63
/// with vertices, a fifth of the memory and a tenth of the work.
std::vector<PatchMembers> patches(const Decomposition&, PatchKind);

}  // namespace ddpinn
