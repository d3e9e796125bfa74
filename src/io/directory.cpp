// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "io/directory.hpp"

#include "io/disk.hpp"
#include "parallel/agree.hpp"

#include <fmt/format.h>

#include <system_error>

namespace ddpinn {
namespace {

void create(const std::filesystem::path& directory) {
  std::error_code code;
  std::filesystem::create_directories(directory, code);
  if (!code && std::filesystem::is_directory(directory)) return;
  const std::string reason = code ? code.message() : "something that is no folder has this name";
  throw Error(
      Status::input_output,
      fmt::format(
          "{}: the output folder can't be created ({}); choose another output.directory, for example by "
          "--set output.directory='\"results\"'",
          directory.string(), reason));
}

}  // namespace

void prepare_directory(const Communicator& comm, const std::filesystem::path& directory,
                       const std::string& original, const std::string& resolved) {
  on_root(comm, [&] {
    create(directory);
    write_text(directory / "original.toml", original);
    write_text(directory / "resolved.toml", resolved);
  });
}

}  // namespace ddpinn
