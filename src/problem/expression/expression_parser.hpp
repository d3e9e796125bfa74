// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "problem/expression/expression.hpp"
#include "problem/expression/expression_graph.hpp"

namespace ddpinn::expr {

/// An expression that has been read and checked.
struct Parsed {
  Graph graph;
  int root = 0;
};

/// Reads and checks an expression in which definitions are inlined. @throws Error at the first mistake
Parsed parse(const Text& text, const Scope& scope);

}  // namespace ddpinn::expr
