// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "solver/linear/preconditioner_kind.hpp"

#include "petsc/check.hpp"

#include <petscoptions.h>

#include <algorithm>
#include <array>

namespace ddpinn {

PreconditionerKind preconditioner_kind(const std::string& name) {
  if (name == "two-level") return {PatchKind::cluster, true, false};
  if (name == "one-level") return {PatchKind::cluster, false, false};
  if (name == "block") return {PatchKind::subdomain, false, false};
  if (name == "direct") return {std::nullopt, false, true};
  if (name == "none") return {};
  throw Error(Status::case_file,
              "unknown preconditioner '" + name +
                  "' (there are two-level, one-level, block, direct and none); choose one");
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
