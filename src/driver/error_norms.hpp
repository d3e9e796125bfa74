// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "assembly/field_evaluation.hpp"
#include "io/grid_sample.hpp"
#include "parallel/communicator.hpp"
#include "problem/case_file.hpp"

#include <ddpinn/result.hpp>

#include <vector>

namespace ddpinn {

/// Norms of the errors against the exact solution over the points of the output grid inside the domain, or,
/// where the case names a reference file, against its values at its points. @note Collective.
std::vector<FieldError> error_norms(const Communicator&, const CaseFile&, const Discretisation&,
                                    const std::map<int, Matrix>& coefficients, const GridSample&);

}  // namespace ddpinn
