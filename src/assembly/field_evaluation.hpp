// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "assembly/discretisation.hpp"
#include "parallel/communicator.hpp"

#include <map>
#include <vector>

namespace ddpinn {

/// The cores of this rank, ascending.
std::vector<int> owned_cores(const Communicator&, const Discretisation&);

/// All subdomains whose boxes reach into cores of a rank, ascending.
std::vector<int> covering_subdomains(const Decomposition&, const std::vector<int>& owner, int rank);

/// The output coefficients of every network whose box reaches into a core of this rank: what it takes to
/// evaluate the fields anywhere in these cores. Those that no row of this rank needed come from their owners.
/// @note Collective.
std::map<int, Matrix> covering_coefficients(const Communicator&, const Discretisation&,
                                            const std::vector<Matrix>& by_block);

/// Points at which the fields and some derivatives are wanted; they stand in cores of this rank. Derivatives
/// of one side are those of interfaces, on which the points then stand, see cover_both_sides.
PointGroup evaluation_points(const Model&, const Decomposition&, PointSet points,
                             std::vector<Derivative> derivatives);

/// The fields and derivatives at such points.
FieldValues evaluate_fields(const PointGroup&, const Discretisation&,
                            const std::map<int, Matrix>& coefficients);

/// Fields and derivatives at any points of the domain, each of which is evaluated by the owner of its core.
/// @param points of this rank @returns one column a derivative @note Collective.
FieldValues evaluate_anywhere(const Communicator&, const Discretisation&,
                              const std::map<int, Matrix>& coefficients, const std::vector<Point>& points,
                              const std::vector<Derivative>&);

}  // namespace ddpinn
