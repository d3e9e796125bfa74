// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "decomposition/point_covers.hpp"

#include <map>
#include <optional>
#include <unordered_map>
#include <utility>

namespace ddpinn {

/// Fills the tables, point by point.
class PointCovers::Tabulation {
 public:
  explicit Tabulation(const Decomposition& decomposition) : decomposition_(decomposition) {}

  void add(const Point& x, Sides sides, PointCovers& covers) {
    Key key{sides, {}};
    std::array<std::uint32_t, max_dimension> first{};
    for (int d = 0; d < decomposition_.dimension(); ++d) {
      const auto& line = line_at(d, x[d]);
      first[d] = line.first;
      key.second[d] = line.kind;
    }
    const auto pattern = pattern_of(key, x, first);
    if (pattern == no_pattern) return covers.push_back(decomposition_.cover(x, sides));
    covers.numbers_.push_back(pattern);
    covers.numbers_.insert(covers.numbers_.end(), first.begin(), first.begin() + decomposition_.dimension());
  }

  Tables take() { return std::move(tables_); }

 private:
  /// A coordinate: where its boxes begin in the table, and which they are.
  struct Line {
    std::uint32_t first = 0;
    int kind = 0;
  };
  /// Points with the same key are covered by the same subdomains.
  using Key = std::pair<Sides, std::array<int, max_dimension>>;

  const Line& line_at(int d, double x) {
    auto& last = last_[d];
    if (last && last->first == x) return last->second;
    auto [found, is_new] = lines_[d].try_emplace(x);
    if (is_new) found->second = tabulate(d, x);
    last.emplace(x, found->second);
    return last->second;
  }

  Line tabulate(int d, double x) {
    auto& along = tables_.along[d];
    const Line line{static_cast<std::uint32_t>(along.size()), 0};
    std::vector<int> cells;
    for (int level = 0; level < decomposition_.levels(); ++level) {
      for (const auto& cover : decomposition_.axis(level, d).cover(x)) {
        along.push_back(cover);
        cells.push_back(cover.cell);
      }
      cells.push_back(-1);
    }
    const auto kind = kinds_.try_emplace(cells, static_cast<int>(kinds_.size())).first;
    counts_.resize(kinds_.size());
    auto& counts = counts_[kind->second];
    counts.assign(1, 0);
    for (int cell : cells) {
      if (cell >= 0)
        ++counts.back();
      else
        counts.push_back(0);
    }
    return {line.first, kind->second};
  }

  std::uint32_t pattern_of(const Key& key, const Point& x,
                           const std::array<std::uint32_t, max_dimension>& first) {
    if (last_pattern_ && last_pattern_->first == key) return last_pattern_->second;
    auto [found, is_new] = patterns_.try_emplace(key, no_pattern);
    if (is_new) {
      if (auto slots = slots_of(key, decomposition_.cover(x, key.first), first)) {
        found->second = static_cast<std::uint32_t>(tables_.patterns.size());
        tables_.patterns.push_back(std::move(*slots));
      }
    }
    last_pattern_.emplace(*found);
    return found->second;
  }

  /// How many boxes of a level reach over the points of a key.
  std::size_t boxes(const Key& key, int level) const {
    std::size_t product = 1;
    for (int d = 0; d < decomposition_.dimension(); ++d) product *= counts_[key.second[d]][level];
    return product;
  }

  /// Nothing where some boxes have no network there, since windows are no products then.
  std::optional<std::vector<Slot>> slots_of(const Key& key, const std::vector<Cover>& covers,
                                            const std::array<std::uint32_t, max_dimension>& first) const {
    std::vector<std::size_t> of_level(decomposition_.levels(), 0);
    std::vector<Slot> slots;
    for (const auto& cover : covers) {
      ++of_level[decomposition_[cover.subdomain].level];
      auto& slot = slots.emplace_back(Slot{cover.subdomain, {}});
      for (int d = 0; d < decomposition_.dimension(); ++d) {
        const auto place = place_of(key, cover, d, first[d]);
        if (!place) return {};
        slot.place[d] = *place;
      }
    }
    for (int level = 0; level < decomposition_.levels(); ++level)
      if (of_level[level] != boxes(key, level)) return {};
    return slots;
  }

