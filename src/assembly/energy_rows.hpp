// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "assembly/statement_rows.hpp"

#include <map>
#include <span>
#include <vector>

namespace ddpinn {

/// The second derivative of an energy as rows. Its density W at a point depends on values U = (u, u_x, ...),
/// and its part of the energy is m W, m the measure of the point. With the eigenvalues l_s and eigenvectors
/// v_s of W'' (in U in units of the core's widths) the rows
///     J_s = sqrt(m |l_s|) v_s^T dU/dc,  with signs S_s of l_s,
/// make J^T S J = m (dU/dc)^T W'' (dU/dc): the energy's Hessian is a normal matrix like any other.
struct EnergyCurvature {
  std::vector<GroupBasis::Linearised> row;  ///< sqrt(m |l_s|) v_s, by row of a point
  std::vector<std::vector<char>> negative;  ///< whether l_s < 0, by row and point; empty where none is
};

/// @param values linearised stresses of the group, by statement
EnergyCurvature energy_curvature(const PointGroup&, const std::vector<StatementValues>& values,
                                 const Decomposition&);

/// m dW/dU at each point: the gradient of the energy with respect to the group's derivatives; empty columns
/// are zero.
GroupBasis::Linearised energy_forces(const PointGroup&, const FieldValues&, std::span<const double> unknowns,
                                     const Model&);

/// A sum, and that of the amounts of its terms, by which its rounding can be told.
struct Amount {
  double sum = 0, terms = 0;
};

/// The part of the energy of a group's points. @throws Error (Status::numerical) where it is not finite
Amount energy_of(const PointGroup&, const FieldValues&, std::span<const double> unknowns, const Model&);

/// How stiff an energy is in a core: by field, the largest second derivative of its density with respect to
/// functions that vary by one over the core.
using Stiffness = std::map<int, std::vector<double>>;

/// Keeps the larger values. @param values as for energy_curvature
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
