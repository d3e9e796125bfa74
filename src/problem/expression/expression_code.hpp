// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "problem/expression/expression_graph.hpp"

#include <string>

namespace ddpinn::expr {

/// The code of the scalar type float64 in TorchScript, which has no name for it where C++ compiles it.
inline constexpr int torch_float64 = 7;

/// The arguments that `root` depends on, as indices into `graph.arguments()`, in the order of their first
/// use.
std::vector<int> used_arguments(const Graph& graph, int root);

/// A TorchScript function `f` of these arguments, one tensor of n values each, that returns the value of
/// `root`: one statement a node, so that nothing is computed twice. `root` may not be a constant.
std::string torchscript(const Graph& graph, int root);

}  // namespace ddpinn::expr
