// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "problem/expression/expression_graph.hpp"

#include <algorithm>
#include <cmath>

namespace ddpinn::expr {
namespace {

double arithmetic(Op op, double a, double b) {
  switch (op) {
    case Op::add:
      return a + b;
    case Op::subtract:
      return a - b;
    case Op::multiply:
      return a * b;
    case Op::divide:
      return a / b;
    default:
      return std::pow(a, b);
  }
}

bool comparison(Op op, double a, double b) {
  switch (op) {
    case Op::less:
      return a < b;
    case Op::less_equal:
      return a <= b;
    case Op::greater:
      return a > b;
    case Op::greater_equal:
      return a >= b;
    case Op::equal:
      return a == b;
    default:
      return a != b;
  }
}

bool is_arithmetic(Op op) { return op >= Op::add && op <= Op::power; }

}  // namespace

int Graph::constant(Op op, double value) {
  Node node;
  node.op = op;
  node.value = value;
  return intern(std::move(node));
}

int Graph::argument(const Argument& argument) {
  auto found = std::find(arguments_.begin(), arguments_.end(), argument);
  if (found == arguments_.end()) found = arguments_.insert(found, argument);
  Node node;
  node.op = Op::argument;
  node.argument = found - arguments_.begin();
  return intern(std::move(node));
}

int Graph::unary(Op op, int a) {
  const double value = (*this)[a].value;
  if ((*this)[a].constant()) return op == Op::negate ? number(-value) : constant(Op::truth, value == 0);
  Node node;
  node.op = op;
  node.operands = {a};
  return intern(std::move(node));
}

int Graph::binary(Op op, int a, int b) {
  const Node& left = (*this)[a];
  const Node& right = (*this)[b];
  if (op == Op::both || op == Op::either) {
    // A constant either decides or drops out.
    const double decisive = op == Op::either;
    if (left.constant()) return left.value == decisive ? a : b;
    if (right.constant()) return right.value == decisive ? b : a;
  } else if (left.constant() && right.constant()) {
    if (is_arithmetic(op)) return number(arithmetic(op, left.value, right.value));
    return constant(Op::truth, comparison(op, left.value, right.value));
  }
  Node node;
  node.op = op;
  node.operands = {a, b};
  return intern(std::move(node));
}

int Graph::call(const Function& function, const std::vector<int>& operands) {
  const double first = (*this)[operands.front()].value;
  const double last = (*this)[operands.back()].value;
  if (std::all_of(operands.begin(), operands.end(), [&](int i) { return (*this)[i].constant(); }))
    return number(function.arity == 1 ? function.unary(first) : function.binary(first, last));
  Node node;
  node.op = Op::call;
  node.function = &function;
  node.operands = operands;
  return intern(std::move(node));
}

int Graph::where(int condition, int a, int b) {
  if ((*this)[condition].constant()) return (*this)[condition].value != 0 ? a : b;
  if (a == b && (*this)[a].constant()) return a;
  Node node;
  node.op = (*this)[a].fragile || (*this)[b].fragile ? Op::select : Op::where;
  node.operands = {condition, a, b};
  return intern(std::move(node));
}

std::vector<bool> Graph::reachable(int root) const {
  std::vector<bool> flags(nodes_.size(), false);
  flags[root] = true;
  for (int i = root; i >= 0; --i)
    if (flags[i])
      for (int operand : (*this)[i].operands) flags[operand] = true;
  return flags;
}

int Graph::intern(Node node) {
  // NaN compares unequal to itself, which a map can't bear; -0 and 0 differ in 1/0.
  const bool nan = std::isnan(node.value);
  const bool flag = nan || std::signbit(node.value);
  const Key key{node.op, nan ? 0.0 : node.value, flag, node.argument, node.function, node.operands};
  const auto [found, is_new] = known_.try_emplace(key, size());
  if (!is_new) return found->second;
  node.degree = degree(node);
  node.fragile = fragile(node);
  node.text = text_;
  node.offset = offset_;
  nodes_.push_back(std::move(node));
  return size() - 1;
}

int Graph::degree(const Node& node) const {
  if (node.op == Op::argument) return arguments_[node.argument].sought() ? 1 : 0;
  int highest = 0;
  int sum = 0;
  for (int operand : node.operands) {
    highest = std::max(highest, (*this)[operand].degree);
    sum += (*this)[operand].degree;
  }
  switch (node.op) {
    case Op::add:
    case Op::subtract:
    case Op::negate:
    case Op::where:
    case Op::select:
      return highest;
    case Op::multiply:
      return std::min(sum, 2);
    case Op::divide:
      return (*this)[node.operands[1]].degree > 0 ? 2 : highest;
    case Op::power: {
      const Node& exponent = (*this)[node.operands[1]];
      return exponent.op == Op::number && exponent.value == 1 ? highest : std::min(2 * highest, 2);
    }
    default:
      return std::min(2 * highest, 2);
  }
}

bool Graph::fragile(const Node& node) const {
  if (node.op == Op::call && node.function->fragile) return true;
  if (node.op == Op::divide && !(*this)[node.operands[1]].constant()) return true;
  if (node.op == Op::power) {
    const Node& exponent = (*this)[node.operands[1]];
    const bool polynomial =
        exponent.op == Op::number && exponent.value >= 0 && exponent.value == std::floor(exponent.value);
    if (!polynomial) return true;
  }
  return std::any_of(node.operands.begin(), node.operands.end(), [&](int i) { return (*this)[i].fragile; });
}

}  // namespace ddpinn::expr
