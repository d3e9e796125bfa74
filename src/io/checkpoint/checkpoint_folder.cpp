// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "io/checkpoint/checkpoint_folder.hpp"

#include "io/disk.hpp"
#include "parallel/agree.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <sstream>

namespace ddpinn {

namespace {

namespace fs = std::filesystem;

constexpr std::string_view prefix = "checkpoint_", suffix = ".h5";

/// The number in a checkpoint's name.
std::optional<long long> number_of(const fs::path& path) {
  const auto name = path.filename().string();
  if (!name.starts_with(prefix) || !name.ends_with(suffix)) return {};
  const auto digits = name.substr(prefix.size(), name.size() - prefix.size() - suffix.size());
  if (digits.empty() || digits.size() > 18 ||
      !std::ranges::all_of(digits, [](unsigned char c) { return std::isdigit(c) != 0; }))
    return {};
  return std::stoll(digits);
}

/// Those of a folder, the newest first.
std::vector<fs::path> checkpoints_in(const fs::path& folder) {
  std::vector<std::pair<long long, fs::path>> found;
  std::error_code code;
  for (fs::directory_iterator entry(folder, code), end; !code && entry != end; entry.increment(code))
    if (const auto number = number_of(entry->path())) found.emplace_back(*number, entry->path());
  std::ranges::sort(found, std::greater<>());
  std::vector<fs::path> paths;
  for (auto& [number, path] : found) paths.push_back(std::move(path));
  return paths;
}

/// What a killed run has left unfinished.
void remove_unfinished(const fs::path& folder) {
  std::error_code ignored;
  for (const auto& entry : fs::directory_iterator(folder, ignored)) {
    const auto name = entry.path().filename().string();
    if (name.starts_with(prefix) && name.find(".part") != std::string::npos)
      fs::remove(entry.path(), ignored);
  }
}

/// The next name.
fs::path prepare_next(const fs::path& folder) {
  std::error_code code;
  fs::create_directories(folder, code);
  if (code || !fs::is_directory(folder))
    throw Error(Status::input_output,
                fmt::format("{}: the folder for checkpoints can't be created ({}); choose another "
                            "output.directory",
                            folder.string(), code ? code.message() : "something else has this name"));
  remove_unfinished(folder);
  const auto present = checkpoints_in(folder);
  return folder / fmt::format("{}{:06}{}", prefix, present.empty() ? 1 : *number_of(present[0]) + 1, suffix);
}

/// The file that is asked for and those before it, the newest first.
std::vector<fs::path> candidates(const fs::path& from) {
  std::vector<fs::path> all;
  if (fs::is_directory(from)) {
    all = checkpoints_in(from);
    if (all.empty()) all = checkpoints_in(checkpoint_folder(from));
  } else if (fs::exists(from)) {
    all = {from};
    const auto number = number_of(from);
    const auto folder = from.has_parent_path() ? from.parent_path() : fs::path(".");
    for (auto& path : checkpoints_in(folder))
      if (number && *number_of(path) < *number) all.push_back(std::move(path));
  }
  if (all.empty())
    throw Error(Status::input_output,
                fmt::format("{}: there is no checkpoint (they are written into the folder 'checkpoints' of "
                            "the output directory); start the run without --restart",
                            from.string()));
  return all;
}

/// The same on every rank, as rank 0 sees them.
std::vector<fs::path> agreed_candidates(const Communicator& comm, const fs::path& from) {
  std::string list;
  on_root(comm, [&] {
    for (const auto& path : candidates(from)) list += path.string() + "\n";
  });
  std::istringstream lines(broadcast(comm, list));
  std::vector<fs::path> paths;
  for (std::string line; std::getline(lines, line);) paths.emplace_back(line);
  return paths;
}

}  // namespace

fs::path checkpoint_folder(const fs::path& output) { return output / "checkpoints"; }

fs::path add_checkpoint(const Communicator& comm, const fs::path& folder, const Checkpoint& checkpoint,
                        int keep) {
  std::string name;
  on_root(comm, [&] { name = prepare_next(folder).string(); });
  const fs::path path = broadcast(comm, name);
  write_checkpoint(comm, path, checkpoint);
  on_root(comm, [&] {
    write_text(folder / "latest", path.filename().string() + "\n");
    const auto present = checkpoints_in(folder);
    std::error_code ignored;
    for (std::size_t i = keep; i < present.size(); ++i) fs::remove(present[i], ignored);
  });
  return path;
}

FoundCheckpoint find_checkpoint(const Communicator& comm, const fs::path& from,
                                const std::function<void(const std::string&)>& warn) {
  const auto paths = agreed_candidates(comm, from);
  for (std::size_t i = 0;; ++i) {
    try {
      return {paths[i], read_checkpoint(comm, paths[i])};
    } catch (const AgreedError& error) {
      if (i + 1 == paths.size()) throw;
      warn(fmt::format("{}; the checkpoint before it is taken: {}", error.what(), paths[i + 1].string()));
    }
  }
}

}  // namespace ddpinn
