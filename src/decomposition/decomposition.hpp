// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "decomposition/axis.hpp"
#include "geometry/region.hpp"
#include "geometry/side.hpp"

#include <ddpinn/options.hpp>
#include <ddpinn/problem.hpp>

#include <array>
#include <memory>
#include <span>
#include <vector>

namespace ddpinn {

/// One overlapping subdomain: a box of the grid, and a part of the domain between interfaces in which its
/// network lives. Its number is its place in Decomposition's list: first one for each box, all of level 0
/// (the finest) first, then those of boxes that have more than one.
struct Subdomain {
  int level = 0;
  std::array<int, max_dimension> cell{};  ///< place in its level's grid of cores
  Box core;
  Box box;           ///< the core and its overlap; reaches beyond the domain at its ends
  int first = 0;     ///< number of the first subdomain of the same box: the number of the box
  Sides sides = 0;   ///< the part of the domain
  double share = 1;  ///< of the core that is in this part, about
  bool live = true;  ///< in the windowed sum; others have cores with too little of their part of the domain
};

/// A subdomain that covers a point, with everything that its basis needs there.
struct Cover {
  int subdomain = 0;
  Point xi{};                                 ///< the point in the box's coordinates, in (-1, 1)^d
  std::array<LineJet, max_dimension> window;  ///< factors of the window, by direction, with respect to x
  /// Where the window is no such product, because some of the boxes here have no network: all its Taylor
  /// coefficients, that of alpha at sum_d alpha_d stride^d; else empty.
  std::vector<double> jet = {};
  int stride = 0;
  Side side = Side::here;  ///< of the interface on which the point is

  /// Taylor coefficient of the window.
  double window_jet(const MultiIndex& alpha) const {
    if (!jet.empty()) return jet[place(alpha, stride)];
    double product = 1;
    for (int d = 0; d < max_dimension; ++d) product *= window[d][alpha[d]];
    return product;
  }

  static std::size_t place(const MultiIndex& alpha, int stride) {
    std::size_t at = 0;
    for (int d = max_dimension - 1; d >= 0; --d)
      at = at * static_cast<std::size_t>(stride) + static_cast<std::size_t>(alpha[d]);
    return at;
  }
};

/// All subdomains of all levels. Every rank holds all of it: it is small, and follows from the case alone.
///
/// Shapes can leave little of a core. Its box would then cover a thin strip of the domain only, by few
/// points, and a network there would swing between them. Such boxes have no network (see sheets.hpp): the
/// windows of those that are left are divided by their sum. Where interfaces cut a box, it has a network for
/// each part.
class Decomposition {
 public:
  /// @param derivatives how many continuous derivatives the windows need
  /// @param region the domain with its shapes; without one it is a box
  Decomposition(const Domain&, const DecompositionOptions&, int derivatives, const Region* region = nullptr);

  int dimension() const { return dimension_; }
  int levels() const { return axes_.size(); }
  const std::vector<Subdomain>& subdomains() const { return subdomains_; }
  const Subdomain& operator[](int k) const { return subdomains_[k]; }
  int size() const { return subdomains_.size(); }
  /// Number of boxes of level 0, whose cores own the points: with or without a network.
  int cores() const { return cores_; }
  /// Number of subdomains with a network.
  int live() const;
  /// The subdomains with a network that have this box: none, one, or one for each part of the domain.
  const std::vector<int>& sheets(int box) const { return sheets_[box]; }
  /// The subdomains of a local problem of its own on this box (interface coupling): its sheets, and one that
  /// is not live for each further part of the domain that the box, but hardly its core, reaches into.
  std::vector<int> parts(int box) const;

  const Axis& axis(int level, int direction) const { return axes_[level][direction]; }
  /// Number of the box at a place in a level's grid of cores.
  int number(int level, const std::array<int, max_dimension>& cell) const;

  /// On which sides of the interfaces points lie; all zero where there are none.
  std::vector<Sides> sides(std::span<const Point> points) const;

  /// The subdomains of one part of the domain that cover x, ascending; in a periodic direction of one or two
  /// cells one can appear more than once.
  /// @throws Error (Status::case_file) where no network is near
  std::vector<Cover> cover(const Point& x, Sides sides) const;
  /// The same for the part that x is in.
  std::vector<Cover> cover(const Point& x) const;

  /// All subdomains of all levels that can cover a point of the core of a box of level 0, ascending.
  std::vector<int> over(int core) const;

  /// The box of level 0 whose core holds x.
  int core_at(const Point& x) const;

  /// The core of subdomain k cut where the windows of its level are not smooth: the parts' ends by direction.
  std::vector<std::vector<double>> core_parts(int k) const;

  /// Half widths of the box of subdomain k, by direction.
  Point half_widths(int k) const;

 private:
  void append_level(const Domain&, const DecompositionOptions&, const std::vector<int>& counts,
                    int derivatives);
  void append_sheets();
  void append_further_parts();
  int sheet(int box, Sides sides) const;
  void cover_level(int level, const Point& x, Sides sides, std::vector<Cover>& covers) const;
  void renormalise(std::span<Cover> live) const;
  Cover nearest(int level, const Point& x, Sides sides) const;

  int dimension_;
  int derivatives_;
  std::vector<double> length_;            ///< of the periodic directions, else 0
  std::shared_ptr<const Region> region_;  ///< null where nothing cuts the box
  int cores_ = 0;
  std::vector<std::vector<Axis>> axes_;  ///< by level and direction
  std::vector<int> first_;               ///< number of the first subdomain of a level
  std::vector<Subdomain> subdomains_;
  std::vector<std::vector<int>> sheets_;   ///< by box
  std::vector<std::vector<int>> further_;  ///< parts, by box; empty without interface coupling
};

}  // namespace ddpinn
