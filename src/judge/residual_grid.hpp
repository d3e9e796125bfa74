// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "grid/grid_correction.hpp"
#include "space/field.hpp"

#include <map>
#include <vector>

namespace ddpinn {

/// The residuals of a linear case's equations, weighted by the hat functions of a grid, and the grid's
/// answer: the error that makes them.
class ResidualGrid {
 public:
  /// @param points_a_core by direction, or one number: the grid has about as many cells per core
  /// @throws Error (Status::case_file) for what has no differences on a grid @note Collective.
  ResidualGrid(const Field&, const std::vector<int>& points_a_core);

  /// Root mean square of the error and of the field, by field.
  double error(std::size_t f) const;
  double field(std::size_t f) const;

 private:
  /// A quadrature point, for the norms at the end.
  struct Sample {
    Point x;
    double measure;
  };

  std::vector<int> cells();
  int cores(int direction) const;
  void add_core(int k);
  PointSet quadrature(int k) const;
  void add_group(const StatementGroup&, int k, std::size_t equation);
  void add_samples(const PointSet&, const std::vector<Derivative>&, const FieldValues&);
  void solve();
  void measure(const std::vector<PetscInt>& nodes, const std::vector<double>& correction);

  const Field& field_;
  const Model& model_;
  std::vector<int> per_core_;  ///< cells, by direction
  GridCorrection grid_;
  std::map<PetscInt, std::vector<double>> defect_;
  std::vector<Sample> samples_;
  std::vector<double> square_;  ///< by field: of the error, of the field
  double measure_ = 0;
};

}  // namespace ddpinn
