// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "assembly/normal_blocks.hpp"
#include "dense/lapack.hpp"

#include <memory>
#include <vector>

namespace ddpinn {

/// How far the local problem of a subdomain reaches.
struct PatchOptions {
  bool neighbours = true;  ///< false: a subdomain's own unknowns only (block Jacobi)
  /// Of a neighbour's unknowns, only the directions that couple with the subdomain by more than this take part (the
  /// coupling block is that of orthonormal bases, so 1 is the most there is); 0 takes all of them.
  double coupling = 0;
};

/// One-level overlapping Schwarz on the normal matrix: z = sum_k P_k (P_k^T A P_k)^-1 P_k^T r. The space of patch k holds
/// all unknowns of subdomain k, and its neighbours' (on the same level of the decomposition).
class Schwarz {
 public:
  /// @note Collective.
  Schwarz(const JacobianOperator&, const NormalBlocks&, const PatchOptions&);

  /// z = M r. @note Collective.
  void apply(::Vec r, ::Vec z) const;

  /// Bytes of the factorisations on this rank.
  double bytes() const;

 private:
  /// The part of a patch that belongs to one subdomain: a basis of its unknowns, or all of them.
  struct Part {
    int subdomain;
    Matrix basis;  ///< unknowns by directions; empty for all
    std::size_t offset;
    std::size_t size;
  };
  struct Patch {
    std::vector<Part> parts;
    Cholesky factor;
  };

  using Blocks = std::map<NormalBlocks::Pair, Matrix>;
  std::vector<int> members(const JacobianOperator&, const NormalBlocks&, int k) const;
  Blocks collect(const JacobianOperator&, const NormalBlocks&) const;
  Patch build(int k, const std::vector<int>& members, const Blocks&, const DofLayout&) const;

  PatchOptions options_;
  std::vector<Patch> patches_;
  std::unique_ptr<GhostExchange> ghosts_;
};

}  // namespace ddpinn
