// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "io/directory.hpp"

#include "base/host.hpp"
#include "io/visible.hpp"
#include "parallel/agree.hpp"

#include <fcntl.h>
#include <fmt/chrono.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <ctime>
#include <system_error>

namespace ddpinn {
namespace {

constexpr const char* lock_name = "run.lock";

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

/// Whether the file that was opened still has its name: the run before removes it when it ends.
bool has_name(int file, const std::filesystem::path& path) {
  struct stat opened {
  }, named{};
  return ::fstat(file, &opened) == 0 && ::stat(path.c_str(), &named) == 0 && opened.st_ino == named.st_ino;
}

std::string content(int file) {
  std::array<char, 400> text{};
  const auto size = ::pread(file, text.data(), text.size(), 0);
  return size > 0 ? std::string(text.data(), size) : "another process";
}

bool is_former_result(const std::filesystem::path& path) {
  const auto name = path.filename().string();
  const auto ending = path.extension().string();
  if (path.parent_path().filename() == "figures")
    return ending == ".dat" || ending == ".gp" || ending == ".log";
  return name == "history.csv" || name == "progress.json" || name == "quantities.csv" ||
         name == "fields.h5" || name == "fields.xdmf" || name == "fields.vtkhdf" || name == "report.html" ||
         name == "convergence.png" || (name.starts_with("solution_") && ending == ".png");
}

void remove_results(const std::filesystem::path& folder) {
  std::error_code code;
  for (const auto& entry : std::filesystem::directory_iterator(folder, code))
    if (is_former_result(entry.path()) && !std::filesystem::remove(entry.path(), code) && code)
      throw Error(Status::input_output,
                  fmt::format("{}: the file of a former run can't be removed ({}); choose another "
                              "output.directory",
                              entry.path().string(), code.message()));
}

}  // namespace

OutputDirectory::OutputDirectory(const Communicator& comm, const std::filesystem::path& directory)
    : comm_(comm) {
  on_root(comm, [&] {
    create(directory);
    path_ = directory;
    lock();
  });
  visible_to_all(comm, directory / lock_name);
  path_ = visible_to_all(comm, directory);
}

OutputDirectory::~OutputDirectory() {
  if (lock_.get() >= 0) ::unlink((path_ / lock_name).c_str());
}

/// A lock of the system's, which ends with the process however that ends.
void OutputDirectory::lock() {
  const auto file = path_ / lock_name;
  for (;;) {
    Descriptor opened(::open(file.c_str(), O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK, 0666));
    if (opened.get() < 0)
      throw Error(Status::input_output,
                  fmt::format("{}: the file can't be created ({}); check the permissions of the folder, or "
                              "choose another output.directory",
                              file.string(), std::strerror(errno)));
    if (::flock(opened.get(), LOCK_EX | LOCK_NB) != 0 && errno == EWOULDBLOCK)
      throw Error(
          Status::input_output,
          fmt::format("{}: another run writes to this folder ({}); wait for its end, or choose another "
                      "output.directory",
                      path_.string(), content(opened.get())));
    if (!has_name(opened.get(), file)) continue;
    const auto text = fmt::format("process {} on {}, since {:%F %T} UTC", ::getpid(), host_name(),
                                  fmt::gmtime(std::time(nullptr)));
    if (::ftruncate(opened.get(), 0) != 0 || ::write(opened.get(), text.data(), text.size()) < 0)
      throw Error(Status::input_output, fmt::format("{}: the file can't be written ({}); free some space, or "
                                                    "choose another output.directory",
                                                    file.string(), std::strerror(errno)));
    lock_ = std::move(opened);
    return;
  }
}

void OutputDirectory::begin(const std::string& original, const std::string& resolved) {
  on_root(comm_, [&] {
    remove_temporaries(path_);
    remove_results(path_);
    remove_results(path_ / "figures");
    write_text(
        path_ / "summary.json",
        "{\n  \"converged\": false,\n  \"resolved\": false,\n  \"stop_reason\": \"the run has not come "
        "to its end: it still runs, was killed, or has failed\"\n}\n");
  });
  describe(original, resolved);
}

void OutputDirectory::describe(const std::string& original, const std::string& resolved) {
  on_root(comm_, [&] {
    write_text(path_ / "original.toml", original);
    write_text(path_ / "resolved.toml", resolved);
  });
}

}  // namespace ddpinn
