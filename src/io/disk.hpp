// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <filesystem>
#include <string_view>

namespace ddpinn {

/// Writes a text under a temporary name, and renames it when all of it is on the disk: a killed run leaves
/// the previous file whole. @throws Error (Status::input_output)
void write_text(const std::filesystem::path& path, std::string_view text);

/// Renames a finished temporary file. @throws Error (Status::input_output)
void replace_file(const std::filesystem::path& temporary, const std::filesystem::path& path);

/// Throws Error (Status::input_output) where the file system of `path`'s folder has less room than `bytes`.
/// @param reason what needs it, for the message
void require_space(const std::filesystem::path& path, double bytes, std::string_view reason);

/// The name under which `path` is written until it is whole.
std::filesystem::path temporary_name(const std::filesystem::path& path);

}  // namespace ddpinn
