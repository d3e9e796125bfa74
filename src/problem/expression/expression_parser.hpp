// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "problem/expression/expression.hpp"
#include "problem/expression/expression_graph.hpp"

#include <functional>

namespace ddpinn::expr {

/// An expression that has been read and checked.
struct Parsed {
  Graph graph;
  int root = 0;
};

/// Reads and checks an expression in which definitions are inlined. @throws Error at the first mistake
Parsed parse(const Text& text, const Scope& scope);

/// Reads each definition of a scope, those too that nobody uses, and reports the first mistake of each.
/// @param own how many, from the first on, are the program's: conditions, about which
/// nothing is reported
void check_definitions(const Scope& scope, std::size_t own, const std::function<void(const Error&)>& report);

}  // namespace ddpinn::expr
