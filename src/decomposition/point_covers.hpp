// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "decomposition/decomposition.hpp"

#include <array>
#include <cstdint>
#include <memory>
#include <span>
#include <vector>

namespace ddpinn {

/// Who covers each of many points. Points of product rules have few different coordinates along each axis,
/// and points between the same ends of boxes are covered by the same subdomains: both are kept once in
/// tables, and of a point only its places there, 4 bytes and 4 per direction, where a Cover of each network
/// would take some 230. What is no product of factors along the axes is listed point by point.
class PointCovers {
 public:
  PointCovers() = default;
  /// By the subdomains of the parts of the domain that the points are in.
  PointCovers(const Decomposition&, std::span<const Point>);

  std::size_t size() const { return numbers_.size() / width_; }
  /// How many subdomains cover point i; one may appear twice, see Decomposition::cover.
  std::size_t count(std::size_t i) const;
  /// The c-th of them, in ascending order.
  int subdomain(std::size_t i, std::size_t c) const;
  Cover at(std::size_t i, std::size_t c) const;
  std::vector<Cover> operator[](std::size_t i) const;

  /// Whether the same subdomains cover two points, in the same places of `at`; points of listed covers are
  /// alike to themselves only.
  bool alike(std::size_t i, std::size_t j) const {
    return pattern(i) == pattern(j) && (!listed(i) || i == j);
  }

  void push_back(std::vector<Cover> covers);
  /// Further points that nobody covers.
  void resize(std::size_t points);
  /// Those of these points, in this order.
  PointCovers of(std::span<const std::size_t> order) const;

 private:
  class Tabulation;
  /// One subdomain that covers the points of a pattern, and its factors' places among those along each axis.
  struct Slot {
    int subdomain = 0;
    std::array<std::uint8_t, max_dimension> place{};
  };
  struct Tables {
    std::vector<std::vector<Slot>> patterns;
    /// By direction: one coordinate after the other, each with the boxes of all levels that reach over it.
    std::array<std::vector<Axis::Cover>, max_dimension> along;
  };
  static constexpr std::uint32_t no_pattern = UINT32_MAX;

  std::uint32_t pattern(std::size_t i) const { return numbers_[i * width_]; }
  bool listed(std::size_t i) const { return pattern(i) == no_pattern; }
  const std::uint32_t* places(std::size_t i) const { return numbers_.data() + i * width_ + 1; }

  std::size_t width_ = 2;  ///< numbers of a point
  /// By point: its pattern, and by direction where its coordinate begins in `along`; or, without a pattern,
  /// where it stands in the list.
  std::vector<std::uint32_t> numbers_;
  std::shared_ptr<const Tables> tables_;
  std::vector<std::vector<Cover>> list_;
};

}  // namespace ddpinn
