// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <petscsys.h>

#include <exception>
#include <utility>

namespace ddpinn::petsc {

/// The exception that a callback ended with, kept while PETSc's C code returns its error code.
inline std::exception_ptr& pending_exception() {
  static std::exception_ptr pending;
  return pending;
}

/// Runs the body of a callback that PETSc calls: exceptions must not cross its C code, so they become an
/// error code, and rethrow_pending throws them again on the other side.
template <class Body>
PetscErrorCode guarded(Body&& body) {
  try {
    body();
    return 0;
  } catch (...) {
    pending_exception() = std::current_exception();
    return PETSC_ERR_USER;
  }
}

/// To be called after a PETSc function that runs callbacks has returned, before its code is checked.
inline void rethrow_pending() {
  if (auto pending = std::exchange(pending_exception(), nullptr)) std::rethrow_exception(pending);
}

}  // namespace ddpinn::petsc
