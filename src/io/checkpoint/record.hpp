// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <map>
#include <string>
#include <vector>

namespace ddpinn {

/// Counts, flags and numbers as those of a record, which are exact up to 2^53.
template <class... Number>
std::vector<double> as_numbers(Number... numbers) {
  return {static_cast<double>(numbers)...};
}

/// Numbers by the number of what they belong to: a subdomain, or a rank. Each block is on one rank.
using Blocks = std::map<int, std::vector<double>>;

/// What is to be remembered of a piece of work: numbers and texts that every rank has, and blocks that are
/// spread over the ranks. Every rank has the same names.
struct Record {
  std::map<std::string, std::vector<double>> numbers = {};
  std::map<std::string, std::string> texts = {};
  std::map<std::string, Blocks> blocks = {};

  /// @throws std::out_of_range where it is not there
  double number(const std::string& name) const { return numbers.at(name).at(0); }

  /// Adds what another has under other names.
  void merge(Record other) {
    numbers.merge(other.numbers);
    texts.merge(other.texts);
    blocks.merge(other.blocks);
  }
};

/// By the path of the work, such as "slab_2/solve/newton".
using Records = std::map<std::string, Record>;

}  // namespace ddpinn
