// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "assembly/rows.hpp"
#include "grid/grid_correction.hpp"
#include "solver/interface/traces.hpp"
#include "solver/linear/local_system.hpp"

#include <map>
#include <set>
#include <vector>

namespace ddpinn {

struct InterfaceCase;

/// The coarse correction of an outer iteration: what the grid makes of the defect of the windowed sum, as a
/// change of the unknowns of local problems.
///
/// The defect is weighted by the grid's hat functions over quadrature points: the sum over subdomains of
///     B_j y_j,    B_j = - integral of hat * L(D w_j N_j) T_j,
/// which every rank computes for its subdomains alone, on all of their boxes. So nothing of it crosses ranks
/// but the grid's own sums, and no point values are needed.
class GridDefect {
 public:
  /// @param rows transmission rows of this rank's subdomains @note Collective.
  GridDefect(const InterfaceCase&, const std::map<int, const TraceRows*>& rows);

  /// Forgets the matrices, and gathers the coefficients of neighbours about which nonlinear equations are
  /// linearised. @param coefficients of this rank's subdomains @note Collective.
  void prepare(const std::map<int, Matrix>& coefficients);
  /// The matrices of one subdomain. @param transform of its box's local problem, the rows of its coefficients
  /// @param traces of the local problem, the columns of its transmission rows
  void add(int k, const TraceRows&, MatrixView transform, MatrixView traces);

  /// Coefficients with which subdomain k's field is about the grid's own solution: the start of a nonlinear
  /// solve.
  Matrix fit(int k) const;

  /// Starts a defect: zero, or that of the fields about which the problem is linearised.
  void start(bool homogeneous);
  void add_defect(int k, const double* y);
  /// @note Collective.
  void correct();
  /// y += what the correction changes through the traces of subdomain k.
  void add_correction(int k, double* y) const;

 private:
  /// Matrices between one subdomain's unknowns and the values at some touched nodes.
  struct Part {
    std::vector<std::size_t> defect_nodes, trace_nodes;  ///< places among the touched nodes
    Matrix defect;                                       ///< nodes times equations by unknowns
    Matrix correction;                                   ///< unknowns by nodes times fields
  };

  std::vector<PointGroup> quadrature(int k) const;
  int counted_by(std::span<const Cover> covers, int core) const;
  void add_statement(int k, const FeatureNetwork&, const GroupBasis&, const GroupBasis::Linearised&,
                     std::size_t equation, Part&, Matrix& raw) const;
  void add_residual(int k, const PointGroup&, const std::vector<double>& residual, std::size_t equation);
  Matrix smooth_traces(const TraceRows&, const Part&) const;
  std::size_t place(PetscInt node) const;

  const InterfaceCase& case_;
  GridCorrection& grid_;
  std::vector<PetscInt> touched_;
  std::map<int, Part> parts_;
  std::map<int, Matrix> coefficients_;
  std::vector<double> fixed_, defect_, correction_;
  std::vector<double> solution_;  ///< of the grid, by touched node and field; zero for linear problems
};

}  // namespace ddpinn
