// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "assembly/field_evaluation.hpp"
#include "io/grid_sample.hpp"
#include "problem/case_file.hpp"

#include <functional>

namespace ddpinn {

/// Fields, exact solutions and errors where known, residuals of the equations, subdomain and rank, at this
/// rank's points of the output grid. @param progress is told how many of this rank's cores are done
GridSample sample_grid(const CaseFile&, const Discretisation&, int rank,
                       const std::map<int, Matrix>& coefficients,
                       const std::function<void(long long)>& progress);

}  // namespace ddpinn
