// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "base/multi_index.hpp"

#include <ddpinn/choices.hpp>

#include <array>
#include <vector>

namespace ddpinn {

/// Taylor coefficients f, f', f''/2, ... of a function of one variable.
using LineJet = std::array<double, max_order + 1>;

/// One direction of a decomposition: cores between ascending breakpoints, each grown to a box that overlaps
/// its neighbours; windows on the boxes, normalised so that they sum to one everywhere in the domain. Boxes
/// at the ends of the domain reach beyond it, so that the windows do not vanish there; in a periodic
/// direction they reach around.
class Axis {
 public:
  /// @param overlap a box grows on each side by this fraction of the narrower of the two cores there; at most
  /// 1/2, so that a box meets no others than its neighbours
  /// @param derivatives how many continuous derivatives the windows need
  Axis(std::vector<double> breakpoints, double overlap, bool periodic, Window, int derivatives);

  int cells() const { return static_cast<int>(breakpoints_.size()) - 1; }
  double core_lower(int cell) const { return breakpoints_[cell]; }
  double core_upper(int cell) const { return breakpoints_[cell + 1]; }
  double box_lower(int cell) const { return center_[cell] - half_[cell]; }
  double box_upper(int cell) const { return center_[cell] + half_[cell]; }
  double half_width(int cell) const { return half_[cell]; }
  bool periodic() const { return periodic_; }

  /// A cell whose box covers a point.
  struct Cover {
    int cell = 0;
    double xi = 0;     ///< the point in the box's own coordinate, in (-1, 1)
    LineJet window{};  ///< of the normalised window, with respect to x
  };
  /// All cells whose boxes cover x; in a periodic direction of one or two cells a cell can appear twice.
  std::vector<Cover> cover(double x) const;

  /// The core's ends, and between them the ends of its neighbours' boxes: in each part all windows are
  /// smooth.
  std::vector<double> parts(int cell) const;

  /// The cell whose core holds x (half open; the last is closed).
  int cell_at(double x) const;

 private:
  void append_cover(int cell, double x, std::vector<Cover>& covers) const;

  std::vector<double> breakpoints_, center_, half_;
  bool periodic_;
  Window window_;
  int power_;  ///< order to which a window vanishes at the ends of its box
};

}  // namespace ddpinn
