// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "grid/elements/element_group.hpp"

#include <span>
#include <vector>

namespace ddpinn {

/// A weak form at one level of a grid: what its multilinear functions make of it, with conditions as springs
/// that are 1e6 times as stiff as the form where they pull, and a multiplier for each (see EnergySolver).
class ElementForm {
 public:
  /// @throws Error (Status::case_file) for what elements cannot do
  ElementForm(const Model&, const GridMesh&, int level);

  /// Number of values of the level.
  std::size_t size() const { return size_; }

  /// The first variation, by node and field. @throws Error (Status::numerical) where it is not finite
  std::vector<double> variation(const ElementLevel&) const;
  /// Adds the second variation to a matrix that is zero.
  void add_tangent(const ElementLevel&, ::Mat) const;
  /// What is made smallest, with the springs. @pre the model has an energy
  double energy(const ElementLevel&) const;

  /// An empty matrix with the places of the second variation.
  petsc::Mat matrix() const;

  /// Chooses the springs, after the stiffness in these fields. @post multipliers are as they were
  void weigh(const ElementLevel&);
  /// Adds what springs pull to the multipliers.
  void take_multipliers(const ElementLevel&);

 private:
  /// A condition at one point: the derivatives of its residual by the values of its nodes.
  struct Row {
    double residual;
    std::vector<PetscInt> place;
    std::vector<double> slope;
  };
  std::vector<Row> rows(const ElementLevel&) const;
  std::vector<double> stiffness(const ElementLevel&) const;
  void add_pinned(const Model&, const GridMesh&, int level);
  void add_element(const ElementGroup&, const std::vector<Expression::Linearisation>&, std::size_t element,
                   double now, ::Mat) const;
  PetscInt place(int node, int field) const { return PetscInt{node} * fields_ + field; }

  const Model* model_;
  const GridMesh* mesh_;
  PetscInt fields_;
  std::size_t size_;
  std::vector<ElementGroup> forms_, conditions_;
  struct Pinned {
    PetscInt place;
    double value;
  };
  std::vector<Pinned> pinned_;      ///< by exact enforcement
  std::vector<double> idle_;        ///< 1 for values that nothing depends on, else 0
  std::vector<double> spring_;      ///< w^2, by row
  std::vector<double> multiplier_;  ///< force, by row
};

}  // namespace ddpinn
