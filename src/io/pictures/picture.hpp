// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "io/pictures/slices.hpp"

#include <ddpinn/result.hpp>

#include <filesystem>
#include <string>
#include <vector>

namespace ddpinn {

/// Draws DIRECTORY/solution_FIELD.png for every field (with its error where that is known) and
/// DIRECTORY/convergence.png, by gnuplot. Scripts and data stay in DIRECTORY/figures, so that they can be
/// restyled. Call it on rank 0, after all communication, since it starts another program.
/// @param limit seconds after which a gnuplot that does not end is killed
/// @returns lines for the user: what could not be drawn, why, and how to draw it later; empty where all went
/// well
std::vector<std::string> draw_pictures(const std::filesystem::path& directory, const GridSlices&,
                                       const std::vector<Iteration>& history, const std::string& title,
                                       double limit = 60);

}  // namespace ddpinn
