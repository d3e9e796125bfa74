// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "solver/training/adam.hpp"

namespace ddpinn {

/// Adam with local steps between exchanges: `every` steps of each subdomain with its neighbours frozen, then
/// their parameters are refreshed. "additive": all subdomains at once; "multiplicative": the 2^d colours of a
/// chessboard one after the other, each with what the last one has left. The rows are weighted anew at the
/// start. @note Collective.
TrainingOutcome train_by_scheduled_adam(TrainableField&, const Options&, const Monitor&, ::Vec parameters);

}  // namespace ddpinn
