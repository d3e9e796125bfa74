// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "grid/grid_correction.hpp"
#include "solver/nonlinear/feature_scale.hpp"
#include "solver/nonlinear/network_fit.hpp"
#include "solver/solution.hpp"

#include <optional>
#include <vector>

namespace ddpinn {

/// Where a nonlinear solve starts: every network of the finest level fitted to given fields on its own box,
/// coarser levels zero. @note Collective.
Solution fitted_solution(const Rows&, const FieldsAt&);

/// The values of a complete field, which has to live as long.
FieldsAt fields_of(const Field&);

/// The same with derivatives.
DerivativesAt derivatives_of(const Field&);

/// The fields that a grid has at the points, solved for at the first use.
/// @throws Error (Status::numerical) where the grid's Newton iteration does not converge
FieldsAt fields_of(GridCorrection&);

/// Networks fitted to the grid's own solution of the problem; empty, with a warning, where there is none.
/// @param cells per direction @param given what later time slabs continue from; null for none
/// @param start of the grid's own iteration; null for zero @note Collective.
std::optional<Solution> grid_solution(const Rows&, const std::vector<int>& cells,
                                      const GridCorrection::Columns& given, const FieldsAt& start = {});

}  // namespace ddpinn
