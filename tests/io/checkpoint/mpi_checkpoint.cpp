// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
// Checkpoints are the same when they are read, on any number of ranks, or are found to be damaged.
#include "io/checkpoint/journal.hpp"

#include "base/random.hpp"
#include "io/example_sample.hpp"
#include "parallel/agree.hpp"
#include "support/catch.hpp"

#include <chrono>
#include <fstream>
#include <limits>
#include <thread>

using namespace ddpinn;
using namespace ddpinn::test;

namespace {

namespace fs = std::filesystem;

constexpr int subdomains = 23;

std::vector<double> numbers_of(int k) {
  Random random(3, k);
  std::vector<double> values(100 + 37 * k);
  for (auto& value : values) value = random.uniform(-1, 1);
  return values;
}

/// Blocks of this rank, those of other ranks and none.
Checkpoint example(const Communicator& comm) {
  Checkpoint checkpoint{"a = 1\n", 12.5, {}};
  auto& record = checkpoint.records["slab_0/solve"];
  record.numbers = {{"empty", {}}, {"some", {1, std::numeric_limits<double>::infinity(), 0.1}}};
  record.texts = {{"line", "two\nlines [and] # more"}, {"none", ""}};
  for (int k = comm.rank(); k < subdomains; k += comm.size()) record.blocks["c"][k] = numbers_of(k);
  record.blocks["nothing"];
  if (comm.rank() == comm.size() - 1) checkpoint.records["slab_1"].blocks["c"][7] = {};
  checkpoint.records["slab_1"].blocks["c"];
  return checkpoint;
}

std::vector<int> everything() {
  std::vector<int> all(subdomains);
  for (int k = 0; k < subdomains; ++k) all[k] = k;
  return all;
}

bool is_example(const Communicator& comm, const Checkpoint& found) {
  const auto& record = found.records.at("slab_0/solve");
  const auto expected = example(comm);
  const auto& as_written = expected.records.at("slab_0/solve");
  const Journal journal(comm, {});
  const auto blocks = journal.fetch(record.blocks.at("c"), everything());
  bool same = found.text == expected.text && found.seconds == expected.seconds &&
              record.numbers == as_written.numbers && record.texts == as_written.texts &&
              blocks.size() == subdomains && found.records.size() == 2;
  for (const auto& [k, values] : blocks) same = same && values == numbers_of(k);
  return !any(comm, !same);
}

void copy_with(const fs::path& from, const fs::path& to, const std::function<void(std::string&)>& change) {
  std::ifstream in(from, std::ios::binary);
  std::string bytes{std::istreambuf_iterator<char>(in), {}};
  change(bytes);
  std::ofstream(to, std::ios::binary) << bytes;
}

}  // namespace

TEST_CASE("Checkpoint: what was written is read, on all ranks and on one", "[checkpoint]") {
  const Communicator all(MPI_COMM_WORLD), alone(MPI_COMM_SELF);
  const Folder folder(all);
  const auto path = folder.path() / "checkpoint_000001.h5";
  auto written = example(all);
  written.seconds -= all.rank() / 3.0;  // clocks differ
  write_checkpoint(all, path, written);
  REQUIRE(is_example(all, read_checkpoint(all, path)));
  REQUIRE(is_example(alone, read_checkpoint(alone, path)));
}

TEST_CASE("Checkpoint: the newest are kept, and the one before a damaged one is taken", "[checkpoint]") {
  const Communicator all(MPI_COMM_WORLD);
  const Folder folder(all);
  const auto own = checkpoint_folder(folder.path());
  for (int i = 0; i < 4; ++i) {
    auto checkpoint = example(all);
    checkpoint.seconds = i;
    add_checkpoint(all, own, checkpoint, 2);
  }
  const auto name = [&](int number) { return own / ("checkpoint_00000" + std::to_string(number) + ".h5"); };
  REQUIRE((!fs::exists(name(2)) && fs::exists(name(3)) && fs::exists(name(4))));
  std::string told;
  const auto warn = [&](const std::string& line) { told += line; };
  REQUIRE(find_checkpoint(all, folder.path(), warn).checkpoint.seconds == 3);
  REQUIRE(find_checkpoint(all, name(3), warn).checkpoint.seconds == 2);
  REQUIRE(told.empty());
  any(all, false);
  on_root(all, [&] { fs::resize_file(name(4), fs::file_size(name(4)) / 2); });
  const auto found = find_checkpoint(all, own, warn);
  REQUIRE((found.path == name(3) && found.checkpoint.seconds == 2));
  REQUIRE(told.find(name(4).string()) != std::string::npos);
  REQUIRE(told.find("the checkpoint before it is taken") != std::string::npos);
  REQUIRE_THROWS_AS(find_checkpoint(all, folder.path() / "nowhere", warn), AgreedError);
}

TEST_CASE("Checkpoint: the state after a long way is written whatever the interval says", "[checkpoint]") {
  const Communicator all(MPI_COMM_WORLD);
  const auto written = [&](double every, double long_way) {
    const Folder folder(all);
    Journal journal(all, {.folder = checkpoint_folder(folder.path()), .every = every, .long_way = long_way});
    std::this_thread::sleep_for(std::chrono::milliseconds(20));
    journal.offer("solve", Journal::Kept::when_due, [] { return Record{}; });
    return !journal.written().empty();
  };
  REQUIRE(written(600, 0.01));
  REQUIRE_FALSE(written(600, 3600));
  REQUIRE_FALSE(written(0, 0.01));
}

TEST_CASE("Checkpoint: bytes that were changed, and cuts, are found or harmless", "[checkpoint]") {
  const Communicator all(MPI_COMM_WORLD);
  const Folder folder(all);
  const auto path = folder.path() / "whole.h5", damaged = folder.path() / "damaged.h5";
  write_checkpoint(all, path, example(all));
  int recognised = 0, harmless = 0;
  for (int trial = 0; trial < 200; ++trial) {
    on_root(all, [&] {
      Random random(17, trial);
      copy_with(path, damaged, [&](std::string& bytes) {
        const auto place = static_cast<std::size_t>(random.uniform() * static_cast<double>(bytes.size()));
        if (trial % 4 == 0)
          bytes.resize(place);
        else
          bytes[place] = static_cast<char>(bytes[place] ^ (1 << (trial % 8)));
      });
    });
    CAPTURE(trial);
    try {
      const auto found = read_checkpoint(all, damaged);
      REQUIRE(is_example(all, found));
      ++harmless;
    } catch (const AgreedError& error) {
      REQUIRE(error.status() == Status::input_output);
      ++recognised;
    }
    on_root(all, [&] { fs::remove(damaged); });
  }
  REQUIRE(recognised + harmless == 200);
  REQUIRE(recognised > 150);
}
