// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "petsc/check.hpp"
#include "petsc/handle.hpp"
#include "support/catch.hpp"

using namespace ddpinn;
using test::contains;
using test::message_of;

TEST_CASE("An error of PETSc is thrown with its own message and the place of the call", "[petsc]") {
  petsc::Vec x;
  petsc::check(VecCreateSeq(PETSC_COMM_SELF, 3, x.out()));
  petsc::Vec y;
  petsc::check(VecCreateSeq(PETSC_COMM_SELF, 4, y.out()));
  const std::string message = message_of([&] { petsc::check(VecAXPY(x, 1.0, y)); });
  REQUIRE(contains(message, "Incompatible vector"));
  REQUIRE(contains(message, "test_check.cpp:"));
}

TEST_CASE("An unknown solver type is a usage error that names the type", "[petsc]") {
  petsc::Ksp ksp;
  petsc::check(KSPCreate(PETSC_COMM_SELF, ksp.out()));
  petsc::check(PetscOptionsSetValue(nullptr, "-ksp_type", "nosuch"));
  Status status = Status::ok;
  const std::string message = message_of([&] {
    try {
      petsc::check(KSPSetFromOptions(ksp));
    } catch (const Error& error) {
      status = error.status();
      throw;
    }
  });
  petsc::check(PetscOptionsClearValue(nullptr, "-ksp_type"));
  REQUIRE(status == Status::usage);
  REQUIRE(contains(message, "nosuch"));
}

TEST_CASE("A second error does not repeat the message of the first", "[petsc]") {
  petsc::Vec x;
  petsc::check(VecCreateSeq(PETSC_COMM_SELF, 3, x.out()));
  const std::string first = message_of([&] { petsc::check(VecSetType(x, "one_kind")); });
  const std::string second = message_of([&] { petsc::check(VecSetType(x, "another")); });
  REQUIRE(contains(first, "one_kind"));
  REQUIRE(contains(second, "another"));
  REQUIRE(!contains(second, "one_kind"));
}
