// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "problem/expression/expression_derivative.hpp"

#include <fmt/format.h>
#include <map>
#include <numbers>
#include <string_view>

namespace ddpinn::expr {

namespace {

/// Writes formulas into a graph, in which products with 0 and 1 and sums with 0 are left out: a derivative
/// stays affine where it can be seen to be.
class Formulas {
 public:
  explicit Formulas(Graph& graph) : graph_(graph) {}

  int number(double value) { return graph_.number(value); }
  bool is(int node, double value) const {
    return graph_[node].op == Op::number && graph_[node].value == value;
  }
  int negative(int a) { return graph_.unary(Op::negate, a); }
  int sum(int a, int b) { return is(a, 0) ? b : is(b, 0) ? a : graph_.binary(Op::add, a, b); }
  int difference(int a, int b) {
    return is(b, 0) ? a : is(a, 0) ? negative(b) : graph_.binary(Op::subtract, a, b);
  }
  int product(int a, int b) {
    if (is(a, 0) || is(b, 0)) return number(0);
    return is(a, 1) ? b : is(b, 1) ? a : graph_.binary(Op::multiply, a, b);
  }
  int quotient(int a, int b) { return is(a, 0) || is(b, 1) ? a : graph_.binary(Op::divide, a, b); }
  int power(int a, int b) { return is(b, 0) ? number(1) : is(b, 1) ? a : graph_.binary(Op::power, a, b); }
  int square(int a) { return graph_.binary(Op::power, a, number(2)); }
  int call(std::string_view name, int a) { return graph_.call(*find_function(name), {a}); }

 private:
  Graph& graph_;
};

using Unary = int (*)(Formulas&, int argument, int value);

/// f'(a), where f(a) is `value`.
const std::map<std::string_view, Unary>& slopes() {
  static const std::map<std::string_view, Unary> table = {
      {"sin", [](Formulas& f, int a, int) { return f.call("cos", a); }},
      {"cos", [](Formulas& f, int a, int) { return f.negative(f.call("sin", a)); }},
      {"tan", [](Formulas& f, int, int v) { return f.sum(f.number(1), f.square(v)); }},
      {"asin",
       [](Formulas& f, int a, int) {
         return f.quotient(f.number(1), f.call("sqrt", f.difference(f.number(1), f.square(a))));
       }},
      {"acos",
       [](Formulas& f, int a, int) {
         return f.quotient(f.number(-1), f.call("sqrt", f.difference(f.number(1), f.square(a))));
       }},
      {"atan",
       [](Formulas& f, int a, int) { return f.quotient(f.number(1), f.sum(f.number(1), f.square(a))); }},
      {"sinh", [](Formulas& f, int a, int) { return f.call("cosh", a); }},
      {"cosh", [](Formulas& f, int a, int) { return f.call("sinh", a); }},
      {"tanh", [](Formulas& f, int, int v) { return f.difference(f.number(1), f.square(v)); }},
      {"exp", [](Formulas&, int, int v) { return v; }},
      {"log", [](Formulas& f, int a, int) { return f.quotient(f.number(1), a); }},
      {"sqrt", [](Formulas& f, int, int v) { return f.quotient(f.number(0.5), v); }},
      {"abs", [](Formulas& f, int a, int) { return f.call("sign", a); }},
      {"sign", [](Formulas& f, int, int) { return f.number(0); }},
      {"erf",
       [](Formulas& f, int a, int) {
         return f.product(f.number(2 * std::numbers::inv_sqrtpi), f.call("exp", f.negative(f.square(a))));
       }},
      {"erfc",
       [](Formulas& f, int a, int) {
         return f.product(f.number(-2 * std::numbers::inv_sqrtpi), f.call("exp", f.negative(f.square(a))));
       }},
  };
  return table;
}

class Chain {
 public:
  Chain(Graph& graph, const std::function<int(const Argument&)>& leaf)
      : graph_(graph), formulas_(graph), leaf_(leaf) {}

  int of(int root) {
    const auto used = graph_.reachable(root);
    slope_.assign(used.size(), -1);
    for (int i = 0; i <= root; ++i) {
      const Node node = graph_[i];  // a copy: the graph grows
      if (used[i] && !node.condition()) slope_[i] = derivative(i, node);
    }
    return slope_[root];
  }

