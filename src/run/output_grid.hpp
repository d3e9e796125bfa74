// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "io/fields/grid_sample.hpp"
#include "judge/corrected_field.hpp"
#include "problem/case/case_file.hpp"
#include "space/field.hpp"

namespace ddpinn {

/// Fields, exact solutions and errors where known, estimated errors, residuals of the equations, subdomain
/// and rank, at this rank's points of the output grid that stand in the field's domain: all of the case's, or
/// a time slab.
/// @param corrected by which errors are estimated; null: they are left out @param first_subdomain number of
/// the first subdomain, in the output
GridSample sample_grid(const CaseFile&, const Field&, const CorrectedField* corrected, int first_subdomain);

/// Adds the points of `more`, a sample of the same grid with the same columns, to `all` (or replaces it,
/// where it is empty).
void append(GridSample& all, GridSample&& more);

}  // namespace ddpinn
