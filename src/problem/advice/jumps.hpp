// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "problem/model.hpp"

#include <string>
#include <vector>

namespace ddpinn {

/// Warnings about equations of second order and above whose highest derivatives have a factor that jumps
/// inside the domain where no interface is: `k*u_xx` is not the derivative of `k*u_x` there.
std::vector<std::string> jumping_coefficients(const Model&);

/// The same, and warnings about those of these equations whose factors are smooth, but change by half within
/// a twentieth of the domain while no term follows their slope, as in the derivative of a flux. They can be
/// meant so.
std::vector<std::string> changing_coefficients(const Model&);

}  // namespace ddpinn
