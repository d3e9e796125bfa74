// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <algorithm>
#include <cctype>
#include <cstddef>
#include <numeric>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace ddpinn {

/// The edit distance of Damerau and Levenshtein (optimal string alignment): the smallest number of
/// insertions, deletions, substitutions and swaps of neighbours that turn one text into the other.
inline std::size_t edit_distance(std::string_view a, std::string_view b) {
  std::vector<std::size_t> before_last, last(b.size() + 1), row(b.size() + 1);
  std::iota(last.begin(), last.end(), std::size_t{0});
  for (std::size_t i = 1; i <= a.size(); ++i) {
    row[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      row[j] = std::min({last[j] + 1, row[j - 1] + 1, last[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1)});
      const bool swapped = i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1];
      if (swapped) row[j] = std::min(row[j], before_last[j - 2] + 1);
    }
    before_last = std::exchange(last, row);
  }
  return last[b.size()];
}

/// The known name that a mistyped one most likely meant; none where nothing is near (more than a third of its
/// letters differ, or its only one does but for the case).
inline std::optional<std::string> nearest_name(std::string_view name, const std::vector<std::string>& known) {
  std::optional<std::string> best;
  std::size_t least = std::max<std::size_t>(1, name.size() / 3) + 1;
  for (const auto& candidate : known) {
    const std::size_t distance = edit_distance(name, candidate);
    const bool other_letter = name.size() == 1 && candidate.size() == 1 &&
                              std::tolower(static_cast<unsigned char>(name[0])) !=
                                  std::tolower(static_cast<unsigned char>(candidate[0]));
    if (distance >= least || other_letter) continue;
    least = distance;
    best = candidate;
  }
  return best;
}

/// A text of users' (names, titles, file names) for a terminal: control characters, which could move the
/// cursor or hide what stands there, are spelled out; line ends and tabs stay.
inline std::string printable(std::string_view text) {
  constexpr std::string_view digits = "0123456789abcdef";
  const auto spelled = [&](char kind, unsigned char c) {
    return std::string("\\") + kind + (kind == 'u' ? "00" : "") + digits[c >> 4] + digits[c & 15];
  };
  std::string result;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const unsigned char c = text[i], next = i + 1 < text.size() ? text[i + 1] : 0;
    if ((c < 0x20 && c != '\n' && c != '\t') || c == 0x7f) {
      result += spelled('x', c);
    } else if (c == 0xc2 && next >= 0x80 && next < 0xa0) {  // U+0080 to U+009F
      result += spelled('u', next);
      ++i;
    } else {
      result += text[i];
    }
  }
  return result;
}

}  // namespace ddpinn
