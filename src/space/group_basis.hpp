// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "network/feature_kernel.hpp"
#include "space/point_group.hpp"

#include <functional>
#include <map>
#include <span>
#include <vector>

namespace ddpinn {

/// Values of fields and derivatives at the points of a group: one column for each of PointGroup::derivatives.
using FieldValues = std::vector<std::vector<double>>;

/// The basis functions D w_k phi of all subdomains at the points of one group, evaluated anew at each use:
/// features are cheaper to compute than to keep.
class GroupBasis {
 public:
  GroupBasis(const PointGroup&, const Model&, const Decomposition&);

  const PointGroup& group() const { return *group_; }

  /// The subdomains that cover points of the group, ascending.
  std::vector<int> subdomains() const;

  /// The points that subdomain k covers (in a periodic direction of one or two cells some appear more than
  /// once).
  std::vector<std::size_t> covered(int k) const;

  /// Visits them in the same order, each with its cover.
  void for_each_cover(int k, const std::function<void(std::size_t point, const Cover&)>& visit) const;

  /// The fields where all networks are zero: lifts, where conditions are enforced exactly, else zero.
  FieldValues lift() const;
  /// Takes the lift away from fields.
  void subtract_lift(FieldValues& fields) const;

  /// Taylor coefficients of the factors D at the points, by field and multi-index of the group's space; empty
  /// where D = 1.
  const std::vector<std::vector<std::vector<double>>>& factors() const { return factor_; }

  /// What multiplies the Taylor coefficients in xi of a network at a point of the group, in the order of the
  /// group's space, so that their sum is its part of a derivative: window, factor and chain rule.
  std::vector<double> jet_factors(const Derivative&, std::size_t point, const Cover&) const;

  /// values += the part of the fields that subdomain k's network contributes.
  /// @param coefficients features by fields
  void add_field(int k, const FeatureNetwork&, const Matrix& coefficients, FieldValues& values) const;

  /// Coefficients of derivatives in a linearised statement: one column of values at the group's points for
  /// each of PointGroup::derivatives; empty columns are zero.
  using Linearised = std::vector<std::vector<double>>;

  /// Adds the rows of one statement to subdomain k's Jacobian block, whose column f * features + j belongs to
  /// feature j of field f. @param row place in the block of each of the points that k covers, in their order
  void add_rows(int k, const FeatureNetwork&, const Linearised&, std::span<const std::size_t> row,
                Matrix& block) const;

 private:
  /// Consecutive points that one subdomain covers, and its place among those that cover them.
  struct Run {
    std::size_t begin, end, place;
  };
  /// One subdomain at one point.
  struct Entry {
    std::size_t point;
    std::size_t number;  ///< of the point among those that the subdomain covers
    Cover cover;
  };
  using Batch = std::function<void(std::span<const Entry>, std::span<const Point> xi)>;

  void find_runs();
  void prepare_enforcement(const Model&);
  void for_each_batch(int k, const Batch&) const;
  const FeatureKernel& kernel(const FeatureNetwork&) const;
  Matrix envelope_jets(std::size_t field, std::span<const Entry>) const;
  Matrix batch_coefficients(std::size_t field, int k, std::span<const Entry>, const Linearised&) const;
  std::vector<double> chain(int k) const;

  const PointGroup* group_;
  const Decomposition* decomposition_;
  std::map<int, std::vector<Run>> runs_;  ///< by subdomain
  std::size_t fields_;
  FieldValues lift_;                                      ///< empty columns are zero
  std::vector<std::vector<std::vector<double>>> factor_;  ///< D
  /// Made for the first network that comes: all of a problem have one shape and kind.
  mutable std::shared_ptr<const FeatureKernel> kernel_;
};

}  // namespace ddpinn
