// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "parallel/communicator.hpp"
#include "parallel/processes.hpp"
#include "support/catch.hpp"

using namespace ddpinn;

TEST_CASE("A communicator is a duplicate with the same ranks", "[parallel]") {
  const Communicator comm(MPI_COMM_WORLD);
  REQUIRE(comm.get() != MPI_COMM_WORLD);
  REQUIRE(comm.rank() == world_rank());
  REQUIRE(comm.size() == world_size());
}

TEST_CASE("A moved communicator still works", "[parallel]") {
  Communicator first(MPI_COMM_WORLD);
  Communicator second(std::move(first));
  REQUIRE(first.get() == MPI_COMM_NULL);
  Communicator third(MPI_COMM_WORLD);
  third = std::move(second);
  REQUIRE(sum(third, 1LL) == third.size());
}

TEST_CASE("The MPI library tells its name", "[parallel]") { REQUIRE(!mpi_library_version().empty()); }
