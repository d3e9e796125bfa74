// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "assembly/training/trainable_group.hpp"
#include "solver/interface/transmission.hpp"

#include <span>
#include <vector>

namespace ddpinn {

/// Points on the faces of a box inside the domain, where its subdomains take traces from neighbours, and who
/// gives them. Rows: part after part, face after face, point after point, condition after condition.
struct Traces {
  struct Face {
    int part = 0;  ///< the subdomain
    std::size_t first_point = 0;
    std::size_t points = 0;
    std::size_t first_row = 0;
    bool lower_time = false;  ///< the face at which the subdomain takes over from earlier times
    std::vector<TraceCondition> conditions;

    /// The rows of its i-th point.
    std::vector<std::size_t> rows_of(std::size_t i) const {
      std::vector<std::size_t> rows;
      for (std::size_t c = 0; c < conditions.size(); ++c)
        rows.push_back(first_row + i * conditions.size() + c);
      return rows;
    }
  };
  std::vector<Face> faces;
  PointSet points;                         ///< in the domain; periodic ones wrapped
  std::vector<Cover> own;                  ///< the part itself, without a window
  std::vector<std::vector<Cover>> givers;  ///< by point: neighbours, with windows that sum to one
  std::size_t rows = 0;
};

/// The traces of a box. Along a face in space only subdomains of the same layer in time give traces,
/// and the layer before does on the lower face in time, with the windows in space: so layers can be solved
/// one after the other. With order "restricted" the giver with the largest window gives all.
/// @param points per direction of a face @param robin by subdomain, face (2 * direction + upper) and field
Traces traces_of(const TransmissionRule&, const Region&, const Decomposition&, int box, int points,
                 const std::vector<std::vector<std::vector<double>>>& robin);

/// A set of trace rows with one subdomain's basis at their points: its functions are D phi without a window
/// at its own rows, D w phi at rows of others.
class TraceRows {
 public:
  /// One row: a condition at a point with this normal.
  struct Row {
    std::size_t point = 0;
    TraceCondition condition;
    std::size_t target = 0;  ///< of the caller's
  };

  TraceRows(const Model&, const Decomposition&, int k);
  TraceRows(const TraceRows&) = delete;

  /// Adds rows at a point; call `finish` after the last.
  void add(const Point& x, const Point& normal, double measure, const Cover&,
           const std::vector<TraceCondition>&, const std::vector<std::size_t>& targets);
  void finish();

  std::size_t size() const { return rows_.size(); }
  std::size_t target(std::size_t row) const { return rows_[row].target; }
  const Row& row(std::size_t r) const { return rows_[r]; }
  const PointSet& points() const { return group_.points; }
  int subdomain() const { return k_; }
  /// @pre `finish` was called
  const GroupBasis& basis() const { return basis_.front(); }

  /// Adds the rows, multiplied by `weight` (empty: 1), to `block` from row `first` on.
  void add_rows(const FeatureNetwork&, std::span<const double> weight, std::size_t first,
                Matrix& block) const;
  /// The conditions applied to the network with these coefficients (features by fields), and to G.
  std::vector<double> values(const FeatureNetwork&, const Matrix& coefficients) const;
  std::vector<double> lift() const;

  /// The same of a network of which all parameters are unknown.
  void add_rows(const TrainableGroup&, std::span<const double> parameters, std::span<const double> weight,
                std::size_t first, Matrix& block) const;
  /// Fields and derivatives at the points, all zero, and the conditions applied to some.
  FieldValues zero_fields() const;
  std::vector<double> values(const FieldValues&) const;
  /// The transpose of `values`.
  FieldValues adjoint(std::span<const double> rows) const;

  /// Automatic weights (row_weights.hpp).
  std::vector<double> weights(const NetworkFamily&) const;

 private:
  std::vector<std::vector<std::size_t>> passes() const;
  GroupBasis::Linearised linearised(std::span<const std::size_t> rows, std::span<const double> weight) const;
  std::vector<double> unit_scale(const NetworkFamily&) const;

  const Model& model_;
  const Decomposition& decomposition_;
  int k_;
  StatementGroup statements_;
  PointGroup group_;
  std::vector<Row> rows_;
  std::vector<GroupBasis> basis_;  ///< one, after `finish`
};

}  // namespace ddpinn
