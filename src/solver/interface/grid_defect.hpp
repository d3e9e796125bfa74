// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "assembly/congruence.hpp"
#include "assembly/rows.hpp"
#include "grid/grid_correction.hpp"
#include "solver/interface/traces.hpp"

#include <map>
#include <vector>

namespace ddpinn {

struct InterfaceCase;

/// The coarse correction of an outer iteration: what the grid makes of the defect of the windowed sum, as a
/// change of the unknowns of local problems.
///
/// The defect is weighted by the grid's hat functions over quadrature points: the sum over subdomains of
///     B_j y_j,    B_j = - integral of hat * L(D w_j N_j) T_j,
/// which every rank computes for its subdomains alone, on all of their boxes. So nothing of it crosses ranks
/// but the grid's own sums, and no point values are needed. Congruent subdomains have the same B_j, at nodes
/// of their own.
class GridDefect {
 public:
  /// Nodes that one subdomain and those that are congruent to it contribute to and read.
  struct Nodes {
    std::vector<PetscInt> defect, trace;  ///< of the first one; ascending
  };
  /// Where the values at a subdomain's nodes stand among those of this rank.
  struct Places {
    std::vector<int> defect, trace;
  };
  /// Matrices between a subdomain's unknowns and the values at its nodes.
  struct Images {
    Matrix defect;      ///< nodes times equations by unknowns
    Matrix correction;  ///< unknowns by nodes times fields
  };

  explicit GridDefect(const InterfaceCase&);

  /// @param rows transmission rows of subdomain k
  Nodes nodes(int k, const TraceRows& rows) const;
  /// Of the subdomain that is moved by `shift` from the nodes' own. First for all of this rank, with `create`
  /// after them.
  void want(const Nodes&, const Point& shift);
  /// @note Collective.
  void create();
  Places places(const Nodes&, const Point& shift) const;

  /// Forgets what the problem was linearised about, and gathers the coefficients of neighbours about which
  /// nonlinear equations are. @param coefficients of this rank's subdomains @note Collective.
  void prepare(const std::map<int, Matrix>& coefficients);

  /// The quadrature points of one subdomain, to be moved to those that are congruent to it.
  struct Quadrature {
    int k = 0;
    std::vector<PointGroup> groups;  ///< of interior statements
    std::vector<PointGroup> own;     ///< of these the points that no other subdomain counts, without covers
    std::vector<std::vector<std::vector<std::pair<std::size_t, double>>>>
        hats;  ///< by group and own point: place among the nodes, and value times measure
  };
  Quadrature quadrature(int k, const Nodes&) const;
  /// One of several congruent subdomains.
  struct At {
    Point shift{};  ///< from the first one
    const Places* places = nullptr;
  };
  /// Adds the defect of what the problem is linearised about. @return slopes of the statements at the own
  /// points, by subdomain
  std::vector<DistinctNumbers::Columns> add_fixed(const Quadrature&, std::span<const At>);
  /// @param transform of the box's local problem, the rows of the subdomain's coefficients
  /// @param traces of the local problem, the columns of its transmission rows
  Images images(const Quadrature&, const Point& shift, const Nodes&, const TraceRows&, MatrixView transform,
                MatrixView traces) const;

  /// Coefficients with which subdomain k's field is about the grid's own solution: the start of a nonlinear
  /// solve.
  Matrix fit(int k) const;

  /// Starts a defect: zero, or that of the fields about which the problem is linearised.
  void start(bool homogeneous);
  /// Of congruent subdomains. @param y unknowns by subdomains
  void add_defect(const Images&, std::span<const Places* const>, MatrixView y);
  /// @note Collective.
  void correct();
  /// y += what the correction changes through the traces of congruent subdomains. @param y unknowns by
  /// subdomains, one after the other
  void add_correction(const Images&, std::span<const Places* const>, double* y) const;

 private:
  std::vector<PointGroup> quadrature_groups(int k) const;
  int counted_by(std::span<const Cover> covers, int core) const;
  void add_statement(const Quadrature&, const GroupBasis&, const GroupBasis::Linearised&,
                     std::size_t equation, const Nodes&, Matrix& raw) const;
  FieldValues fields_at(const PointGroup&) const;
  FieldValues own_fields(const PointGroup&, std::size_t subdomains) const;
  Matrix smooth_traces(const TraceRows&, const Nodes&) const;

  const InterfaceCase& case_;
  GridCorrection& grid_;
  std::vector<int> place_;  ///< of each node of the grid, among the touched ones; -1: not touched
  std::map<int, Matrix> coefficients_;
  std::vector<double> fixed_, defect_, correction_;
  std::vector<double> solution_;  ///< of the grid, by touched node and field; zero for linear problems
};

}  // namespace ddpinn
