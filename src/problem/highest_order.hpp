// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "problem/model.hpp"

namespace ddpinn {

/// Of the derivatives of fields in a statement.
int highest_order(const Statement&);

}  // namespace ddpinn
