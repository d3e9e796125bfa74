// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "solver/training/trained_objective.hpp"

#include <ddpinn/error.hpp>

namespace ddpinn {

Linearisation linearise(TrainableField& field, ::Vec parameters) {
  field.refresh(parameters);
  return field.discretisation().linearise(field.fields());
}

std::optional<double> sum_of_squares(TrainableField& field, ::Vec parameters) {
  field.refresh(parameters);
  std::vector<double> rows;
  bool finite = true;
  try {
    rows = field.discretisation().residual(field.fields());
  } catch (const Error&) {
    finite = false;
  }
  if (any(field.communicator(), !finite)) return std::nullopt;
  return square_sum(field.communicator(), rows);
}

}  // namespace ddpinn
