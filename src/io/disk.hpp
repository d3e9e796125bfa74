// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <filesystem>
#include <string_view>

namespace ddpinn {

/// A file descriptor that closes itself.
class Descriptor {
 public:
  explicit Descriptor(int descriptor = -1) : descriptor_(descriptor) {}
  Descriptor(Descriptor&& other) noexcept;
  Descriptor& operator=(Descriptor&& other) noexcept;
  ~Descriptor();
  int get() const { return descriptor_; }
  int close();

 private:
  int descriptor_;
};

/// Writes a text under a temporary name, and renames it when all of it is on the disk: a killed run leaves
/// the previous file whole. @throws Error (Status::input_output)
void write_text(const std::filesystem::path& path, std::string_view text);

/// Renames a finished temporary file, once all of it is on the disk. @throws Error (Status::input_output)
void replace_file(const std::filesystem::path& temporary, const std::filesystem::path& path);

/// Makes an empty file for the user to read and write, where nothing has the name: no link is followed, no
/// file of others overwritten. @throws Error (Status::input_output) that names `path`
Descriptor create_file(const std::filesystem::path& temporary, const std::filesystem::path& path);

/// Throws Error (Status::input_output) where the file system of `path`'s folder has less room than `bytes`.
/// @param reason what needs it, for the message
void require_space(const std::filesystem::path& path, double bytes, std::string_view reason);

/// A new name, "NAME.12ab34cd.part", under which `path` is written until it is whole.
std::filesystem::path temporary_name(const std::filesystem::path& path);

/// Removes what former runs that were killed have left under temporary names.
void remove_temporaries(const std::filesystem::path& folder);

}  // namespace ddpinn