  /// The place of a cover's factor along an axis.
  std::optional<std::uint8_t> place_of(const Key& key, const Cover& cover, int d, std::uint32_t first) const {
    const auto& subdomain = decomposition_[cover.subdomain];
    const auto& counts = counts_[key.second[d]];
    std::size_t place = 0;
    for (int level = 0; level < subdomain.level; ++level) place += counts[level];
    for (std::size_t i = 0; i < counts[subdomain.level]; ++i, ++place) {
      const auto& factor = tables_.along[d][first + place];
      if (factor.cell == subdomain.cell[d] && factor.xi == cover.xi[d] && factor.window == cover.window[d])
        return static_cast<std::uint8_t>(place);
    }
    return {};
  }

  const Decomposition& decomposition_;
  Tables tables_;
  std::array<std::unordered_map<double, Line>, max_dimension> lines_;
  std::array<std::optional<std::pair<double, Line>>, max_dimension> last_;
  std::map<std::vector<int>, int> kinds_;         ///< of coordinates, by the cells of their boxes
  std::vector<std::vector<std::size_t>> counts_;  ///< boxes by kind and level
  std::map<Key, std::uint32_t> patterns_;
  std::optional<std::pair<Key, std::uint32_t>> last_pattern_;
};

PointCovers::PointCovers(const Decomposition& decomposition, std::span<const Point> points)
    : width_(1 + decomposition.dimension()) {
  const auto sides = decomposition.sides(points);
  Tabulation tabulation(decomposition);
  numbers_.reserve(points.size() * width_);
  for (std::size_t i = 0; i < points.size(); ++i) tabulation.add(points[i], sides[i], *this);
  tables_ = std::make_shared<const Tables>(tabulation.take());
}

std::size_t PointCovers::count(std::size_t i) const {
  return listed(i) ? list_[*places(i)].size() : tables_->patterns[pattern(i)].size();
}

int PointCovers::subdomain(std::size_t i, std::size_t c) const {
  return listed(i) ? list_[*places(i)][c].subdomain : tables_->patterns[pattern(i)][c].subdomain;
}

Cover PointCovers::at(std::size_t i, std::size_t c) const {
  const auto* places = this->places(i);
  if (listed(i)) return list_[*places][c];
  const auto& slot = tables_->patterns[pattern(i)][c];
  Cover cover;
  cover.subdomain = slot.subdomain;
  for (std::size_t d = 0; d < max_dimension; ++d) {
    if (d + 1 >= width_) {
      cover.window[d] = LineJet{1};
      continue;
    }
    const auto& factor = tables_->along[d][places[d] + slot.place[d]];
    cover.xi[d] = factor.xi;
    cover.window[d] = factor.window;
  }
  return cover;
}

std::vector<Cover> PointCovers::operator[](std::size_t i) const {
  std::vector<Cover> covers;
  for (std::size_t c = 0; c < count(i); ++c) covers.push_back(at(i, c));
  return covers;
}

void PointCovers::push_back(std::vector<Cover> covers) {
  numbers_.push_back(no_pattern);
  numbers_.push_back(static_cast<std::uint32_t>(list_.size()));
  numbers_.resize(numbers_.size() + width_ - 2);
  list_.push_back(std::move(covers));
}

void PointCovers::resize(std::size_t points) {
  while (size() < points) push_back({});
}

PointCovers PointCovers::of(std::span<const std::size_t> order) const {
  PointCovers result;
  result.width_ = width_;
  result.tables_ = tables_;
  result.numbers_.reserve(order.size() * width_);
  for (auto i : order) {
    if (listed(i))
      result.push_back(list_[*places(i)]);
    else
      result.numbers_.insert(result.numbers_.end(), places(i) - 1, places(i) - 1 + width_);
  }
  return result;
}

}  // namespace ddpinn
