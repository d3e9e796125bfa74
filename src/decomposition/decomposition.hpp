// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "decomposition/axis.hpp"
#include "geometry/box.hpp"

#include <ddpinn/options.hpp>
#include <ddpinn/problem.hpp>

#include <array>
#include <vector>

namespace ddpinn {

/// One overlapping subdomain. Its number is its place in Decomposition's list: all of level 0 (the finest)
/// first.
struct Subdomain {
  int level = 0;
  std::array<int, max_dimension> cell{};  ///< place in its level's grid of cores
  Box core;
  Box box;  ///< the core and its overlap; reaches beyond the domain at its ends
};

/// A subdomain that covers a point, with everything that its basis needs there.
struct Cover {
  int subdomain = 0;
  Point xi{};                                 ///< the point in the box's coordinates, in (-1, 1)^d
  std::array<LineJet, max_dimension> window;  ///< factors of the window, by direction, with respect to x

  /// Taylor coefficient of the window.
  double window_jet(const MultiIndex& alpha) const {
    double product = 1;
    for (int d = 0; d < max_dimension; ++d) product *= window[d][alpha[d]];
    return product;
  }
};

/// All subdomains of all levels. Every rank holds all of it: it is small, and follows from the case alone.
class Decomposition {
 public:
  /// @param derivatives how many continuous derivatives the windows need
  Decomposition(const Domain&, const DecompositionOptions&, int derivatives);

  int dimension() const { return dimension_; }
  int levels() const { return static_cast<int>(axes_.size()); }
  const std::vector<Subdomain>& subdomains() const { return subdomains_; }
  const Subdomain& operator[](int k) const { return subdomains_[static_cast<std::size_t>(k)]; }
  int size() const { return static_cast<int>(subdomains_.size()); }
  /// Number of subdomains of level 0, whose cores own the points.
  int cores() const { return cores_; }

  const Axis& axis(int level, int direction) const {
    return axes_[static_cast<std::size_t>(level)][static_cast<std::size_t>(direction)];
  }
  /// Number of the subdomain at a place in a level's grid of cores.
  int number(int level, const std::array<int, max_dimension>& cell) const;

  /// The subdomains that cover x, ascending; in a periodic direction of one or two cells one can appear more
  /// than once.
  std::vector<Cover> cover(const Point& x) const;

  /// The subdomain of level 0 whose core holds x.
  int core_at(const Point& x) const;

  /// The core of subdomain k cut where the windows of its level are not smooth: the parts' ends by direction.
  std::vector<std::vector<double>> core_parts(int k) const;

  /// Half widths of the box of subdomain k, by direction.
  Point half_widths(int k) const;

 private:
  void append_level(const Domain&, const DecompositionOptions&, const std::vector<int>& counts,
                    int derivatives);

  int dimension_;
  int cores_ = 0;
  std::vector<std::vector<Axis>> axes_;  ///< by level and direction
  std::vector<int> first_;               ///< number of the first subdomain of a level
  std::vector<Subdomain> subdomains_;
};

}  // namespace ddpinn
