// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "assembly/rows_record.hpp"
#include "solver/solution.hpp"

namespace ddpinn {

/// A solution but its fields at the rows' points and its linear problem, and its networks. @note Collective.
Record record_of(const Rows&, const Solution&);

/// The solution, whose fields at the points are empty; the rows have its networks then. @note Collective.
Solution solution_from(Rows&, const Record&, const Journal&);

/// The same with the fields at the points, to the last digit, and the weights of the rows. @note Collective.
Record record_of_all(const Rows&, const Solution&);
/// @note Collective.
Solution all_of_solution_from(Rows&, const Record&, const Journal&);

}  // namespace ddpinn
