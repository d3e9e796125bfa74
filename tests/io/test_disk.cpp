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
  REQUIRE(std::distance(std::filesystem::directory_iterator(folder.path()), {}) == 1);
}

TEST_CASE("a file in a missing folder is an error that names file and reason") {
  const Communicator comm(MPI_COMM_SELF);
  const Folder folder(comm);
  const auto path = folder.path() / "missing" / "a.txt";
  const auto message = message_of([&] { write_text(path, "text"); });
  REQUIRE(contains(message, path.string()));
  REQUIRE(contains(message, "No such file or directory"));
}

TEST_CASE("temporary names differ, and are cleared away") {
  const Communicator comm(MPI_COMM_SELF);
  const Folder folder(comm);
  const auto path = folder.path() / "a.txt";
  const auto first = temporary_name(path), second = temporary_name(path);
  REQUIRE(first != second);
  create_file(first, path);
  REQUIRE(contains(message_of([&] { create_file(first, path); }), "File exists"));
  remove_temporaries(folder.path());
  REQUIRE_FALSE(std::filesystem::exists(first));
}

TEST_CASE("missing disk space is told before anything is written") {
  const auto message = message_of([] { require_space("/tmp/fields.h5", 1e18, "3 columns"); });
  REQUIRE(contains(message, "too full"));
  REQUIRE(contains(message, "3 columns"));
  REQUIRE_NOTHROW(require_space("/tmp/fields.h5", 1, "nothing much"));
}
