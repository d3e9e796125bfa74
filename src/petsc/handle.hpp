// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <petscdm.h>
#include <petscksp.h>
#include <petscsf.h>
#include <petscsnes.h>
#include <petsctao.h>

#include "petsc/check.hpp"
#include "petsc/left_alone.hpp"

#include <exception>
#include <span>
#include <utility>

namespace ddpinn::petsc {

/// Owns one PETSc object. Move-only; converts to the raw handle, so that every function of PETSc takes it.
template <class T, PetscErrorCode (*destroy)(T*)>
class Handle {
 public:
  Handle() = default;
  /// Takes over an object that the caller owned.
  explicit Handle(T owned) noexcept : object_(owned) {}
  Handle(Handle&& other) noexcept : object_(std::exchange(other.object_, nullptr)) {}
  Handle& operator=(Handle&& other) noexcept {
    if (this != &other) {
      reset();
      object_ = std::exchange(other.object_, nullptr);
    }
    return *this;
  }
  ~Handle() { reset(); }

  operator T() const noexcept { return object_; }
  T get() const noexcept { return object_; }
  explicit operator bool() const noexcept { return object_ != nullptr; }

  /// For functions that create: `check(MatCreate(comm, a.out()))`. What was held before is destroyed.
  T* out() noexcept {
    reset();
    return &object_;
  }
  /// Hands the object over to the caller.
  T release() noexcept { return std::exchange(object_, nullptr); }

  /// Destroys the object. Destruction may be collective: after PetscFinalize, and while an exception unwinds
  /// (the other ranks do not), the object is left alone; see `recover` in parallel/agree.hpp.
  void reset() noexcept {
    T object = std::exchange(object_, nullptr);
    if (!object || PetscFinalizeCalled) return;
    if (std::uncaught_exceptions() == 0)
      destroy(&object);
    else
      leave_alone([object]() mutable { destroy(&object); });
  }

 private:
  T object_ = nullptr;
};

using Vec = Handle<::Vec, VecDestroy>;
using Mat = Handle<::Mat, MatDestroy>;
using Ksp = Handle<::KSP, KSPDestroy>;
using Snes = Handle<::SNES, SNESDestroy>;
using TaoSolver = Handle<::Tao, TaoDestroy>;
using Dm = Handle<::DM, DMDestroy>;

/// This rank's entries of a vector, to read and write; given back at the end of the scope.
class LocalArray {
 public:
  explicit LocalArray(::Vec vector) : vector_(vector) {
    check(VecGetLocalSize(vector_, &size_));
    check(VecGetArray(vector_, &entries_));
  }
  ~LocalArray() { VecRestoreArray(vector_, &entries_); }
  LocalArray(const LocalArray&) = delete;
  LocalArray& operator=(const LocalArray&) = delete;

  std::span<PetscScalar> get() const noexcept { return {entries_, static_cast<std::size_t>(size_)}; }

 private:
  ::Vec vector_;
  PetscScalar* entries_ = nullptr;
  PetscInt size_ = 0;
};

/// This rank's entries of a vector, to read; given back at the end of the scope.
class ConstLocalArray {
 public:
  explicit ConstLocalArray(::Vec vector) : vector_(vector) {
    check(VecGetLocalSize(vector_, &size_));
    check(VecGetArrayRead(vector_, &entries_));
  }
  ~ConstLocalArray() { VecRestoreArrayRead(vector_, &entries_); }
  ConstLocalArray(const ConstLocalArray&) = delete;
  ConstLocalArray& operator=(const ConstLocalArray&) = delete;

  std::span<const PetscScalar> get() const noexcept { return {entries_, static_cast<std::size_t>(size_)}; }

 private:
  ::Vec vector_;
  const PetscScalar* entries_ = nullptr;
  PetscInt size_ = 0;
};

}  // namespace ddpinn::petsc
