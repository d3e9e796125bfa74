// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

namespace ddpinn {

/// CRC-32 of IEEE 802.3 by zlib: Python's zlib.crc32 gives the same number.
std::uint32_t crc32(std::span<const std::byte> bytes);

/// The CRC of two pieces joined, from theirs and the length of the second in bytes.
std::uint32_t join_crc32(std::uint32_t first, std::uint32_t second, std::uint64_t second_length);

}  // namespace ddpinn
