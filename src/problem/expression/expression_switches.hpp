// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "problem/expression/expression_graph.hpp"

#include <set>

namespace ddpinn::expr {

/// Functions that change sign where a node's value may jump or have a kink: of the conditions by which
/// `where` chooses, of `sign`, `abs`, and of the smaller or larger of two values. A condition has one
/// function as a whole, negative where it holds. A `where` in a branch of another one changes nothing outside
/// that branch, and so doesn't its function.
/// @param graph gets the functions @returns nodes
std::set<int> switches(Graph& graph, int root);

}  // namespace ddpinn::expr
