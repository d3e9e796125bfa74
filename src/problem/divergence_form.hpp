// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <ddpinn/problem.hpp>

#include <optional>
#include <string>
#include <vector>

namespace ddpinn {

/// The conservation law that an equation in divergence form states: in a sum such as d(k*u_x, x) - d(k*u_y,
/// y) + f the terms d(..., coordinate) are the flux, and what is beside them is minus the source. Two terms
/// along one coordinate are added. Empty where there is no such term.
std::optional<Conservation> law_of(const Equation&, const std::vector<std::string>& coordinates);

}  // namespace ddpinn
