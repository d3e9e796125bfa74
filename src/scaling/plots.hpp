// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "scaling/model.hpp"

#include <filesystem>
#include <string>
#include <vector>

namespace ddpinn {

/// Writes data and gnuplot scripts of the pictures ../scaling.png (time, efficiency, phases, memory and
/// messages over ranks) and ../model.png (the prediction by its parts). @returns the scripts' names
std::vector<std::string> write_scaling_plots(const std::filesystem::path& folder, const ScalingResults&,
                                             const ScalingModel&, double up_to);

}  // namespace ddpinn
