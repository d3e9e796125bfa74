// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "assembly/discretisation.hpp"

#include <cstdint>
#include <vector>

namespace ddpinn {

/// How densely points stand in the box of a local problem.
struct LocalPoints {
  std::vector<int> interior;  ///< a direction of the box
  int boundary = 8;           ///< a direction of the box, on faces and surfaces
  Sampling sampling = Sampling::gauss;
  std::uint64_t seed = 1;
  bool data = false;  ///< whether the observations in the box are among the rows
};

/// Part of a subdomain's box inside the domain's. In periodic directions a box that reaches beyond the domain
/// has several parts, and coordinates in the box are those in the domain plus `shift`.
struct BoxPart {
  Box box;
  Point shift{};
};

/// All parts of subdomain k's box.
std::vector<BoxPart> box_parts(const Region&, const Decomposition&, int k);

/// A point in the box of subdomain k (in the box's own, not wrapped coordinates), covered by its network
/// alone, without a window.
Cover alone(const Decomposition&, int k, const Point& x);

/// The rows of one box alone: equations at points all over it inside the domain, conditions on the part of
/// the boundary in it, and on interfaces, data where asked for. Its field is D N_k + G, without a window, for
/// each of its parts; unknowns have their initial values. No communication.
class LocalProblem {
 public:
  /// @param parts subdomains of one box, in different parts of the domain; of one alone there are no rows on
  /// interfaces
  LocalProblem(const Model&, const Decomposition&, std::vector<int> parts, const LocalPoints&);
  LocalProblem(LocalProblem&&) = default;
  LocalProblem(const LocalProblem&) = delete;

  const std::vector<PointGroup>& groups() const { return groups_; }
  const std::vector<GroupBasis>& bases() const { return bases_; }
  const Model& model() const { return *model_; }
  const Decomposition& decomposition() const { return *decomposition_; }
  std::size_t rows() const { return rows_; }

  /// The fields where the network is zero, by group.
  std::vector<FieldValues> lift() const;
  /// fields += what the network of part k with these coefficients (features by fields) contributes.
  void add_fields(int k, const FeatureNetwork&, const Matrix& coefficients,
                  std::vector<FieldValues>& fields) const;

  /// Rows of continuity with what was before (time_slabs.hpp): takes it from these fields, so that they hold.
  void take_given(const std::vector<FieldValues>&);
  /// Fixes the weights of the rows at the given fields (row_weights.hpp); they are 1 before.
  void set_weights(const std::vector<FieldValues>&);
  /// Multiplies the weights by the window of the only part: how much of a windowed sum the network is at a
  /// point.
  void taper_weights();

  /// Weighted residuals, group after group, statement after statement, point after point.
  /// @throws Error (Status::numerical) where one is not finite
  std::vector<double> residual(const std::vector<FieldValues>&) const;
  Linearisation linearise(const std::vector<FieldValues>&) const;

  /// The Jacobian with respect to the output coefficients of part k's network, with `further` rows of zeros
  /// below.
  Matrix jacobian(int k, const FeatureNetwork&, const Linearisation&, std::size_t further = 0) const;

 private:
  void add_group(const StatementGroup&, const LocalPoints&);
  void add_part(PointGroup&, const BoxPart&, int k, const LocalPoints&, std::uint64_t& stream) const;
  void add_interface(PointGroup&, const BoxPart&, const LocalPoints&, std::uint64_t& stream) const;
  Cover alone(int k, const Point& x, const BoxPart&) const;
  Point whole() const;
  Linearisation evaluate_all(const std::vector<FieldValues>&, bool linearise) const;

  const Model* model_;
  const Decomposition* decomposition_;
  std::vector<int> parts_;
  std::size_t rows_ = 0;
  std::vector<PointGroup> groups_;
  std::vector<GroupBasis> bases_;
  std::vector<std::vector<std::vector<double>>> weights_;  ///< by group, statement and point
};

}  // namespace ddpinn
