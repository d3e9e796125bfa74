// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "io/fields/checksum.hpp"
#include "support/catch.hpp"

#include <string_view>

using namespace ddpinn;

namespace {
std::uint32_t crc(std::string_view text) { return crc32(std::as_bytes(std::span(text.data(), text.size()))); }
}  // namespace

TEST_CASE("CRC-32 gives the check value of its standard") { REQUIRE(crc("123456789") == 0xcbf43926U); }

TEST_CASE("the CRC of joined pieces follows from those of the pieces, empty ones too") {
  const std::string_view text = "residuals on overlapping subdomains";
  for (std::size_t cut = 0; cut <= text.size(); ++cut) {
    const auto tail = text.substr(cut);
    REQUIRE(join_crc32(crc(text.substr(0, cut)), crc(tail), tail.size()) == crc(text));
  }
}
