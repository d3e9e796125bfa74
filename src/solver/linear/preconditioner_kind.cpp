// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "solver/linear/preconditioner_kind.hpp"

#include "petsc/check.hpp"

#include <petscoptions.h>

#include <algorithm>
#include <array>

namespace ddpinn {

PreconditionerKind preconditioner_kind(PreconditionerType type) {
  switch (type) {
    case PreconditionerType::two_level:
      return {PatchKind::cluster, true, false};
    case PreconditionerType::one_level:
      return {PatchKind::cluster, false, false};
    case PreconditionerType::block:
      return {PatchKind::subdomain, false, false};
    case PreconditionerType::direct:
      return {std::nullopt, false, true};
    case PreconditionerType::none:
      break;
  }
  return {};
}

PatchKind with_petsc_options(PatchKind kind) {
  if (kind == PatchKind::subdomain) return kind;
  constexpr std::array kinds{PatchKind::cluster, PatchKind::vertex, PatchKind::neighbourhood};
  constexpr std::array<const char*, kinds.size()> names{"cluster", "vertex", "neighbourhood"};
  PetscInt choice = std::ranges::find(kinds, kind) - kinds.begin();
  petsc::check(
      PetscOptionsGetEList(nullptr, nullptr, "-patch_kind", names.data(), names.size(), &choice, nullptr));
  return kinds[choice];
}

}  // namespace ddpinn
