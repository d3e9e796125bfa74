// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "grid/grid_pressure.hpp"
#include "grid/grid_problem.hpp"
#include "grid/grid_stencils.hpp"

#include <array>
#include <span>
#include <vector>

namespace ddpinn {

/// The differences in the rows of one level, as a sparse matrix: one of its rows, an *entry*, for each field
/// or derivative that the statement in a row of the problem uses. Residuals are expressions of the entries'
/// values; the Jacobian is their derivatives by the entries times the differences.
class GridOperator {
 public:
  /// @param rows of this rank, node by node, slot by slot and field by field @note Collective.
  GridOperator(const GridProblem& problem, const GridLayout& layout, MPI_Comm comm, int rank,
               const std::vector<GridRow>& rows, int level);

  std::size_t rows() const { return row_begin_.size() - 1; }
  std::size_t entries() const { return entries_.size(); }

  /// Whether these rows have the differences that it was made for; places in time and values may differ.
  bool serves(const std::vector<GridRow>& rows) const;

  /// Values of the entries. @param levels the sum that each kind of derivative in time is of @note
  /// Collective.
  std::vector<double> values(const std::array<::Vec, time_kinds>& levels) const;

  struct Linearised {
    std::vector<double> residual;     ///< by row
    std::vector<double> coefficient;  ///< by entry: derivative of the residual by it
  };
  /// @throws Error (Status::numerical) where a residual is not finite
  Linearised linearise(const std::vector<GridRow>& rows, std::span<const double> values,
                       const TimeDifferences& time) const;

  /// By row: sum over its entries of coefficient * value.
  std::vector<double> apply(std::span<const double> coefficient, std::span<const double> values) const;

  /// An empty matrix with the Jacobian's pattern. @note Collective.
  petsc::Mat matrix() const;
  /// Fills it. @param scale by row @note Collective.
  void fill(::Mat matrix, std::span<const double> coefficient, const TimeDifferences& time,
            std::span<const double> scale) const;

  /// Largest entry of each row of the Jacobian.
  std::vector<double> row_size(std::span<const double> coefficient, const TimeDifferences& time) const;

 private:
  struct Entry {
    InTime kind;
    std::size_t begin;  ///< of its nodes in node_ and weight_
  };
  void add_row(const GridStencils& stencils, const GridRow& row, const SpaceIndex& node, int field);
  void add_pressure(const GridStencils& stencils, const GridRow& row, const SpaceIndex& node, int field);
  /// For the rows of pressures, once all rows have their entries.
  void link(PressureRow& pressure) const;
  std::vector<PressureRow::Link> links_along(const PressureRow& pressure, int direction) const;
  std::vector<PressureRow::Diagonal> diagonal(std::size_t row, int field) const;
  /// The entry of a field or derivative in a row; none is the number of entries.
  std::size_t entry_of(std::size_t row, const Derivative& derivative) const;
  void add_entry(InTime kind, const GridStencil& stencil);
  std::size_t end(std::size_t entry) const {
    return entry + 1 < entries_.size() ? entries_[entry + 1].begin : node_.size();
  }
  /// A statement at a place, with its entries from the first on.
  struct Term {
    std::size_t row, entry;
    Point x;
  };
  /// @returns its values by term; coefficients go into `result`
  std::vector<double> linearise_statement(int statement, const std::vector<GridRow>& rows,
                                          const std::vector<Term>& terms, std::span<const double> values,
                                          Linearised& result) const;
  void stabilise(const std::vector<GridRow>& rows, std::span<const double> values,
                 const TimeDifferences& time, Linearised& result) const;
  std::vector<std::vector<double>> linearise_anchors(const std::vector<GridRow>& rows,
                                                     std::span<const double> values,
                                                     Linearised& result) const;

  const GridProblem* problem_;
  MPI_Comm comm_;
  std::vector<GridRow> made_for_;
  std::vector<std::size_t> row_begin_;  ///< first entry of each row, and the end
  std::vector<Entry> entries_;
  std::vector<PetscInt> node_;  ///< unknowns
  std::vector<double> weight_;
  std::vector<std::vector<std::size_t>> rows_of_;  ///< by statement
  std::vector<PressureRow> pressures_;
  petsc::Mat difference_;
  PetscInt first_row_ = 0;
};

}  // namespace ddpinn
