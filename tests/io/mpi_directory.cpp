// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "io/directory.hpp"
#include "io/example_sample.hpp"
#include "parallel/agree.hpp"
#include "support/catch.hpp"

using namespace ddpinn;
using namespace ddpinn::test;

TEST_CASE("the output folder is created with the case file in it") {
  const Communicator comm(MPI_COMM_WORLD);
  const Folder folder(comm);
  const auto directory = folder.path() / "a" / "b";
  prepare_directory(comm, directory, "title = 'original'\n", "title = 'resolved'\n");
  prepare_directory(comm, directory, "title = 'again'\n", "title = 'resolved'\n");
  REQUIRE(file_text(directory / "original.toml") == "title = 'again'\n");
  REQUIRE(file_text(directory / "resolved.toml") == "title = 'resolved'\n");
}

TEST_CASE("an output folder that can't be made is the same error on every rank") {
  const Communicator comm(MPI_COMM_WORLD);
  const Folder folder(comm);
  if (comm.rank() == 0) std::ofstream(folder.path() / "file") << "in the way";
  any(comm, false);
  const auto message = message_of([&] { prepare_directory(comm, folder.path() / "file" / "run", "", ""); });
  REQUIRE(contains(message, "output.directory"));
  REQUIRE(broadcast(comm, message) == message);
}

TEST_CASE("an error of any rank is thrown on all, with its status") {
  const Communicator comm(MPI_COMM_WORLD);
  const int last = comm.size() - 1;
  Status status = Status::ok;
  try {
    collectively(comm, [&] {
      if (comm.rank() == last) throw Error(Status::numerical, "rank says no");
    });
  } catch (const Error& error) {
    status = error.status();
    REQUIRE(std::string(error.what()) == "rank says no");
  }
  REQUIRE(status == Status::numerical);
}
