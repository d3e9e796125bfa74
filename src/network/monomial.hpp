// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "base/multi_index.hpp"
#include "network/jet_space.hpp"

namespace ddpinn {

double binomial(int n, int k);

/// Taylor coefficient alpha of the monomial xi^exponent at xi.
double monomial_jet(const Point& xi, const MultiIndex& exponent, const MultiIndex& alpha);

}  // namespace ddpinn
