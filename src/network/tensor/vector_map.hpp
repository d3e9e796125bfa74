// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <ATen/core/Tensor.h>

#include <cstdint>

namespace ddpinn::tensor {

/// As long as this lives, functions are called for many arguments at once, which lie along the first
/// direction of tensors and which the functions do not see: LibTorch's vmap.
class VectorMap {
 public:
  /// @param size number of arguments
  explicit VectorMap(std::int64_t size);
  ~VectorMap();
  VectorMap(const VectorMap&) = delete;
  VectorMap& operator=(const VectorMap&) = delete;

  /// All arguments as one. @param arguments size by what the function takes
  at::Tensor in(const at::Tensor& arguments) const;
  /// All results. @returns size by what the function returns
  at::Tensor out(const at::Tensor& result) const;

 private:
  std::int64_t size_, level_;
};

}  // namespace ddpinn::tensor
