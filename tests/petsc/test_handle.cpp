// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "petsc/handle.hpp"
#include "support/catch.hpp"

#include <type_traits>

using namespace ddpinn;

namespace {

petsc::Vec vector_of(PetscInt n) {
  petsc::Vec x;
  petsc::check(VecCreateSeq(PETSC_COMM_SELF, n, x.out()));
  return x;
}

PetscInt references(const petsc::Vec& x) {
  PetscInt count = 0;
  petsc::check(PetscObjectGetReference(reinterpret_cast<PetscObject>(x.get()), &count));
  return count;
}

}  // namespace

static_assert(!std::is_copy_constructible_v<petsc::Vec>);
static_assert(std::is_nothrow_move_constructible_v<petsc::Vec>);
static_assert(std::is_nothrow_move_assignable_v<petsc::Vec>);

TEST_CASE("A move leaves the source empty and keeps the object", "[petsc]") {
  petsc::Vec a = vector_of(3);
  const ::Vec raw = a;
  petsc::Vec b = std::move(a);
  REQUIRE(!a);
  REQUIRE(b.get() == raw);
}

TEST_CASE("A move assignment destroys what was held before, once", "[petsc]") {
  petsc::Vec a = vector_of(3);
  petsc::check(PetscObjectReference(reinterpret_cast<PetscObject>(a.get())));
  const petsc::Vec witness(a.get());
  REQUIRE(references(witness) == 2);
  a = vector_of(4);
  REQUIRE(references(witness) == 1);
}

TEST_CASE("A handle that is moved onto itself keeps its object", "[petsc]") {
  petsc::Vec a = vector_of(3);
  auto& same = a;
  a = std::move(same);
  REQUIRE(references(a) == 1);
}

TEST_CASE("A released object is the caller's", "[petsc]") {
  petsc::Vec a = vector_of(3);
  const petsc::Vec b(a.release());
  REQUIRE(!a);
  REQUIRE(references(b) == 1);
}

TEST_CASE("Local arrays read and write a vector's entries", "[petsc]") {
  const petsc::Vec x = vector_of(4);
  {
    const petsc::LocalArray entries(x);
    for (auto& entry : entries.get()) entry = 2.0;
  }
  PetscReal norm = 0;
  petsc::check(VecNorm(x, NORM_2, &norm));
  REQUIRE(norm == Approx(4.0));
  const petsc::ConstLocalArray entries(x);
  REQUIRE(entries.get().size() == 4);
  REQUIRE(entries.get()[3] == 2.0);
}
