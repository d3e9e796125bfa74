// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "network/tensor/vector_map.hpp"

#include <ATen/functorch/BatchedTensorImpl.h>
#include <ATen/functorch/DynamicLayer.h>

namespace ddpinn::tensor {

namespace functorch = at::functorch;

VectorMap::VectorMap(std::int64_t size)
    : size_(size),
      level_(functorch::initAndPushDynamicLayer(functorch::TransformType::Vmap, size,
                                                functorch::RandomnessType::Error)) {}

VectorMap::~VectorMap() { functorch::popDynamicLayerAndDeleteMetadata(); }

at::Tensor VectorMap::in(const at::Tensor& arguments) const {
  return functorch::makeBatched(arguments, 0, level_);
}

at::Tensor VectorMap::out(const at::Tensor& result) const {
  const auto* batched = functorch::maybeGetBatchedImpl(result);
  if (batched != nullptr) return batched->value().movedim(batched->bdim(), 0);
  auto sizes = result.sizes().vec();
  sizes.insert(sizes.begin(), size_);
  return result.expand(sizes);
}

}  // namespace ddpinn::tensor
