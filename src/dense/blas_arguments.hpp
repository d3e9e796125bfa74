// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "dense/lapack.hpp"

#include <cblas.h>
#include <algorithm>
#include <cstddef>

namespace ddpinn {

// Sizes and options as BLAS and LAPACK take them.

inline int to_int(std::size_t n) { return static_cast<int>(n); }
inline int leading(std::size_t stride) { return std::max(1, to_int(stride)); }
inline CBLAS_TRANSPOSE flag(Op op) { return op == Op::none ? CblasNoTrans : CblasTrans; }

}  // namespace ddpinn
