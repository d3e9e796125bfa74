// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "io/disk.hpp"

#include <ddpinn/error.hpp>

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <string>
#include <utility>

namespace ddpinn {
namespace {

[[noreturn]] void fail(const std::filesystem::path& path, std::string_view what, int code) {
  throw Error(
      Status::input_output,
      fmt::format("{}: {} ({}); check the permissions and the free space of its folder, or choose another "
                  "output.directory",
                  path.string(), what, std::strerror(code)));
}

/// A file descriptor that closes itself.
class Descriptor {
 public:
  explicit Descriptor(int descriptor) : descriptor_(descriptor) {}
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  ~Descriptor() {
    if (descriptor_ >= 0) ::close(descriptor_);
  }
  int get() const { return descriptor_; }
  int close() { return ::close(std::exchange(descriptor_, -1)); }

 private:
  int descriptor_;
};

void write_all(int descriptor, std::string_view text, const std::filesystem::path& path) {
  while (!text.empty()) {
    const auto written = ::write(descriptor, text.data(), text.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) fail(path, "the file can't be written", errno);
    text.remove_prefix(written);
  }
}

std::string readable(double bytes) {
  if (bytes >= 1073741824.0) return fmt::format("{:.1f} GiB", bytes / 1073741824.0);
  return fmt::format("{:.1f} MiB", bytes / 1048576.0);
}

}  // namespace

std::filesystem::path temporary_name(const std::filesystem::path& path) {
  auto name = path;
  name += ".part";
  return name;
}

void write_text(const std::filesystem::path& path, std::string_view text) {
  const auto temporary = temporary_name(path);
  Descriptor file(::open(temporary.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666));
  if (file.get() < 0) fail(path, "the file can't be created", errno);
  try {
    write_all(file.get(), text, path);
    // Without fsync a rename may reach the disk before the data, and a crash leaves an empty file.
    if (::fsync(file.get()) != 0 && errno != EINVAL) fail(path, "the file can't be written", errno);
    if (file.close() != 0) fail(path, "the file can't be closed", errno);
  } catch (const Error&) {
    ::unlink(temporary.c_str());
    throw;
  }
  replace_file(temporary, path);
}

void replace_file(const std::filesystem::path& temporary, const std::filesystem::path& path) {
  if (::rename(temporary.c_str(), path.c_str()) != 0) fail(path, "the file can't be put into place", errno);
}

void require_space(const std::filesystem::path& path, double bytes, std::string_view reason) {
  const auto folder = path.has_parent_path() ? path.parent_path() : std::filesystem::path(".");
  struct statvfs disk {};
  if (::statvfs(folder.c_str(), &disk) != 0) fail(path, "its folder can't be examined", errno);
  const double free = static_cast<double>(disk.f_bavail) * static_cast<double>(disk.f_frsize);
  // Some network file systems report no size at all; then only the write itself can tell.
  if (disk.f_blocks == 0 || free >= bytes) return;
  throw Error(
      Status::input_output,
      fmt::format("{}: the disk is too full: {} are needed and {} are free ({}); free some space, choose "
                  "another output.directory, or a smaller output.grid",
                  path.string(), readable(bytes), readable(free), reason));
}

}  // namespace ddpinn
