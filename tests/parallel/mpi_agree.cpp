// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "parallel/agree.hpp"

#include "petsc/handle.hpp"
#include "support/catch.hpp"

#include <filesystem>
#include <memory>
#include <new>
#include <stdexcept>

using namespace ddpinn;
using namespace ddpinn::test;

namespace {

/// The error that `work` ends with on this rank.
template <class Work>
Error error_of(const Communicator& comm, Work&& work) {
  try {
    collectively(comm, std::forward<Work>(work));
  } catch (const Error& error) {
    return error;
  }
  return {Status::ok, "no error"};
}

}  // namespace

TEST_CASE("What fails on one rank fails on every rank with the same message") {
  const Communicator comm(MPI_COMM_WORLD);
  for (int bad = 0; bad < comm.size(); ++bad) {
    const auto error = error_of(comm, [&] {
      if (comm.rank() == bad) throw Error(Status::input_output, "rank " + std::to_string(bad) + " gives up");
    });
    REQUIRE(error.what() == "rank " + std::to_string(bad) + " gives up");
    REQUIRE(error.status() == Status::input_output);
  }
}

TEST_CASE("Of several failing ranks the lowest is heard") {
  const Communicator comm(MPI_COMM_WORLD);
  const auto error = error_of(comm, [&] {
    if (comm.rank() > 0 || comm.size() == 1)
      throw Error(comm.rank() <= 1 ? Status::numerical : Status::case_file,
                  "rank " + std::to_string(comm.rank()));
  });
  REQUIRE(std::string(error.what()) == (comm.size() == 1 ? "rank 0" : "rank 1"));
  REQUIRE(error.status() == Status::numerical);
}

TEST_CASE("Where no rank fails every rank has its own value, and communication goes on") {
  const Communicator comm(MPI_COMM_WORLD);
  REQUIRE(collectively(comm, [&] { return comm.rank(); }) == comm.rank());
  error_of(comm, [] { throw std::runtime_error("all at once"); });
  REQUIRE(sum(comm, 1.0) == comm.size());
}

TEST_CASE("Exceptions of other libraries become errors with a status") {
  const Communicator comm(MPI_COMM_WORLD);
  const auto memory = error_of(comm, [&] {
    if (comm.rank() == comm.size() - 1) throw std::bad_alloc();
  });
  REQUIRE(contains(memory.what(), "memory: there is not enough"));
  REQUIRE(memory.status() == Status::numerical);
  const auto folder = error_of(comm, [] { static_cast<void>(std::filesystem::file_size("/no/such/file")); });
  REQUIRE(contains(folder.what(), "/no/such/file"));
  REQUIRE(folder.status() == Status::input_output);
  REQUIRE(error_of(comm, [] { throw 1; }).status() == Status::numerical);
}

TEST_CASE("What rank 0 does alone fails on every rank") {
  const Communicator comm(MPI_COMM_WORLD);
  int done = 0;
  on_root(comm, [&] { ++done; });
  REQUIRE(done == (comm.rank() == 0 ? 1 : 0));
  const auto message = message_of([&] { on_root(comm, [] { throw Error(Status::usage, "no"); }); });
  REQUIRE(message == "no");
}

TEST_CASE("What handles leave alone while an exception unwinds is destroyed once all ranks have caught it") {
  const Communicator comm(MPI_COMM_WORLD);
  recover(comm);
  petsc::Vec seen;
  petsc::check(VecCreateMPI(comm.get(), 3, PETSC_DETERMINE, seen.out()));
  PetscInt references = 0;
  try {
    petsc::check(PetscObjectReference(reinterpret_cast<PetscObject>(seen.get())));
    const petsc::Vec other(seen.get());
    collectively(comm, [&] {
      if (comm.rank() == 0) throw Error(Status::numerical, "rank 0 gives up");
    });
  } catch (const AgreedError&) {
    REQUIRE(petsc::left_alone() == 1);
    recover(comm);
  }
  REQUIRE(petsc::left_alone() == 0);
  petsc::check(PetscObjectGetReference(reinterpret_cast<PetscObject>(seen.get()), &references));
  REQUIRE(references == 1);
}

TEST_CASE("What some ranks have left alone and others have not stays, and what all leave later does not") {
  const Communicator comm(MPI_COMM_WORLD);
  recover(comm);
  const auto destroyed = std::make_shared<int>(0);
  if (comm.rank() == 0) petsc::leave_alone([destroyed] { ++*destroyed; });
  recover(comm);
  REQUIRE(*destroyed == (comm.size() == 1 ? 1 : 0));
  REQUIRE(petsc::left_alone() == 0);
  petsc::leave_alone([destroyed] { *destroyed = 10; });
  recover(comm);
  REQUIRE(*destroyed == 10);
}
