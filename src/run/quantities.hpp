// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "run/parts.hpp"

#include <ddpinn/result.hpp>

#include <vector>

namespace ddpinn {

/// The quantities of the case. Integrals and means are by Gauss points in the cores of subdomains, of low
/// order where shapes cut these; extremes are those of these points and of a lattice with the ends of cores.
/// @throws Error on every rank @note Collective.
std::vector<QuantityValue> quantities(const Fields::Parts&);

/// They as CSV: a line per time slab, with the times that it goes from and until (NaN without slabs).
std::string quantities_text(const std::vector<QuantityValue>&, const std::vector<TimeSlab>&);

}  // namespace ddpinn
