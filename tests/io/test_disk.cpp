// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "io/disk.hpp"
#include "io/example_sample.hpp"
#include "support/catch.hpp"

using namespace ddpinn;
using namespace ddpinn::test;

TEST_CASE("a text replaces the file before, and leaves no temporary file") {
  const Communicator comm(MPI_COMM_SELF);
  const Folder folder(comm);
  write_text(folder.path() / "a.txt", "first");
  write_text(folder.path() / "a.txt", "second");
  REQUIRE(file_text(folder.path() / "a.txt") == "second");
  REQUIRE_FALSE(std::filesystem::exists(temporary_name(folder.path() / "a.txt")));
}

TEST_CASE("a file in a missing folder is an error that names file and reason") {
  const auto message = message_of([] { write_text("/nonexistent/a.txt", "text"); });
  REQUIRE(contains(message, "/nonexistent/a.txt"));
  REQUIRE(contains(message, "No such file or directory"));
}

TEST_CASE("missing disk space is told before anything is written") {
  const auto message = message_of([] { require_space("/tmp/fields.h5", 1e18, "3 columns"); });
  REQUIRE(contains(message, "too full"));
  REQUIRE(contains(message, "3 columns"));
  REQUIRE_NOTHROW(require_space("/tmp/fields.h5", 1, "nothing much"));
}
