// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "judge/resolution.hpp"

#include <ddpinn/case_file.hpp>

#include <string>
#include <vector>

namespace ddpinn {

/// The numerics of one level of refinement, as far as a case leaves them open.
struct Numerics {
  /// By direction, the ends of its intervals: of subdomains, or along `time` of time slabs.
  std::vector<std::vector<double>> ends;
  std::vector<int> degree;  ///< of the polynomials, by direction
  int time = -1;            ///< direction of the time slabs; -1 without them
  bool direct = true;       ///< whether the normal matrix is factorised
};

/// What `solver.accuracy` may choose: keys that the case gives stay as they are.
struct OpenNumerics {
  explicit OpenNumerics(const CaseFile&);

  /// Whether anything is open that refines a solution.
  bool any() const { return intervals || degree; }

  bool intervals = true;  ///< subdomains and time slabs
  bool slabs = true;
  bool degree = true;  ///< polynomial features alone, of any degree
  bool points = true;
  bool boundary_points = true;
  bool preconditioner = true;
};

/// How numerics follow from one level of refinement to the next: degrees where the solution is smooth, more
/// intervals, in the directions and places where they are needed, where it is not.
class Refinement {
 public:
  explicit Refinement(const CaseFile&);

  Numerics first() const;
  /// After a level that was solved. @param tolerance to which coefficients are to fall
  Numerics next(const Numerics&, const Resolution&, double tolerance) const;
  /// After a level without a solution.
  Numerics after_failure(const Numerics&) const;
  /// The case with these numerics; what it gives itself stays.
  CaseFile at(const Numerics&) const;
  /// Floating point operations of a level, up to a factor.
  double work(const Numerics&) const;

  const OpenNumerics& open() const { return open_; }
  /// Whether the problem is linear.
  bool affine() const { return affine_; }

 private:
  Numerics settled(Numerics) const;
  std::vector<std::vector<double>> needed(const Numerics&, const Resolution&, double tolerance) const;
  double cores(const Numerics&) const;

  const CaseFile& file_;
  OpenNumerics open_;
  int dimension_;
  int time_;  ///< direction of time slabs, where the case can have them; else -1
  int order_;
  bool affine_;
};

/// The highest degree that is worth its cost, which grows with the number of polynomials, and that of
/// directions. @param order of the equations
int highest_degree(int dimension, int order);

/// Gauss points of a core by direction for polynomials of these degrees. More than the degree, or Legendre
/// polynomials vanish at all of them; in one direction alone as many more as there are unknowns. In four
/// dimensions so many Gauss points would be many times the unknowns.
std::vector<int> points_for(const Problem&, const std::vector<int>& degree);

/// The case of the first level where it asks for an accuracy, else the case itself.
CaseFile first_level(const CaseFile&);

/// "4 x 6 subdomains, degree 10"
std::string description(const Numerics&);

/// From the squares of coefficients by degree, the degree from which they are less than `tolerance` together;
/// infinite where they do not fall. Beyond the degrees that there are, they are taken to go on falling as in
/// the upper half of these.
double needed_degree(const std::vector<double>& squares, double tolerance);

/// Halves, thirds, ... of intervals. @param parts of each
std::vector<double> divided(const std::vector<double>& ends, const std::vector<int>& parts);
/// The same after intervals that are more than three times as wide as a neighbour were halved.
std::vector<double> graded(std::vector<double> ends);

}  // namespace ddpinn
