// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <cstddef>

namespace ddpinn {

/// y = tanh z, entry by entry, for n entries; accurate to three units in the last place, and NaN where z is.
/// Many entries at once in the widest registers that the machine has: std::tanh takes one at a time, and was
/// a tenth of a whole run.
void vector_tanh(std::size_t n, const double* z, double* y);

}  // namespace ddpinn
