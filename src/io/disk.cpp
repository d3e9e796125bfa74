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
#include <random>
#include <string>
#include <utility>

namespace ddpinn {
namespace {

constexpr std::string_view ending = ".part";

[[noreturn]] void fail(const std::filesystem::path& path, std::string_view what, int code) {
  throw Error(
      Status::input_output,
      fmt::format("{}: {} ({}); check the permissions and the free space of its folder, or choose another "
                  "output.directory",
                  path.string(), what, std::strerror(code)));
}

void write_all(int descriptor, std::string_view text, const std::filesystem::path& path) {
  while (!text.empty()) {
    const auto written = ::write(descriptor, text.data(), text.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) fail(path, "the file can't be written", errno);
    text.remove_prefix(written);
  }
}

std::filesystem::path folder_of(const std::filesystem::path& path) {
  return path.has_parent_path() ? path.parent_path() : std::filesystem::path(".");
}

/// Waits until a file, or the names in a folder, are on the disk. Some file systems have no such request.
void flush(const std::filesystem::path& what, int flags, const std::filesystem::path& path) {
  const Descriptor file(::open(what.c_str(), flags | O_CLOEXEC));
  if (file.get() < 0 || (::fsync(file.get()) != 0 && errno != EINVAL && errno != ENOTSUP))
    fail(path, "the file can't be written", errno);
}

std::string readable(double bytes) {
  if (bytes >= 1073741824.0) return fmt::format("{:.1f} GiB", bytes / 1073741824.0);
  return fmt::format("{:.1f} MiB", bytes / 1048576.0);
}

}  // namespace

Descriptor::Descriptor(Descriptor&& other) noexcept : descriptor_(std::exchange(other.descriptor_, -1)) {}

Descriptor& Descriptor::operator=(Descriptor&& other) noexcept {
  std::swap(descriptor_, other.descriptor_);
  return *this;
}

Descriptor::~Descriptor() {
  if (descriptor_ >= 0) ::close(descriptor_);
}

int Descriptor::close() { return ::close(std::exchange(descriptor_, -1)); }

std::filesystem::path temporary_name(const std::filesystem::path& path) {
  static std::random_device device;
  auto name = path;
  name += fmt::format(".{:08x}{}", device(), ending);
  return name;
}

void remove_temporaries(const std::filesystem::path& folder) {
  std::error_code ignored;
  for (const auto& entry : std::filesystem::directory_iterator(folder, ignored))
    if (entry.path().native().ends_with(ending)) std::filesystem::remove(entry.path(), ignored);
}

Descriptor create_file(const std::filesystem::path& temporary, const std::filesystem::path& path) {
  Descriptor file(::open(temporary.c_str(), O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0666));
  if (file.get() < 0) fail(path, "the file can't be created", errno);
  return file;
}

void write_text(const std::filesystem::path& path, std::string_view text) {
  const auto temporary = temporary_name(path);
  auto file = create_file(temporary, path);
  try {
    write_all(file.get(), text, path);
    if (file.close() != 0) fail(path, "the file can't be closed", errno);
    replace_file(temporary, path);
  } catch (const Error&) {
    ::unlink(temporary.c_str());
    throw;
  }
}

void replace_file(const std::filesystem::path& temporary, const std::filesystem::path& path) {
  // Without this a rename may reach the disk before the data, and a crash leaves an empty file.
  flush(temporary, O_RDONLY | O_NOFOLLOW, path);
  if (::rename(temporary.c_str(), path.c_str()) != 0) fail(path, "the file can't be put into place", errno);
  flush(folder_of(path), O_RDONLY | O_DIRECTORY, path);
}

void require_space(const std::filesystem::path& path, double bytes, std::string_view reason) {
  const auto folder = folder_of(path);
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
