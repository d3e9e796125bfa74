// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "problem/expression/expression_program.hpp"

#include <ATen/ATen.h>

#include <functional>
#include <map>

namespace ddpinn::expr {
namespace {

using at::Tensor;
using Values = std::vector<Tensor>;

/// Operators between two values, elementwise.
const std::map<Op, std::function<Tensor(const Tensor&, const Tensor&)>>& infix_operations() {
  static const std::map<Op, std::function<Tensor(const Tensor&, const Tensor&)>> operations = {
      {Op::add, std::plus<>()},
      {Op::subtract, std::minus<>()},
      {Op::multiply, std::multiplies<>()},
      {Op::divide, std::divides<>()},
      {Op::less, std::less<>()},
      {Op::less_equal, std::less_equal<>()},
      {Op::greater, std::greater<>()},
      {Op::greater_equal, std::greater_equal<>()},
      {Op::equal, std::equal_to<>()},
      {Op::not_equal, std::not_equal_to<>()},
      {Op::both, std::bit_and<>()},
      {Op::either, std::bit_or<>()}};
  return operations;
}

/// A constant base or exponent is handed over as a number: the power's derivative by it would be in vain, and
/// a logarithm of the base with it.
Tensor power(const Tensor& base, const Tensor& exponent) {
  if (exponent.dim() > 0) return base.dim() > 0 ? at::pow(base, exponent) : at::pow(base.item(), exponent);
  // The square is by far the most frequent power, and cheaper so in the derivative as well.
  if (exponent.item<double>() == 2) return base * base;
  return at::pow(base, exponent.item());
}

/// The branches, evaluated at their own points, put together.
Tensor select(const Tensor& condition, const Tensor& here, const Tensor& a, const Tensor& there,
              const Tensor& b) {
  const auto put = [](const Tensor& to, const Tensor& indices, const Tensor& branch) {
    return branch.dim() > 0 ? to.index_copy(0, indices, branch) : to.index_fill(0, indices, branch.item());
  };
  return put(put(at::zeros_like(condition, at::kDouble), here, a), there, b);
}

}  // namespace

Program::Program(const Graph& graph, int root) {
  const std::vector<bool> used = graph.reachable(root);
  std::vector<int> place(used.size(), -1);
  for (int i = 0; i <= root; ++i) {
    if (!used[i]) continue;
    const Node& node = graph[i];
    place[i] = std::ssize(steps_);
    Step step{node.op, node.function, {}, arguments_.size(), {}};
    for (int operand : node.operands) {
      step.operands.push_back(place[operand]);
      steps_[place[operand]].last = place[i];
    }
    if (node.op == Op::argument) arguments_.push_back(node.argument);
    if (node.constant()) step.number = at::scalar_tensor(node.value, at::kDouble);
    steps_.push_back(std::move(step));
  }
}

Tensor Program::carry_out(const Step& step, const Values& value) const {
  const auto operand = [&](std::size_t i) -> const Tensor& { return value[step.operands[i]]; };
  switch (step.op) {
    case Op::power:
      return power(operand(0), operand(1));
    case Op::negate:
      return -operand(0);
    case Op::invert:
      return at::logical_not(operand(0));
    case Op::call:
      return step.function->arity == 1 ? step.function->unary_tensor(operand(0))
                                       : step.function->binary_tensor(operand(0), operand(1));
    case Op::where:
      return at::where(operand(0), operand(1), operand(2));
    case Op::indices:
      return at::nonzero(operand(0)).squeeze(1);
    case Op::gather:
      return operand(1).index_select(0, operand(0));
    case Op::select:
      return select(operand(4), operand(0), operand(1), operand(2), operand(3));
    default:
      return infix_operations().at(step.op)(operand(0), operand(1));
  }
}

Tensor Program::operator()(const Values& inputs) const {
  Values value(steps_.size());
  for (int i = 0; i < std::ssize(steps_); ++i) {
    const Step& step = steps_[i];
    if (step.op == Op::argument)
      value[i] = inputs[step.input];
    else
      value[i] = step.number.defined() ? step.number : carry_out(step, value);
    for (int operand : step.operands)
      if (steps_[operand].last == i) value[operand].reset();  // its memory serves the next steps
  }
  return value.back();
}

}  // namespace ddpinn::expr
