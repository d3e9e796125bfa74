// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "problem/expression/expression_code.hpp"

#include <fmt/format.h>

#include <string_view>

namespace ddpinn::expr {
namespace {

/// A literal with all digits of a double. Without a point or exponent it would be an integer.
std::string literal(double value) {
  std::string digits = fmt::format("{:.17g}", value);
  if (digits.find_first_of(".e") == std::string::npos) digits += ".0";
  return value < 0 ? "(" + digits + ")" : digits;
}

class Generator {
 public:
  explicit Generator(const Graph& graph) : graph_(graph) {}

  std::string statement(int node) const { return fmt::format("  v{} = {}\n", node, operation(graph_[node])); }

 private:
  /// An operand that may be a number.
  std::string scalar(int node) const {
    return graph_[node].op == Op::number ? literal(graph_[node].value) : fmt::format("v{}", node);
  }

  /// An operand that has to be a tensor; numbers become tensors of one element, which broadcast. Not by
  /// torch.tensor: that rounds to float32 on the way (LibTorch 1.13).
  std::string tensor(int node) const {
    if (graph_[node].op != Op::number) return scalar(node);
    return fmt::format("torch.full([1], {}, dtype={})", literal(graph_[node].value), torch_float64);
  }

  std::string infix(const Node& node, std::string_view symbol) const {
    return fmt::format("{} {} {}", scalar(node.operands[0]), symbol, scalar(node.operands[1]));
  }

  /// TorchScript knows tensor < number, but not number < tensor.
  std::string comparison(const Node& node, std::string_view name, std::string_view mirrored) const {
    const auto [a, b] = std::pair(node.operands[0], node.operands[1]);
    if (graph_[a].op == Op::number) return fmt::format("torch.{}(v{}, {})", mirrored, b, scalar(a));
    return fmt::format("torch.{}(v{}, {})", name, a, scalar(b));
  }

  std::string power(const Node& node) const {
    const auto [base, exponent] = std::pair(node.operands[0], node.operands[1]);
    const Node& e = graph_[exponent];
    // The square is by far the most frequent power, and cheaper so in the derivative as well.
    if (e.op == Op::number && e.value == 2) return fmt::format("v{0} * v{0}", base);
    return fmt::format("torch.pow({}, {})", scalar(base), scalar(exponent));
  }

  std::string call(const Node& node) const {
    std::string operands;
    for (int operand : node.operands) operands += (operands.empty() ? "" : ", ") + tensor(operand);
    return fmt::format("{}({})", node.function->torch, operands);
  }

  std::string select(const Node& node) const {
    // The branches are evaluated at their own points, and put together.
    const auto branch = [&](int indices, int value) {
      const bool number = graph_[value].op == Op::number;
      return number ? fmt::format("index_fill(0, v{}, {})", indices, literal(graph_[value].value))
                    : fmt::format("index_copy(0, v{}, v{})", indices, value);
    };
    return fmt::format("torch.zeros_like(v{}, dtype={}).{}.{}", node.operands[4], torch_float64,
                       branch(node.operands[0], node.operands[1]),
                       branch(node.operands[2], node.operands[3]));
  }

  std::string logic(const Node& node) const {
    if (node.op == Op::invert) return fmt::format("torch.logical_not(v{})", node.operands[0]);
    return fmt::format("torch.logical_{}(v{}, v{})", node.op == Op::both ? "and" : "or", node.operands[0],
                       node.operands[1]);
  }

  std::string operation(const Node& node) const {
    switch (node.op) {
      case Op::argument:
        return fmt::format("a{}", node.argument);
      case Op::add:
        return infix(node, "+");
      case Op::subtract:
        return infix(node, "-");
      case Op::multiply:
        return infix(node, "*");
      case Op::divide:
        return infix(node, "/");
      case Op::power:
        return power(node);
      case Op::negate:
        return "-" + scalar(node.operands[0]);
      case Op::less:
        return comparison(node, "lt", "gt");
      case Op::less_equal:
        return comparison(node, "le", "ge");
      case Op::greater:
        return comparison(node, "gt", "lt");
      case Op::greater_equal:
        return comparison(node, "ge", "le");
      case Op::equal:
        return comparison(node, "eq", "eq");
      case Op::not_equal:
        return comparison(node, "ne", "ne");
      case Op::call:
        return call(node);
      case Op::where:
        return fmt::format("torch.where(v{}, {}, {})", node.operands[0], tensor(node.operands[1]),
                           tensor(node.operands[2]));
      case Op::indices:
        return fmt::format("torch.nonzero(v{}).squeeze(1)", node.operands[0]);
      case Op::gather:
        return fmt::format("v{}.index_select(0, v{})", node.operands[1], node.operands[0]);
      case Op::select:
        return select(node);
      default:
        return logic(node);
    }
  }

  const Graph& graph_;
};

}  // namespace

std::vector<int> used_arguments(const Graph& graph, int root) {
  const std::vector<bool> used = graph.reachable(root);
  std::vector<int> result;
  for (int i = 0; i <= root; ++i)
    if (used[i] && graph[i].op == Op::argument) result.push_back(graph[i].argument);
  return result;
}

std::string torchscript(const Graph& graph, int root) {
  std::string names;
  for (int argument : used_arguments(graph, root))
    names += (names.empty() ? "a" : ", a") + std::to_string(argument);
  std::string code = "def f(" + names + "):\n";
  const std::vector<bool> used = graph.reachable(root);
  const Generator generator(graph);
  for (int i = 0; i <= root; ++i)
    if (used[i] && !graph[i].constant()) code += generator.statement(i);
  return code + "  return v" + std::to_string(root) + "\n";
}

}  // namespace ddpinn::expr
