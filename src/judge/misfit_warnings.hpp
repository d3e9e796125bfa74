// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "assembly/misfit.hpp"

#include <map>
#include <string>
#include <vector>

namespace ddpinn {

/// Keeps the worse of two misfits of each statement, as of two time slabs.
void keep_worst(std::map<std::string, Misfit>& worst, const std::map<std::string, Misfit>& others);

/// A warning about each statement that is plainly not met; empty where all are.
std::vector<std::string> misfit_warnings(const std::map<std::string, Misfit>&);

}  // namespace ddpinn
