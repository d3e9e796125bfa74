// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "assembly/congruence.hpp"
#include "dense/shared_matrices.hpp"
#include "network/feature_network.hpp"

#include <map>
#include <vector>

namespace ddpinn {

/// The boxes on which coarse functions live: those of the subdomains, or larger ones, each over some cores in
/// a row per direction, with windows of their own. A polynomial times the window of a larger box is taken for
/// its projection to the polynomials of each subdomain under it, which the windows of the subdomains join: as
/// smooth a function as the subdomains' own, on few unknowns. Where the larger boxes are two or three cores
/// wide, iterations hardly know the difference (docs/scaling.md).
class CoarseBoxes {
 public:
  /// @param cores per box and direction; 1: the subdomains' own
  CoarseBoxes(const Decomposition&, const NetworkShape&, int cores);

  bool are_subdomains() const { return cores_ == 1; }
  int size() const { return static_cast<int>(home_.size()); }
  /// A subdomain of the finest level whose core is in the box, and in its part of the domain.
  int home(int box) const { return home_[box]; }
  /// The boxes that reach over a subdomain of the finest level; of other levels none.
  const std::vector<int>& over(int k) const { return over_[k]; }

  /// What the coarse polynomials of these boxes are on subdomain k: coefficients of its coarse polynomials,
  /// of one field, a column for each polynomial of one box after the other. @pre boxes are larger
  SharedMatrix polynomials(int k);

 private:
  /// Along an axis: the cells of larger boxes that reach over a core's box, and for each of them coefficients
  /// of the core's Legendre polynomials, by those of the cell.
  struct Line {
    std::vector<int> cells;
    std::vector<Matrix> coefficients;
    std::size_t kind = 0;  ///< the same where these coefficients are
  };

  void find_lines(const Decomposition&);
  Line line(const Decomposition&, int direction, const Axis& larger, int cell) const;
  void number_boxes(const Decomposition&);
  Matrix polynomials(const std::vector<const Line*>& lines, const std::vector<char>& kept) const;

  int cores_;
  std::vector<MultiIndex> exponents_;               ///< of the coarse polynomials
  int highest_ = 0;                                 ///< degree of them in a direction
  std::vector<std::vector<Line>> lines_;            ///< by direction and core
  std::vector<std::vector<const Line*>> lines_of_;  ///< by subdomain and direction
  std::vector<std::vector<char>> kept_;  ///< by subdomain: which combinations of its lines' cells are boxes
  std::vector<int> home_;
  std::vector<std::vector<int>> over_;
  DistinctNumbers kinds_;
  std::map<std::pair<std::vector<std::size_t>, std::vector<char>>, SharedMatrix> known_;
};

/// How many cores per direction boxes need so that no more coarse functions are left than a factorisation
/// takes little time and memory for. @param functions of a box @param most coarse functions; 0: as many as
/// that is by the number of directions
int cores_per_box(const Decomposition&, std::size_t functions, long long most = 0);

}  // namespace ddpinn
