// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "assembly/statement_rows.hpp"

#include <map>
#include <span>
#include <vector>

namespace ddpinn {

/// The second variation of a weak form as rows. Its stresses F at a point depend on values U = (u, u_x, ...),
/// with the tangent H = dF/dU (in U in units of the core's widths), and m is the measure of the point. With
/// the eigenvalues l_s and eigenvectors v_s of
///     |H| = (sqrt(H^T H) + sqrt(H H^T)) / 2
/// the rows
///     J_s = sqrt(m l_s) v_s^T dU/dc
/// and the matrix S = L^(-1/2) V^T H V L^(-1/2) make J^T S J = m (dU/dc)^T H (dU/dc): the second variation is
/// a normal matrix like any other, with S in the middle. That of an energy is symmetric; S has the signs of
/// its eigenvalues on the diagonal, and is 1 where it is convex.
struct Curvature {
  std::vector<GroupBasis::Linearised> row;  ///< sqrt(m l_s) v_s, by row of a point
  std::vector<Matrix> middle;               ///< S by point; empty where it is 1
};

/// @param values linearised stresses of the group, by statement
Curvature curvature_of(const PointGroup&, const std::vector<StatementValues>& values, const Decomposition&);

/// m F at each point: the first variation with respect to the group's derivatives; empty columns are zero.
GroupBasis::Linearised weak_forces(const PointGroup&, const FieldValues&, std::span<const double> unknowns,
                                   const Model&);

/// A sum, and that of the amounts of its terms, by which its rounding can be told.
struct Amount {
  double sum = 0, terms = 0;
};

/// The part of the energy of a group's points. @throws Error (Status::numerical) where it is not finite
Amount energy_of(const PointGroup&, const FieldValues&, std::span<const double> unknowns, const Model&);

/// The first variation of a group's points in a direction. @throws Error (Status::numerical) where it is not
/// finite
Amount weak_work(const PointGroup&, const FieldValues&, const FieldValues& variation,
                 std::span<const double> unknowns, const Model&);

/// How stiff a weak form is in a core: by field, the largest second variation with respect to functions that
/// vary by one over the core.
using Stiffness = std::map<int, std::vector<double>>;

/// Keeps the larger values. @param values as for curvature_of
void add_stiffness(const PointGroup&, const std::vector<StatementValues>& values, const Decomposition&,
                   std::size_t fields, Stiffness&);

/// Weights of the rows of a condition beside an energy: they hold it by a spring that is this much stiffer
/// than the core,
///     w^2 = factor^2 m / sum over fields of |J_f|^2 / k_f,
/// J_f the row's part with respect to functions that vary by one over the core, k_f the stiffness, m the
/// measure with lengths across a surface in units of the core's widths. What is left of the condition then is
/// taken away by multipliers (energy_solver.hpp).
std::vector<double> spring_weights(const PointGroup&, const GroupBasis::Linearised&, const Decomposition&,
                                   const Stiffness&, double factor);

}  // namespace ddpinn
