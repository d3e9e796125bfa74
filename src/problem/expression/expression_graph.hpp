// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "problem/expression/expression.hpp"
#include "problem/expression/expression_functions.hpp"

#include <map>
#include <tuple>
#include <vector>

namespace ddpinn::expr {

enum class Op {
  number,
  truth,  ///< a constant condition
  argument,
  add,
  subtract,
  multiply,
  divide,
  power,
  negate,
  less,
  less_equal,
  greater,
  greater_equal,
  equal,
  not_equal,
  both,
  either,
  invert,
  call,
  where,  ///< condition, a, b: both branches at all points
  select  ///< the same, where derivatives of a branch are safe at its own points only
};

/// An operation; its operands stand before it in the graph.
struct Node {
  Op op = Op::number;
  double value = 0;                    ///< number, truth
  int argument = -1;                   ///< argument
  const Function* function = nullptr;  ///< call
  std::vector<int> operands;
  int degree = 0;          ///< in fields and unknowns: 0 free of them, 1 affine, 2 anything else
  bool fragile = false;    ///< whether finite arguments can give values or derivatives that are not finite
  std::size_t offset = 0;  ///< a number: where it was first computed, for messages
  const Text* text = nullptr;  ///< a number: the expression of `offset`

  bool condition() const { return op == Op::truth || (op >= Op::less && op <= Op::invert); }
  bool constant() const { return op == Op::number || op == Op::truth; }
};

/// An expression as a directed acyclic graph in topological order. Equal subexpressions are one node, so a
/// definition used twice is computed once. Operations on numbers only are carried out at once.
class Graph {
 public:
  int number(double value) { return constant(Op::number, value); }
  int argument(const Argument& argument);
  int binary(Op op, int a, int b);
  int unary(Op op, int a);
  int call(const Function& function, const std::vector<int>& operands);
  /// a where the condition holds, else b. Branches that may be infinite or NaN are differentiated only at the
  /// points that take them: elsewhere the chain rule would give 0 times NaN.
  int where(int condition, int a, int b);

  const Node& operator[](int node) const { return nodes_[node]; }
  int size() const { return nodes_.size(); }
  const std::vector<Argument>& arguments() const { return arguments_; }
  /// One flag per node: whether `root` depends on it.
  std::vector<bool> reachable(int root) const;
  /// Where the numbers that come now are written.
  void mark(const Text& text, std::size_t offset) {
    text_ = &text;
    offset_ = offset;
  }

 private:
  using Key = std::tuple<Op, double, bool, int, const Function*, std::vector<int>>;

  int constant(Op op, double value);
  int intern(Node node);
  int degree(const Node& node) const;
  bool fragile(const Node& node) const;

  std::vector<Node> nodes_;
  std::vector<Argument> arguments_;
  std::map<Key, int> known_;
  const Text* text_ = nullptr;
  std::size_t offset_ = 0;
};

}  // namespace ddpinn::expr
