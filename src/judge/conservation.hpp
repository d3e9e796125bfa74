// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "space/field.hpp"

#include <ddpinn/result.hpp>

#include <string>
#include <vector>

namespace ddpinn {

/// The balance of each conservation law of the case over the whole domain: the flux through every face
/// (but periodic ones) and the surface of every shape, and the integral of the source, by Gauss points that
/// are not those of the solve. Where shapes cut cores the quadrature is of low order, and so is the balance.
/// @note Collective.
std::vector<Balance> balances(const Field&);

/// Two kinds of lines: the flux through each place, and the balance.
std::vector<std::string> balance_lines(const std::vector<Balance>&);

}  // namespace ddpinn
