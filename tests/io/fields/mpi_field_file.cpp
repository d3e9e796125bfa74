// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "io/example_sample.hpp"
#include "io/fields/checksum.hpp"
#include "io/fields/field_file.hpp"
#include "support/catch.hpp"

#include <ddpinn/error.hpp>

#include <sys/resource.h>
#include <csignal>

using namespace ddpinn;
using namespace ddpinn::test;

namespace {

struct Grid {
  std::vector<std::string> coordinates;
  std::vector<int> counts;
};

const std::vector<Grid> grids{{{"x"}, {9}},
                              {{"t"}, {2}},
                              {{"x", "y"}, {5, 7}},
                              {{"x", "t"}, {6, 3}},
                              {{"x", "y", "z"}, {4, 5, 6}},
                              {{"t", "x", "y"}, {3, 5, 4}},
                              {{"x", "y", "z", "t"}, {3, 4, 5, 2}},
                              {{"x", "y", "z", "w"}, {3, 2, 4, 5}}};

GridSample part(const Grid& grid, const Communicator& comm) {
  return example_sample(grid.coordinates, grid.counts, comm.rank(), comm.size());
}

bool holds_example(const std::filesystem::path& file) {
  const auto u = read_field(file, "u");
  for (std::size_t i = 0; i < u.size(); ++i) {
    if (!same(u[i], example_value(static_cast<std::int64_t>(i)))) return false;
  }
  return !u.empty();
}

/// Makes every write beyond some bytes of a file fail, as on a full disk.
class SmallFiles {
 public:
  explicit SmallFiles(rlim_t bytes) : handler_(std::signal(SIGXFSZ, SIG_IGN)) {
    getrlimit(RLIMIT_FSIZE, &before_);
    const rlimit limit{bytes, before_.rlim_max};
    setrlimit(RLIMIT_FSIZE, &limit);
  }
  ~SmallFiles() {
    setrlimit(RLIMIT_FSIZE, &before_);
    std::signal(SIGXFSZ, handler_);
  }

 private:
  using Handler = void (*)(int);
  Handler handler_;
  rlimit before_{};
};

}  // namespace

TEST_CASE("fields come back in the order of the grid, with NaN outside the domain") {
  const Communicator comm(MPI_COMM_WORLD);
  for (const auto& grid : grids) {
    const Folder folder(comm);
    write_fields(comm, folder.path(), part(grid, comm), {{"title", "example"}});
    REQUIRE(holds_example(folder.path() / "fields.h5"));
    REQUIRE(std::filesystem::exists(folder.path() / "fields.xdmf"));
    REQUIRE_FALSE(has_temporary(folder.path()));
  }
}

TEST_CASE("fields.h5 has the same bytes on every number of ranks") {
  const Communicator comm(MPI_COMM_WORLD);
  const Communicator alone(MPI_COMM_SELF);
  for (const auto& grid : grids) {
    const Folder folder(comm);
    write_fields(comm, folder.path(), part(grid, comm));
    const Folder own(alone);
    write_fields(alone, own.path(), part(grid, alone));
    REQUIRE(file_text(folder.path() / "fields.h5") == file_text(own.path() / "fields.h5"));
  }
}

TEST_CASE("the slowest dimension of the file is time, and x the fastest") {
  const Communicator comm(MPI_COMM_WORLD);
  const Folder folder(comm);
  write_fields(comm, folder.path(), part({{"x", "y", "t"}, {3, 4, 2}}, comm));
  const auto text = file_text(folder.path() / "fields.xdmf");
  REQUIRE(contains(text, "CollectionType=\"Temporal\""));
  REQUIRE(contains(text, "Dimensions=\"2 4 3\""));
  REQUIRE(contains(text, "<Time Value=\"3\"/>"));
  REQUIRE(contains(text, "1 0 0 1 1 1 1 4 3"));
}

TEST_CASE("a write that fails on the way is an error on every rank and leaves the previous file") {
  const Communicator comm(MPI_COMM_WORLD);
  const Folder folder(comm);
  write_fields(comm, folder.path(), part(grids[2], comm));
  const auto before = file_text(folder.path() / "fields.h5");
  std::string message;
  {
    const SmallFiles limit(100000);
    message = message_of([&] { write_fields(comm, folder.path(), part({{"x", "y"}, {200, 300}}, comm)); });
  }
  REQUIRE(contains(message, "fields.h5"));
  REQUIRE(file_text(folder.path() / "fields.h5") == before);
  REQUIRE(holds_example(folder.path() / "fields.h5"));
}

TEST_CASE("a folder that is not there is an error on every rank") {
  const Communicator comm(MPI_COMM_WORLD);
  REQUIRE(contains(message_of([&] { write_fields(comm, "/nonexistent/folder", part(grids[2], comm)); }),
                   "/nonexistent"));
}

TEST_CASE("a flipped bit in fields.h5 is noticed") {
  const Communicator comm(MPI_COMM_SELF);
  const Folder folder(comm);
  const auto path = folder.path() / "fields.h5";
  write_fields(comm, folder.path(), part(grids[4], comm));
  auto text = file_text(path);
  // 3.3 = sqrt(11) is stored once, so that its bytes are found in the data.
  const double value = example_value(11);
  const auto at = text.find(std::string(reinterpret_cast<const char*>(&value), sizeof(value)));
  REQUIRE(at != std::string::npos);
  text[at] = static_cast<char>(text[at] ^ 1);
  std::ofstream(path, std::ios::binary) << text;
  REQUIRE(contains(message_of([&] { read_field(path, "u"); }), "checksum"));
}

TEST_CASE("a column that is not in the file is an error that names it") {
  const Communicator comm(MPI_COMM_SELF);
  const Folder folder(comm);
  write_fields(comm, folder.path(), part(grids[0], comm));
  REQUIRE(contains(message_of([&] { read_field(folder.path() / "fields.h5", "pressure"); }), "pressure"));
}
