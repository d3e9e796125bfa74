// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "io/example_sample.hpp"
#include "io/process.hpp"
#include "support/catch.hpp"

using namespace ddpinn;
using namespace ddpinn::test;

TEST_CASE("a program's output is kept, and its failure told") {
  const Communicator comm(MPI_COMM_SELF);
  const Folder folder(comm);
  const auto log = folder.path() / "log";
  REQUIRE_FALSE(run_process({"sh", "-c", "pwd"}, folder.path(), log, 10));
  REQUIRE(contains(file_text(log), folder.path().filename().string()));
  REQUIRE(contains(run_process({"sh", "-c", "exit 3"}, folder.path(), log, 10).value(), "status 3"));
  REQUIRE(contains(run_process({"no-such-program"}, folder.path(), log, 10).value(), "can't be started"));
}

TEST_CASE("a program that does not end is killed") {
  const Communicator comm(MPI_COMM_SELF);
  const Folder folder(comm);
  REQUIRE(contains(run_process({"sleep", "60"}, folder.path(), folder.path() / "log", 0.2).value(),
                   "took longer"));
}
