// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "problem/expression/expression_numbers.hpp"

#include <algorithm>
#include <cmath>
#include <functional>

namespace ddpinn::expr {
namespace {

using Values = Numbers::Values;
constexpr auto block = std::tuple_size_v<Values>;

template <class Operation>
void each(Values& result, const Values& a, const Values& b, std::size_t n, Operation&& operation) {
  for (std::size_t i = 0; i < n; ++i) result[i] = operation(a[i], b[i]);
}

double power(double base, double exponent) { return exponent == 2 ? base * base : std::pow(base, exponent); }

/// The operators between two values.
void infix(Op op, Values& result, const Values& a, const Values& b, std::size_t n) {
  switch (op) {
    case Op::add:
      return each(result, a, b, n, std::plus<>());
    case Op::subtract:
      return each(result, a, b, n, std::minus<>());
    case Op::multiply:
      return each(result, a, b, n, std::multiplies<>());
    case Op::divide:
      return each(result, a, b, n, std::divides<>());
    case Op::power:
      return each(result, a, b, n, power);
    case Op::less:
      return each(result, a, b, n, std::less<>());
    case Op::less_equal:
      return each(result, a, b, n, std::less_equal<>());
    case Op::greater:
      return each(result, a, b, n, std::greater<>());
    case Op::greater_equal:
      return each(result, a, b, n, std::greater_equal<>());
    case Op::equal:
      return each(result, a, b, n, std::equal_to<>());
    case Op::not_equal:
      return each(result, a, b, n, std::not_equal_to<>());
    case Op::both:
      return each(result, a, b, n, [](double x, double y) { return x != 0 && y != 0; });
    default:
      return each(result, a, b, n, [](double x, double y) { return x != 0 || y != 0; });
  }
}

}  // namespace

Numbers::Numbers(const Graph& graph, int root) {
  const auto used = graph.reachable(root);
  std::vector<std::size_t> place(used.size(), 0);
  std::size_t inputs = 0;
  for (int i = 0; i <= root; ++i) {
    if (!used[i]) continue;
    const Node& node = graph[i];
    place[i] = steps_.size();
    Step step{node.op, node.function, {}, inputs, node.value};
    for (int operand : node.operands) step.operands.push_back(place[operand]);
    if (node.op == Op::argument) ++inputs;
    steps_.push_back(std::move(step));
  }
}

void Numbers::carry_out(const Step& step, std::span<const Values> value, Values& to, std::size_t n) const {
  const auto operand = [&](std::size_t k) -> const Values& { return value[step.operands[k]]; };
  const auto map = [&](auto&& function) {
    for (std::size_t i = 0; i < n; ++i) to[i] = function(operand(0)[i]);
  };
  switch (step.op) {
    case Op::number:
    case Op::truth:
      return to.fill(step.number);
    case Op::negate:
      return map(std::negate<>());
    case Op::invert:
      return map(std::logical_not<>());
    case Op::call:
      return step.function->arity == 1 ? map(step.function->unary)
                                       : each(to, operand(0), operand(1), n, step.function->binary);
    case Op::where:
    case Op::select:
      for (std::size_t i = 0; i < n; ++i) to[i] = operand(0)[i] != 0 ? operand(1)[i] : operand(2)[i];
      return;
    default:
      return infix(step.op, to, operand(0), operand(1), n);
  }
}

std::vector<double> Numbers::operator()(std::span<const std::span<const double>> inputs,
                                        std::size_t n) const {
  std::vector<double> result(n);
  std::vector<Values> value(steps_.size());
  for (std::size_t begin = 0; begin < n; begin += block) {
    const auto count = std::min(block, n - begin);
    for (std::size_t s = 0; s < steps_.size(); ++s) {
      const auto& step = steps_[s];
      if (step.op == Op::argument)
        std::ranges::copy(inputs[step.input].subspan(begin, count), value[s].begin());
      else
        carry_out(step, value, value[s], count);
    }
    std::copy_n(value.back().begin(), count, result.begin() + begin);
  }
  return result;
}

}  // namespace ddpinn::expr
