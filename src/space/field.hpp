// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "dense/matrix.hpp"
#include "space/group_basis.hpp"
#include "space/space.hpp"

#include <map>
#include <span>
#include <vector>

namespace ddpinn {

/// The fields of a problem: a space, and output coefficients of its networks (features by fields) by
/// subdomain, as far as this rank knows them. It is complete where these are all that this rank owns and all
/// that reach into its cores, its ghosts: then it can be evaluated anywhere in these cores. Every rank that
/// knows the coefficients of a network knows the same.
class Field {
 public:
  /// Zero, complete.
  explicit Field(Space);
  /// Zero, on these subdomains alone: of the others this rank knows nothing.
  Field(Space, std::span<const int> subdomains);

  const Space& space() const { return space_; }
  const std::map<int, Matrix>& coefficients() const { return coefficients_; }
  bool knows(int k) const { return coefficients_.contains(k); }
  /// @pre knows(k)
  const Matrix& operator[](int k) const { return coefficients_.at(k); }
  Matrix& operator[](int k) { return coefficients_.at(k); }
  /// Makes those of subdomain k known.
  void take(int k, Matrix coefficients) { coefficients_.insert_or_assign(k, std::move(coefficients)); }

  /// Values of the model's unknowns that belong to the fields; the initial ones at first.
  const std::vector<double>& unknowns() const { return unknowns_; }
  void set_unknowns(std::vector<double> values) { unknowns_ = std::move(values); }

  /// field += length * step. @pre the step knows the same subdomains
  void add(double length, const Field& step);

  /// Makes it complete: owners learn what only other ranks know, and all learn from the owners. Networks that
  /// no rank knows become zero. @note Collective.
  void complete();

  /// Points in cores of this rank at which these derivatives are wanted. Derivatives of one side are those of
  /// interfaces, on which the points then stand, see cover_both_sides.
  PointGroup points(PointSet points, std::vector<Derivative> derivatives) const;
  /// The fields and derivatives at such points. @pre the field is complete
  FieldValues at(const PointGroup&) const;
  /// Fields and derivatives at any points of the domain, each of which is evaluated by the owner of its core.
  /// @param points of this rank @returns one column for each derivative @pre the field is complete
  /// @note Collective.
  FieldValues anywhere(const std::vector<Point>& points, const std::vector<Derivative>&) const;

 private:
  Matrix zero() const;
  void inform_owners();

  Space space_;
  std::map<int, Matrix> coefficients_;
  std::vector<double> unknowns_;
};

}  // namespace ddpinn
