// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

// The only header of ddpinn that needs LibTorch. Programs that include it link ${TORCH_LIBRARIES}.
#include <ddpinn/function.hpp>

#include <ATen/ATen.h>
#include <torch/csrc/autograd/autograd.h>
#include <torch/csrc/autograd/grad_mode.h>

#include <algorithm>
#include <functional>
#include <string>
#include <utility>
#include <vector>

namespace ddpinn {

/// A function of tensors, elementwise: one tensor of n values (float64) for each argument, and one of n
/// values as the result.
using TensorFunction = std::function<at::Tensor(const std::vector<at::Tensor>& arguments)>;

/// A residual from a function on tensors, which LibTorch differentiates.
inline Function differentiated(std::vector<std::string> arguments, TensorFunction function,
                               bool affine = false) {
  const auto wrap = [](std::span<const double> values) {
    return at::tensor(at::ArrayRef<double>(values.data(), values.size()), at::kDouble);
  };
  const auto copy = [](const at::Tensor& from, std::span<double> to) {
    const at::Tensor values = from.detach().to(at::kDouble).expand({std::ssize(to)}).contiguous();
    std::copy_n(values.data_ptr<double>(), to.size(), to.begin());
  };
  const auto evaluate = [=, f = std::move(function)](const Function::Columns& columns) {
    const bool linearise = !columns.derivative.empty();
    const at::AutoGradMode gradients(linearise);
    std::vector<at::Tensor> inputs;
    for (const auto& column : columns.argument) inputs.push_back(wrap(column).requires_grad_(linearise));
    const at::Tensor value = f(inputs);
    copy(value, columns.value);
    if (!linearise || !value.requires_grad()) return;
    // The function is elementwise: the gradient of the sum is its derivative point by point.
    const auto slopes = torch::autograd::grad({value.sum()}, inputs, {}, false, false, true);
    for (std::size_t a = 0; a < slopes.size(); ++a)
      if (slopes[a].defined()) copy(slopes[a], columns.derivative[a]);
  };
  return {std::move(arguments), evaluate, affine};
}

}  // namespace ddpinn
