// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <ddpinn/problem.hpp>

namespace ddpinn {

/// Whether a condition is an affine function of the fields and unknowns, as Expression::affine_in_fields.
/// @throws Error (Status::case_file) where it does not compile
bool is_affine(const Problem&, const Condition&);

/// Whether all equations and conditions are.
bool is_affine(const Problem&);

}  // namespace ddpinn
