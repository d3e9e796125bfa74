// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <ATen/core/Tensor.h>

#include <map>
#include <set>
#include <vector>

namespace ddpinn::expr {

/// At which points the steps of a program are differentiated: the branches of Op::select at those that take
/// them, what several branches share at the points of all of them. Each step has one such region, so that
/// the work grows with the number of steps however deep branches are nested.
class Regions {
 public:
  /// Region 0: all points.
  Regions() : regions_(1) {}

  /// Where, in a region, the step `condition` holds, or does not.
  int branch(int condition, int region, bool holds);
  /// All points of some regions.
  int together(const std::set<int>& parts);

  /// Points of the regions for one set of inputs.
  class Points {
   public:
    /// @param condition values of each step that is a condition, at all points
    Points(const Regions& regions, const std::vector<at::Tensor>& condition);
    /// Values at the points of one region, from those at the points of another that contains it.
    at::Tensor restrict(const at::Tensor& value, int from, int to);
    /// Where the points of a region stand among those of another that contains it.
    at::Tensor places(int region, int in);
    /// @param all number of all points
    std::int64_t count(int region, std::int64_t all);

   private:
    struct Of {
      at::Tensor mask, index, position;
    };
    const at::Tensor& index(int region);
    const at::Tensor& position(int region);

    std::vector<Of> of_;  ///< undefined for all points
  };

 private:
  struct Region {
    int condition = -1;  ///< the step; -1: `parts` together
    bool holds = true;
    std::vector<int> parts;  ///< of a branch: the region around it
  };
  int around(const std::set<int>& parts, int part) const;

  std::vector<Region> regions_;
  std::map<std::set<int>, int> known_;
  friend class Points;
};

}  // namespace ddpinn::expr
