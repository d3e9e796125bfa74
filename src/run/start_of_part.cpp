// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "run/start_of_part.hpp"

#include "solver/nonlinear/fitted_solution.hpp"
#include "solver/training/training.hpp"

namespace ddpinn {

Start start_of(const Options& options, const TimePart& part, const TimePart* before, const Monitor& monitor) {
  Start start;
  const auto& discretisation = part.discretisation();
  const auto& model = discretisation.model();
  if (model.affine || !model.unknowns.empty()) return start;
  if (needs_scale(options)) start.choose_scale = before ? ScaleRange::near : ScaleRange::all;
  if (!options.coarse.empty()) {
    const auto timed = start_phase(monitor, "grid");
    start.fields = grid_solution(discretisation, options.coarse, part.traces_of(before));
  }
  if (start.fields || !before) return start;
  const auto timed = start_phase(monitor, "start");
  start.fields = fitted_solution(discretisation, part.end_of(*before));
  return start;
}

}  // namespace ddpinn
