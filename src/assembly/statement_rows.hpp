// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "assembly/group_basis.hpp"

#include <vector>

namespace ddpinn {

/// One statement at the points of its group.
struct StatementValues {
  std::vector<double> residual;
  GroupBasis::Linearised derivative;  ///< empty unless linearised
};

/// Residuals, and on demand the derivatives with respect to fields and their derivatives.
/// @throws Error (Status::numerical) that names equation, point and subdomain where a residual is not finite
StatementValues evaluate(const Statement&, const PointGroup&, const FieldValues&, const Model&,
                         bool linearise);

/// Residuals only, finite or not.
std::vector<double> residual_values(const Statement&, const PointGroup&, const FieldValues&);

}  // namespace ddpinn
