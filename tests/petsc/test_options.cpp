// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "petsc/check.hpp"
#include "petsc/library.hpp"
#include "support/catch.hpp"

#include <algorithm>

using namespace ddpinn;

TEST_CASE("An option that nothing asks for is reported, one that is used is not", "[petsc]") {
  REQUIRE(petsc::unused_options().empty());
  petsc::check(PetscOptionsSetValue(nullptr, "-my_tolerance", "1e-3"));
  petsc::check(PetscOptionsSetValue(nullptr, "-ksp_typo", "cg"));
  PetscReal value = 0;
  petsc::check(PetscOptionsGetReal(nullptr, nullptr, "-my_tolerance", &value, nullptr));
  const auto unused = petsc::unused_options();
  petsc::check(PetscOptionsClearValue(nullptr, "-my_tolerance"));
  petsc::check(PetscOptionsClearValue(nullptr, "-ksp_typo"));
  REQUIRE(value == 1e-3);
  REQUIRE(unused == std::vector<std::string>{"-ksp_typo"});
}

TEST_CASE("The version of PETSc has three numbers", "[petsc]") {
  const std::string version = petsc::library_version();
  REQUIRE(std::count(version.begin(), version.end(), '.') == 2);
}
