// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "assembly/rows.hpp"
#include "io/checkpoint/record.hpp"
#include "problem/time_slabs.hpp"

#include <ddpinn/error.hpp>

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace ddpinn {

/// How far from zero a statement's residual is.
struct Misfit {
  Location at = {};  ///< of the residual's text
  bool condition = false;
  /// Root mean square of the residual over itself and the sizes of the terms that it is linear in,
  ///     |r| / (|r| + sum over fields and derivatives of |dr / d(d^alpha u)| |d^alpha u|),
  /// a backward error in [0, 1]: 1 where nothing of a source is met, small where the terms cancel.
  double relative = 0;
  /// Of data with a standard deviation, instead: root mean square of the residual over that.
  std::optional<double> deviations = {};
  std::optional<TimeSlab> when = {};  ///< the time slab of these values, where there are several
  bool data = false;                  ///< whether the statement compares with data

  /// From which on a statement counts as not met. Solutions with errors of a few percent are at 0.02 and
  /// below.
  static constexpr double poor = 0.1;
};

/// Of all equations and conditions, by name, at the points of the rows. Sizes of fields and derivatives are
/// those over the equations' points; of derivatives that no equation has they are taken to vary over the
/// whole domain.
/// @param fields at the rows' points, by group: those of the field, which is complete @note Collective.
std::map<std::string, Misfit> misfits(const Rows&, const std::vector<FieldValues>& fields, const Field&);

void put_misfits(const std::map<std::string, Misfit>&, Record&);
std::map<std::string, Misfit> misfits_from(const Record&);

}  // namespace ddpinn
