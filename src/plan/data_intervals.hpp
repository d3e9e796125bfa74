// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "problem/case/case_file.hpp"

#include <vector>

namespace ddpinn {

/// By direction, the number of equal intervals in which polynomials of this degree have about what drives the
/// problem: the statements where all networks are zero, which are sources, values of conditions and lifts,
/// along some lines. A solve that does not see its sources says nothing of its solution. 1 where nothing is
/// known, as of jumps.
std::vector<int> data_intervals(const CaseFile&, int degree);

}  // namespace ddpinn
