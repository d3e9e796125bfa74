// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "space/group_basis.hpp"

#include <span>
#include <vector>

namespace ddpinn {

/// One statement at the points of its group.
struct StatementValues {
  std::vector<double> residual;
  GroupBasis::Linearised derivative;          ///< with respect to fields; empty unless linearised
  std::vector<std::vector<double>> unknowns;  ///< with respect to each of the model's unknowns; empty: zero
};

/// Residuals, and on demand the derivatives with respect to fields and their derivatives, and to the
/// unknowns.
/// @param unknowns values of the model's unknowns
/// @throws Error (Status::numerical) that names equation, point and subdomain where a residual is not finite
StatementValues evaluate(const Statement&, const PointGroup&, const FieldValues&,
                         std::span<const double> unknowns, const Model&, bool linearise);

/// Whether the derivatives with respect to fields are the same everywhere, as far as some points of the
/// domain's box tell. @pre the model is affine
bool has_constant_slopes(const Model&);

/// Residuals only, finite or not.
std::vector<double> residual_values(const Statement&, const PointGroup&, const FieldValues&,
                                    std::span<const double> unknowns);

}  // namespace ddpinn
