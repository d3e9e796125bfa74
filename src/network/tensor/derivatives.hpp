// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "network/tensor/stream_algebra.hpp"

namespace ddpinn::tensor {

/// The streams of functions of points, by nested automatic differentiation; the result can be differentiated
/// again. @param values n by functions, each row of which depends on its own point only @param points n by d,
/// with requires_grad, from which the values were computed
Jet streams_of(const at::Tensor& values, const at::Tensor& points, const StreamAlgebra&);

}  // namespace ddpinn::tensor
