// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "assembly/rows.hpp"

#include <vector>

namespace ddpinn {

/// How much fields matter in the norm of the weighted rows.
struct FieldEnergies {
  double all = 0;    ///< |J u| of all fields together
  double least = 0;  ///< |J u_f| of the field f that has the smallest one; fields that are zero do not count
};

/// Those of fields, each without the constant in the middle of its values. @note Collective.
FieldEnergies field_energies(const Rows&, const std::vector<FieldValues>&);

}  // namespace ddpinn
