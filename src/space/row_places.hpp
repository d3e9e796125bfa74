// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <algorithm>
#include <cstddef>
#include <vector>

namespace ddpinn {

/// Where the rows of a group's points are: run by run of consecutive points, whose rows of one statement
/// follow each other as they do, and those of the next statement after them.
class RowPlaces {
  struct Run {
    std::size_t begin, points, chunk, row;
  };

 public:
  /// The rows of one point.
  struct Place {
    std::size_t chunk = 0;   ///< of LocalRows::chunks
    std::size_t first = 0;   ///< of the first statement
    std::size_t stride = 0;  ///< to the next one
    std::size_t row(std::size_t statement) const { return first + statement * stride; }
  };

  /// The next points, from this row on.
  void add(std::size_t points, std::size_t chunk, std::size_t row) {
    if (points > 0) runs_.push_back({size(), points, chunk, row});
  }
  void clear() { runs_.clear(); }
  std::size_t size() const { return runs_.empty() ? 0 : runs_.back().begin + runs_.back().points; }

  Place operator[](std::size_t point) const {
    const auto after = std::ranges::upper_bound(runs_, point, {}, &Run::begin);
    return place(*(after - 1), point);
  }

  /// Calls visit(point, place) for all points.
  template <class Visit>
  void for_each(const Visit& visit) const {
    for (const auto& run : runs_)
      for (auto i = run.begin; i < run.begin + run.points; ++i) visit(i, place(run, i));
  }

  /// Places of points that are asked for mostly one after the other.
  class Walk {
   public:
    explicit Walk(const RowPlaces& places) : runs_(&places.runs_) {}
    Place operator[](std::size_t point) {
      if (!run_ || point < run_->begin || point >= run_->begin + run_->points)
        run_ = &*(std::ranges::upper_bound(*runs_, point, {}, &Run::begin) - 1);
      return place(*run_, point);
    }

   private:
    const std::vector<Run>* runs_;
    const Run* run_ = nullptr;
  };

 private:
  static Place place(const Run& run, std::size_t point) {
    return {run.chunk, run.row + (point - run.begin), run.points};
  }

  std::vector<Run> runs_;
};

}  // namespace ddpinn
