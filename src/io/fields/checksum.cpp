// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "io/fields/checksum.hpp"

#include <array>

namespace ddpinn {
namespace {

/// The generator polynomial with the lowest power in the highest bit, as all CRCs here.
constexpr std::uint32_t polynomial = 0xedb88320U;
constexpr std::uint32_t one = 0x80000000U;
constexpr std::uint32_t x_to_8 = 0x00800000U;

constexpr std::uint32_t times_x(std::uint32_t a) { return (a >> 1) ^ ((a & 1U) != 0 ? polynomial : 0U); }

constexpr std::array<std::uint32_t, 256> make_table() {
  std::array<std::uint32_t, 256> table{};
  for (std::uint32_t byte = 0; byte < 256; ++byte) {
    std::uint32_t crc = byte;
    for (int bit = 0; bit < 8; ++bit) crc = times_x(crc);
    table[byte] = crc;
  }
  return table;
}
constexpr auto table = make_table();

/// a * b modulo the polynomial, over the field of two elements.
std::uint32_t multiply(std::uint32_t a, std::uint32_t b) {
  std::uint32_t product = 0;
  for (std::uint32_t bit = one; bit != 0; bit >>= 1) {
    if ((a & bit) != 0) product ^= b;
    b = times_x(b);
  }
  return product;
}

}  // namespace

std::uint32_t crc32(std::span<const std::byte> bytes) {
  std::uint32_t crc = 0xffffffffU;
  for (const auto byte : bytes) crc = (crc >> 8) ^ table[(crc ^ static_cast<std::uint32_t>(byte)) & 0xffU];
  return ~crc;
}

std::uint32_t join_crc32(std::uint32_t first, std::uint32_t second, std::uint64_t second_length) {
  std::uint32_t shift = one;
  std::uint32_t square = x_to_8;
  for (auto n = second_length; n != 0; n >>= 1) {
    if ((n & 1U) != 0) shift = multiply(shift, square);
    square = multiply(square, square);
  }
  return multiply(shift, first) ^ second;
}

}  // namespace ddpinn
