// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "io/example_sample.hpp"
#include "io/process.hpp"
#include "support/catch.hpp"

#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <thread>

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

TEST_CASE("a program ends when the one that has started it is killed") {
  const Communicator comm(MPI_COMM_SELF);
  const Folder folder(comm);
  const auto note = folder.path() / "process";
  const pid_t starter = ::fork();
  if (starter == 0) {
    run_process({"sh", "-c", "echo $$ > process; exec sleep 60"}, folder.path(), folder.path() / "log", 60);
    ::_exit(0);
  }
  const auto within = [](auto&& holds) {
    for (int i = 0; i < 500 && !holds(); ++i) std::this_thread::sleep_for(std::chrono::milliseconds(10));
    return holds();
  };
  REQUIRE(within([&] { return std::filesystem::exists(note) && !file_text(note).empty(); }));
  const auto state = std::filesystem::path("/proc") / std::to_string(std::stoi(file_text(note))) / "stat";
  REQUIRE(std::filesystem::exists(state));
  ::kill(starter, SIGKILL);
  ::waitpid(starter, nullptr, 0);
  // Gone, or dead and not yet buried.
  REQUIRE(within([&] { return !std::filesystem::exists(state) || contains(file_text(state), ") Z "); }));
}

TEST_CASE("a program's log does not fill the disk") {
  const Communicator comm(MPI_COMM_SELF);
  const Folder folder(comm);
  const auto log = folder.path() / "log";
  REQUIRE(
      contains(run_process({"sh", "-c", "exec head -c 100000000 /dev/zero"}, folder.path(), log, 30).value(),
               "signal"));
  REQUIRE(std::filesystem::file_size(log) <= 64 << 20);
}
