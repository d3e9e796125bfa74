// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "problem/expression/expression_program.hpp"

#include <ATen/ATen.h>
#include <torch/csrc/autograd/grad_mode.h>

#include <algorithm>
#include <functional>
#include <map>
#include <set>

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

/// The two branches, each given at its own points of a region, put together.
Tensor select(std::int64_t points, const Tensor& here, const Tensor& a, const Tensor& there,
              const Tensor& b) {
  const auto put = [](const Tensor& to, const Tensor& places, const Tensor& branch) {
    return branch.dim() > 0 ? to.index_copy(0, places, branch) : to.index_fill(0, places, branch.item());
  };
  return put(put(at::zeros({points}, at::kDouble), here, a), there, b);
}

}  // namespace

Program::Program(const Graph& graph, int root) {
  const std::vector<bool> used = graph.reachable(root);
  std::vector<int> place(used.size(), -1);
  for (int i = 0; i <= root; ++i) {
    if (!used[i]) continue;
    const Node& node = graph[i];
    place[i] = std::ssize(steps_);
    Step step;
    step.op = node.op;
    step.function = node.function;
    step.input = arguments_.size();
    step.condition = node.condition();
    for (int operand : node.operands) {
      step.operands.push_back(place[operand]);
      steps_[place[operand]].last = place[i];
    }
    if (node.op == Op::argument) arguments_.push_back(node.argument);
    if (node.constant()) step.number = at::scalar_tensor(node.value, at::kDouble);
    steps_.push_back(std::move(step));
  }
  branches_ = std::ranges::any_of(steps_, [](const Step& step) { return step.op == Op::select; });
  if (branches_) find_regions();
}

/// From the root down, so that all users of a step come before it. Conditions have no derivatives: what they
/// depend on is evaluated at all points, apart from that.
void Program::find_regions() {
  std::vector<std::set<int>> users(steps_.size());
  users.back().insert(0);
  for (int i = std::ssize(steps_) - 1; i >= 0; --i) {
    Step& step = steps_[i];
    if (step.condition) step.decides = true;
    if (step.decides)
      for (int operand : step.operands) steps_[operand].decides = true;
    if (users[i].empty() || step.condition) continue;
    step.region = step.number.defined() ? 0 : regions_.together(users[i]);
    const bool two = step.op == Op::where || step.op == Op::select;
    for (std::size_t k = two ? 1 : 0; k < step.operands.size(); ++k) {
      int region = step.region;
      if (step.op == Op::select) {
        region = regions_.branch(step.operands[0], step.region, k == 1);
        step.branches[k - 1] = region;
      }
      users[step.operands[k]].insert(region);
    }
  }
}

Tensor Program::carry_out(const Step& step, const Values& operand) const {
  switch (step.op) {
    case Op::power:
      return power(operand[0], operand[1]);
    case Op::negate:
      return -operand[0];
    case Op::invert:
      return at::logical_not(operand[0]);
    case Op::call:
      return step.function->arity == 1 ? step.function->unary_tensor(operand[0])
                                       : step.function->binary_tensor(operand[0], operand[1]);
    case Op::where:
    case Op::select:
      return at::where(operand[0], operand[1], operand[2]);
    default:
      return infix_operations().at(step.op)(operand[0], operand[1]);
  }
}

/// @param wanted which steps
template <class Wanted>
Program::Values Program::everywhere(const Values& inputs, Wanted&& wanted) const {
  Values value(steps_.size()), operands;
  for (int i = 0; i < std::ssize(steps_); ++i) {
    const Step& step = steps_[i];
    if (!wanted(step)) continue;
    operands.clear();
    for (int operand : step.operands) operands.push_back(value[operand]);
    value[i] = step.op == Op::argument ? inputs[step.input]
                                       : (step.number.defined() ? step.number : carry_out(step, operands));
    for (int operand : step.operands)  // its memory serves the next steps
      if (steps_[operand].last == i && !steps_[operand].condition) value[operand].reset();
  }
  return value;
}

/// The values of all conditions, at all points.
Program::Values Program::conditions(const Values& inputs) const {
  const at::NoGradGuard no_gradients;
  auto value = everywhere(inputs, [](const Step& step) { return step.decides; });
  for (std::size_t i = 0; i < steps_.size(); ++i)
    if (!steps_[i].condition) value[i].reset();
  return value;
}

Tensor Program::by_regions(const Values& inputs) const {
  auto value = conditions(inputs);
  Regions::Points points(regions_, value);
  const auto all = inputs.front().size(0);
  Values operands;
  for (int i = 0; i < std::ssize(steps_); ++i) {
    const Step& step = steps_[i];
    if (step.region < 0) continue;
    operands.clear();
    for (std::size_t k = 0; k < step.operands.size(); ++k) {
      const int operand = step.operands[k];
      const int to = step.op == Op::select && k > 0 ? step.branches[k - 1] : step.region;
      operands.push_back(points.restrict(value[operand], std::max(steps_[operand].region, 0), to));
    }
    if (step.op == Op::argument)
      value[i] = points.restrict(inputs[step.input], 0, step.region);
    else if (step.op == Op::select)
      value[i] = select(points.count(step.region, all), points.places(step.branches[0], step.region),
                        operands[1], points.places(step.branches[1], step.region), operands[2]);
    else
      value[i] = step.number.defined() ? step.number : carry_out(step, operands);
    for (int operand : step.operands)
      if (steps_[operand].last == i && !steps_[operand].condition) value[operand].reset();
  }
  return value.back();
}

Tensor Program::operator()(const Values& inputs) const {
  const bool differentiated =
      at::GradMode::is_enabled() &&
      std::ranges::any_of(inputs, [](const Tensor& input) { return input.requires_grad(); });
  if (branches_ && differentiated && !steps_.back().condition) return by_regions(inputs);
  return everywhere(inputs, [](const Step&) { return true; }).back();
}

}  // namespace ddpinn::expr
