// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "base/timers.hpp"
#include "io/fields/grid_sample.hpp"
#include "judge/corrected_field.hpp"
#include "parallel/communicator.hpp"
#include "problem/time_slabs.hpp"
#include "space/field.hpp"

#include <ddpinn/fields.hpp>

#include <optional>
#include <vector>

namespace ddpinn {

/// What the public Fields hold.
struct Fields::Parts {
  Parts(CaseFile whole, MPI_Comm ranks) : file(std::move(whole)), model(file), comm(ranks) {}

  TimeSlab slab(std::size_t i) const { return time_slab(file.problem, file.options.time, i); }

  CaseFile file;
  CaseFile model;  ///< the case of the fields: unknowns that were fitted to solutions are parameters in it
  Communicator comm;
  std::vector<Field> slabs;  ///< one for each time slab that was solved
  /// The same with the corrections of their error estimates; fewer where not all slabs have one.
  std::vector<CorrectedField> corrected;
  bool ended = true;                 ///< whether no iteration was cut off before it came to its end
  Timers timers;                     ///< since the solve began
  std::optional<GridSample> sample;  ///< on the output grid, once it was asked for
};

}  // namespace ddpinn
