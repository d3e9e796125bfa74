// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "decomposition/patches.hpp"

#include <ddpinn/choices.hpp>

#include <optional>

namespace ddpinn {

/// What a preconditioner of the case file is made of.
/// The solver builds it from this, and the plan of a run counts by it.
struct PreconditionerKind {
  std::optional<PatchKind> patches;  ///< local problems, of clusters unless -patch_kind says otherwise
  bool coarse = false;               ///< a coarse space besides
  bool direct = false;               ///< a factorisation of the whole normal matrix instead

  /// Whether blocks of the normal matrix are computed.
  bool needs_normal_blocks() const { return patches.has_value() || direct; }
};

PreconditionerKind preconditioner_kind(PreconditionerType);

/// What PETSc's option -patch_kind says, where patches may overlap; else what is given. PETSc must run.
/// @throws Error (Status::usage) where the option names no kind
PatchKind with_petsc_options(PatchKind);

}  // namespace ddpinn
