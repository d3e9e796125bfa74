// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "problem/expression/expression_graph.hpp"

#include <array>
#include <cstddef>
#include <span>
#include <vector>

namespace ddpinn::expr {

/// The operations that lead to one node of a graph, carried out on plain numbers. For a few points this is
/// tens of times faster than LibTorch, which needs about a microsecond for an operation on however few; and
/// where shapes and jumps cut integrals, values are asked for a line at a time.
class Numbers {
 public:
  /// Of points that are taken together.
  using Values = std::array<double, 64>;

  Numbers(const Graph& graph, int root);

  /// The root's n values; 1 where a condition holds, else 0.
  /// @param inputs n values for each argument that the root depends on, in the order of their first use
  std::vector<double> operator()(std::span<const std::span<const double>> inputs, std::size_t n) const;

 private:
  struct Step {
    Op op = Op::number;
    const Function* function = nullptr;
    std::vector<std::size_t> operands;  ///< steps
    std::size_t input = 0;              ///< an argument's place among the inputs
    double number = 0;
  };

  /// @param value of the steps before
  void carry_out(const Step&, std::span<const Values> value, Values& to, std::size_t n) const;

  std::vector<Step> steps_;
};

}  // namespace ddpinn::expr
