// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "problem/expression/expression_switches.hpp"

#include <string_view>

namespace ddpinn::expr {
namespace {

/// A condition that holds everywhere, and one that holds nowhere.
constexpr double always = -1, never = 1;

/// Makes functions that are negative where a condition holds, and positive where it doesn't.
class Levels {
 public:
  explicit Levels(Graph& graph) : graph_(graph) {}

  int of(int condition) {
    const Node node = graph_[condition];  // a copy: the graph grows
    const auto operand = [&](std::size_t k) { return of(node.operands[k]); };
    const auto below = [&](std::size_t a, std::size_t b, double equal) {
      return less(node.operands[a], node.operands[b], equal);
    };
    switch (node.op) {
      case Op::less:
        return below(0, 1, never);
      case Op::less_equal:
        return below(0, 1, always);
      case Op::greater:
        return below(1, 0, never);
      case Op::greater_equal:
        return below(1, 0, always);
      case Op::equal:
        return both(below(0, 1, always), below(1, 0, always));
      case Op::not_equal:
        return opposite(both(below(0, 1, always), below(1, 0, always)));
      case Op::both:
        return both(operand(0), operand(1));
      case Op::either:
        return either(operand(0), operand(1));
      case Op::invert:
        return opposite(operand(0));
      default:
        return graph_.number(node.value != 0 ? always : never);
    }
  }

  int both(int a, int b) {
    if (graph_[a].constant()) return graph_[a].value == always ? b : a;
    if (graph_[b].constant()) return graph_[b].value == always ? a : b;
    return graph_.call(*find_function("maximum"), {a, b});
  }

  int either(int a, int b) { return opposite(both(opposite(a), opposite(b))); }

  int opposite(int a) { return graph_.unary(Op::negate, a); }

 private:
  /// Of a < b or a <= b. To be below the smaller of two values is to be below both: the difference would be
  /// zero, and of no sign, wherever a is one of them, as in d <= minimum(d, e).
  /// @param equal whether the comparison holds between a value and itself
  int less(int a, int b, double equal) {
    if (a == b) return graph_.number(equal);
    const Node left = graph_[a], right = graph_[b];
    if (is(right, "minimum"))
      return both(less(a, right.operands[0], equal), less(a, right.operands[1], equal));
    if (is(left, "maximum")) return both(less(left.operands[0], b, equal), less(left.operands[1], b, equal));
    if (is(right, "maximum"))
      return either(less(a, right.operands[0], equal), less(a, right.operands[1], equal));
    if (is(left, "minimum"))
      return either(less(left.operands[0], b, equal), less(left.operands[1], b, equal));
    return graph_.binary(Op::subtract, a, b);
  }

  static bool is(const Node& node, std::string_view name) {
    return node.op == Op::call && node.function->name == name;
  }

  Graph& graph_;
};

class Search {
 public:
  Search(Graph& graph, int root) : graph_(graph), make_(graph), users_(graph.size(), 0) {
    const auto used = graph.reachable(root);
    for (int i = 0; i <= root; ++i)
      if (used[i])
        for (int operand : graph[i].operands) ++users_[operand];
  }

  /// @param branch a condition's function: where a node's value is taken
  void visit(int i, int branch) {
    if (users_[i] > 1) branch = everywhere();
    if (users_[i] > 1 && !seen_.insert(i).second) return;
    const Node node = graph_[i];  // a copy: the graph grows
    // What a condition compares may have kinks, the value has none there.
    if (node.condition()) return add(make_.both(branch, make_.of(i)));
    if (node.op == Op::where || node.op == Op::select) {
      const int holds = make_.of(node.operands[0]);
      add(make_.both(branch, holds));
      visit(node.operands[1], make_.both(branch, holds));
      visit(node.operands[2], make_.both(branch, make_.opposite(holds)));
      return;
    }
    if (node.op == Op::call) add_function(node);
    for (int operand : node.operands) visit(operand, branch);
  }

  int everywhere() { return graph_.number(always); }

  std::set<int> found;

 private:
  void add(int level) {
    if (!graph_[level].constant()) found.insert(level);
  }

  void add_function(const Node& node) {
    const std::string_view name = node.function->name;
    if (name == "sign" || name == "abs") add(node.operands[0]);
    if (name == "minimum" || name == "maximum")
      add(graph_.binary(Op::subtract, node.operands[0], node.operands[1]));
  }

  Graph& graph_;
  Levels make_;
  std::vector<int> users_;
  std::set<int> seen_;
};

}  // namespace

std::set<int> switches(Graph& graph, int root) {
  Search search(graph, root);
  search.visit(root, search.everywhere());
  return search.found;
}

}  // namespace ddpinn::expr
