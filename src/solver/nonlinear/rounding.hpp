// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "assembly/rows.hpp"

namespace ddpinn {

/// The sum of squares below which the rows at these fields are rounding: that of the sizes of their terms,
/// |dr/d(d^alpha u)| |d^alpha u| summed in each row, times a thousand roundings. @note Collective.
double rounding_objective(const Communicator&, const Rows&, const std::vector<FieldValues>& fields);

}  // namespace ddpinn
