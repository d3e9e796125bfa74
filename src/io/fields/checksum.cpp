// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "io/fields/checksum.hpp"

#include <zlib.h>

namespace ddpinn {

std::uint32_t crc32(std::span<const std::byte> bytes) {
  return ::crc32_z(0, reinterpret_cast<const Bytef*>(bytes.data()), bytes.size());
}

std::uint32_t join_crc32(std::uint32_t first, std::uint32_t second, std::uint64_t second_length) {
  return ::crc32_combine(first, second, second_length);
}

}  // namespace ddpinn