 private:
  int derivative(int i, const Node& node) {
    switch (node.op) {
      case Op::number:
        return formulas_.number(0);
      case Op::argument:
        return leaf_(Argument(graph_.arguments()[node.argument]));
      case Op::negate:
        return formulas_.negative(slope(node, 0));
      case Op::add:
        return formulas_.sum(slope(node, 0), slope(node, 1));
      case Op::subtract:
        return formulas_.difference(slope(node, 0), slope(node, 1));
      case Op::power:
        return power(i, node);
      case Op::call:
        return node.function->arity == 1 ? unary(i, node) : binary(i, node);
      case Op::where:
      case Op::select:  // the same choice of the branches' derivatives
        return graph_.where(node.operands[0], slope(node, 1), slope(node, 2));
      default:
        return node.op == Op::multiply ? product(node) : quotient(i, node);
    }
  }

  int slope(const Node& node, std::size_t operand) const { return slope_[node.operands[operand]]; }

  int product(const Node& node) {
    const int a = node.operands[0], b = node.operands[1];
    return formulas_.sum(formulas_.product(slope_[a], b), formulas_.product(a, slope_[b]));
  }

  int quotient(int value, const Node& node) {
    const int b = node.operands[1];
    return formulas_.quotient(formulas_.difference(slope(node, 0), formulas_.product(value, slope(node, 1))),
                              b);
  }

  int power(int value, const Node& node) {
    const int base = node.operands[0], exponent = node.operands[1];
    const int lower = formulas_.power(base, formulas_.difference(exponent, formulas_.number(1)));
    const int by_base = formulas_.product(formulas_.product(exponent, lower), slope_[base]);
    if (formulas_.is(slope_[exponent], 0)) return by_base;
    return formulas_.sum(
        by_base, formulas_.product(formulas_.product(value, formulas_.call("log", base)), slope_[exponent]));
  }

  int unary(int value, const Node& node) {
    const int inner = slope(node, 0);
    if (formulas_.is(inner, 0)) return inner;
    return formulas_.product(slopes().at(node.function->name)(formulas_, node.operands[0], value), inner);
  }

  int binary(int value, const Node& node) {
    const int a = node.operands[0], b = node.operands[1];
    if (formulas_.is(slope_[a], 0) && formulas_.is(slope_[b], 0)) return slope_[a];
    const auto name = node.function->name;
    if (name == "minimum") return graph_.where(graph_.binary(Op::less, a, b), slope_[a], slope_[b]);
    if (name == "maximum") return graph_.where(graph_.binary(Op::greater, a, b), slope_[a], slope_[b]);
    if (name == "hypot")
      return formulas_.quotient(
          formulas_.sum(formulas_.product(a, slope_[a]), formulas_.product(b, slope_[b])), value);
    // atan2(a, b)
    return formulas_.quotient(
        formulas_.difference(formulas_.product(slope_[a], b), formulas_.product(a, slope_[b])),
        formulas_.sum(formulas_.square(a), formulas_.square(b)));
  }

  Graph& graph_;
  Formulas formulas_;
  const std::function<int(const Argument&)>& leaf_;
  std::vector<int> slope_;  ///< by node; -1: none
};

}  // namespace

namespace {

std::string name_of(const Derivative& derivative, const Scope& scope) {
  std::string name = scope.fields[derivative.field];
  if (order(derivative.alpha) > 0) name += '_';
  for (std::size_t d = 0; d < scope.coordinates.size(); ++d)
    for (int k = 0; k < derivative.alpha[d]; ++k) name += scope.coordinates[d];
  return name;
}

}  // namespace

int total_derivative(Graph& graph, int node, int direction, const Scope& scope,
                     const std::function<void(const std::string&)>& fail) {
  return differentiate(graph, node, [&](const Argument& argument) {
    if (argument.kind == Argument::Kind::coordinate) return graph.number(argument.index == direction);
    if (argument.kind != Argument::Kind::field && argument.kind != Argument::Kind::unknown)
      fail(
          "what is differentiated has no derivative along a coordinate (it uses the normal, or values that "
          "are "
          "known at points only); differentiate the other factors");
    if (argument.kind != Argument::Kind::field) return graph.number(0);
    auto higher = argument;
    ++higher.derivative.alpha[direction];
    if (const int degree = order(higher.derivative.alpha); degree > max_order)
      fail(fmt::format(
          "the derivative of '{}' has order {} (the highest order is {}); introduce a further field "
          "for what is differentiated, and an equation for it",
          name_of(argument.derivative, scope), degree, max_order));
    return graph.argument(higher);
  });
}

int differentiate(Graph& graph, int node, const std::function<int(const Argument&)>& leaf) {
  return Chain(graph, leaf).of(node);
}

}  // namespace ddpinn::expr
