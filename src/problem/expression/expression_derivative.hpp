// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "problem/expression/expression_graph.hpp"

#include <functional>
#include <string>

namespace ddpinn::expr {

/// The derivative of a node of a graph, by the chain rule through all operations, as another node of it. A
/// condition has none: on each side of it the derivative is that of the branch that holds there. That of
/// abs(x) is sign(x), and that of sign(x) is 0.
/// @param leaf the derivative of an argument, a node too; it throws where the argument has none
/// @pre the node is not a condition
int differentiate(Graph& graph, int node, const std::function<int(const Argument&)>& leaf);

/// The derivative along a coordinate of all that depends on it: coordinates, fields and derivatives, which
/// become those of the next order.
/// @param fail throws an error with this message: the order is too high, or something has no derivative
int total_derivative(Graph&, int node, int direction, const Scope&,
                     const std::function<void(const std::string&)>& fail);

}  // namespace ddpinn::expr
