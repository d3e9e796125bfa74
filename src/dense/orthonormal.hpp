// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "dense/matrix.hpp"

namespace ddpinn {

/// Makes the columns of q orthonormal to rounding, and multiplies t by the same triangular matrix from the
/// right, so that a t = q goes on holding: one pass of Cholesky QR, the second one of Yamamoto, Nakatsukasa,
/// Yanagisawa, Fukaya (Electron. Trans. Numer. Anal. 44, 2015).
/// @pre the columns of q are nearly orthonormal (|q^T q - 1| well below 1)
/// @throws Error (Status::numerical) where they are dependent, or an entry is not finite
void orthonormalise_again(Matrix& q, Matrix& t);

}  // namespace ddpinn
