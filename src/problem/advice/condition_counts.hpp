// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "problem/model.hpp"

#include <string>
#include <vector>

namespace ddpinn {

/// Warnings about faces, starts and surfaces of shapes with fewer conditions than the equations need, so that
/// the solution is not unique. Only what is certain is told: square systems whose order along the face
/// follows from the equations, whatever their fields are, and without data, which can stand for conditions.
std::vector<std::string> missing_conditions(const Model&);

}  // namespace ddpinn
