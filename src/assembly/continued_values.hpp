// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "assembly/rows.hpp"

#include <functional>

namespace ddpinn {

/// Gives the conditions of continuity of a time slab the values that they read.
/// @param traces of the fields and derivatives that are continued, at points; may be collective
void take_over(Rows&, const std::function<FieldValues(const std::vector<Point>&)>& traces);

}  // namespace ddpinn
