// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "problem/expression/expression_graph.hpp"

#include <ATen/core/Tensor.h>

#include <vector>

namespace ddpinn::expr {

/// The operations that lead to one node of a graph, carried out by LibTorch one after the other; it can
/// differentiate the result as often as is asked for.
class Program {
 public:
  /// @param root not a constant
  Program(const Graph& graph, int root);

  /// The arguments that the root depends on, as indices into `graph.arguments()`, in the order of their first
  /// use.
  const std::vector<int>& arguments() const { return arguments_; }

  /// The root's n values. @param inputs one tensor of n values for each of `arguments()`
  at::Tensor operator()(const std::vector<at::Tensor>& inputs) const;

 private:
  struct Step {
    Op op;
    const Function* function;
    std::vector<int> operands;  ///< steps
    std::size_t input;          ///< an argument's place among the inputs
    at::Tensor number;          ///< a number as a tensor without dimensions
    int last = 0;               ///< the last step that reads the value
  };
  at::Tensor carry_out(const Step& step, const std::vector<at::Tensor>& value) const;

  std::vector<int> arguments_;
  std::vector<Step> steps_;
};

}  // namespace ddpinn::expr
