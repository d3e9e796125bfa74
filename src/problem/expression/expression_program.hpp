// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "problem/expression/expression_graph.hpp"
#include "problem/expression/expression_regions.hpp"

#include <ATen/core/Tensor.h>

#include <array>
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
    Op op = Op::number;
    const Function* function = nullptr;
    std::vector<int> operands;  ///< steps
    std::size_t input = 0;      ///< an argument's place among the inputs
    at::Tensor number;          ///< a number as a tensor without dimensions
    int last = 0;               ///< the last step that reads the value
    bool condition = false;
    bool decides = false;                 ///< whether a condition is, or depends on it
    int region = -1;                      ///< where it is differentiated; -1: nowhere
    std::array<int, 2> branches{-1, -1};  ///< select: the regions of its branches
  };
  using Values = std::vector<at::Tensor>;

  void find_regions();
  at::Tensor carry_out(const Step& step, const Values& operand) const;
  template <class Wanted>
  Values everywhere(const Values& inputs, Wanted&& wanted) const;
  Values conditions(const Values& inputs) const;
  at::Tensor by_regions(const Values& inputs) const;

  std::vector<int> arguments_;
  std::vector<Step> steps_;
  bool branches_ = false;  ///< whether some are differentiated at their own points only
  Regions regions_;
};

}  // namespace ddpinn::expr
