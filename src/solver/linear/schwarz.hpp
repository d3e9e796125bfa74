// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "assembly/normal_blocks.hpp"
#include "decomposition/patches.hpp"
#include "dense/block_cholesky.hpp"

#include <memory>
#include <span>
#include <vector>

namespace ddpinn {

/// One-level overlapping Schwarz on the normal matrix: z = sum over patches of P (P^T A P)^-1 P^T r, where P
/// picks the unknowns of a patch's subdomains. Patches whose blocks are the same matrices have one factor.
class Schwarz {
 public:
  /// @throws Interrupted @note Collective.
  Schwarz(const JacobianOperator&, const NormalBlocks&, PatchKind, const StopTest& stop = {});

  /// z = M r. @note Collective.
  void apply(::Vec r, ::Vec z) const;

 private:
  /// Patches with the same matrix.
  struct Congruent {
    LocalFactor factor;
    std::vector<std::vector<int>> patches;  ///< the subdomains of each
  };
  void add(const LocalFactor&, std::span<const std::vector<int>> patches, const std::vector<double>& from,
           std::vector<double>& to) const;

  const DofLayout* layout_;
  std::vector<Congruent> congruent_;
  std::unique_ptr<GhostExchange> ghosts_;
};

}  // namespace ddpinn
