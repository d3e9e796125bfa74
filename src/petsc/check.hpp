// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <petscsys.h>

#include <ddpinn/error.hpp>

#include <source_location>

namespace ddpinn::petsc {

/// Throws what PETSc reports: its own message, the function that raised it, and the place of the call in our
/// code.
/// @throws Error (Status::numerical; Status::usage where an option's value is wrong)
[[noreturn]] void fail(PetscErrorCode code, const std::source_location& at);

/// To be put around every call of PETSc: `check(MatMult(a, x, y));`
inline void check(PetscErrorCode code, const std::source_location& at = std::source_location::current()) {
  if (code != 0) fail(code, at);
}

}  // namespace ddpinn::petsc
