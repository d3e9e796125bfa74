// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "assembly/rows.hpp"

#include <vector>

namespace ddpinn {

/// How much fields matter in the norm of the weighted rows: that of the sums of |dr/d(d^alpha u_f)| |d^alpha
/// u_f|, for what u_f satisfies exactly would cancel in J u.
struct FieldEnergies {
  double all = 0;    ///< of all fields together
  double least = 0;  ///< of the field that has the smallest one, without the constant in the middle of its
                     ///< values; fields that are zero do not count
};

/// @note Collective.
FieldEnergies field_energies(const Rows&, const std::vector<FieldValues>&);

}  // namespace ddpinn
