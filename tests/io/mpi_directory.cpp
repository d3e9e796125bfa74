// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "io/directory.hpp"

#include "base/host.hpp"
#include "io/example_sample.hpp"
#include "io/visible.hpp"
#include "parallel/agree.hpp"
#include "support/catch.hpp"

#include <sys/stat.h>

using namespace ddpinn;
using namespace ddpinn::test;

TEST_CASE("the output folder is created with the case file in it") {
  const Communicator comm(MPI_COMM_WORLD);
  const Folder folder(comm);
  const auto directory = folder.path() / "a" / "b";
  for (const std::string title : {"original", "again"})
    OutputDirectory(comm, directory).begin("title = '" + title + "'\n", "title = 'resolved'\n");
  REQUIRE(file_text(directory / "original.toml") == "title = 'again'\n");
  REQUIRE(file_text(directory / "resolved.toml") == "title = 'resolved'\n");
}

TEST_CASE("an output folder that can't be made is the same error on every rank") {
  const Communicator comm(MPI_COMM_WORLD);
  const Folder folder(comm);
  if (comm.rank() == 0) std::ofstream(folder.path() / "file") << "in the way";
  any(comm, false);
  const auto message = message_of([&] { OutputDirectory(comm, folder.path() / "file" / "run"); });
  REQUIRE(contains(message, "output.directory"));
  REQUIRE(broadcast(comm, message) == message);
}

TEST_CASE("a folder belongs to one run at a time, whose process and host others are told") {
  const Communicator comm(MPI_COMM_WORLD);
  const Folder folder(comm);
  {
    const OutputDirectory first(comm, folder.path());
    const auto message = message_of([&] { OutputDirectory(comm, folder.path()); });
    REQUIRE(contains(message, "another run writes to this folder (process "));
    REQUIRE(contains(message, host_name()));
  }
  REQUIRE_NOTHROW(OutputDirectory(comm, folder.path()));
  any(comm, false);
  REQUIRE_FALSE(std::filesystem::exists(folder.path() / "run.lock"));
}

TEST_CASE("results of a former run never stand beside a new one") {
  const Communicator comm(MPI_COMM_WORLD);
  const Folder folder(comm);
  const std::vector<std::string> old{"fields.h5", "fields.xdmf",    "history.csv",
                                     "x.part",    "solution_u.png", "figures/u_1.dat"};
  const std::vector<std::string> kept{"solution.h5", "reference.csv", "mine.png", "figures/mine.txt"};
  if (comm.rank() == 0) {
    std::filesystem::create_directory(folder.path() / "figures");
    for (const auto& names : {old, kept})
      for (const auto& name : names) std::ofstream(folder.path() / name) << "old";
    std::ofstream(folder.path() / "summary.json") << "{\"converged\": true}";
  }
  OutputDirectory(comm, folder.path()).begin("", "");
  for (const auto& name : old) REQUIRE_FALSE(std::filesystem::exists(folder.path() / name));
  for (const auto& name : kept) REQUIRE(std::filesystem::exists(folder.path() / name));
  REQUIRE(contains(file_text(folder.path() / "summary.json"), "\"converged\": false"));
}

TEST_CASE("links and pipes under the names of output are neither followed nor waited for") {
  const Communicator comm(MPI_COMM_WORLD);
  const Folder folder(comm);
  const auto other = folder.path() / "other.txt";
  if (comm.rank() == 0) {
    std::ofstream(other) << "mine";
    for (const auto* name : {"summary.json.part", "original.toml.part", "resolved.toml.part"})
      std::filesystem::create_symlink(other, folder.path() / name);
    REQUIRE(mkfifo((folder.path() / "summary.json").c_str(), 0600) == 0);
  }
  OutputDirectory(comm, folder.path()).begin("original", "resolved");
  REQUIRE(file_text(other) == "mine");
  REQUIRE(file_text(folder.path() / "original.toml") == "original");
  const auto lock = folder.path() / "run.lock";
  any(comm, false);
  if (comm.rank() == 0) std::filesystem::create_symlink(other, lock);
  REQUIRE(contains(message_of([&] { OutputDirectory(comm, folder.path()); }), "run.lock"));
  REQUIRE(file_text(other) == "mine");
}

TEST_CASE("a folder that a rank does not see is an error on every rank, and no endless wait") {
  const Communicator comm(MPI_COMM_WORLD);
  const Folder folder(comm);
  // Relative names are those of rank 0: other ranks may have another working directory.
  const auto before = std::filesystem::current_path();
  std::filesystem::current_path(comm.rank() == 0 ? folder.path() : folder.path().parent_path());
  REQUIRE(visible_to_all(comm, ".") == folder.path() / ".");
  std::filesystem::current_path(before);
  REQUIRE(visible_to_all(comm, folder.path()) == folder.path());
  REQUIRE(contains(message_of([&] { visible_to_all(comm, folder.path() / "none"); }), "can't be read"));
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
