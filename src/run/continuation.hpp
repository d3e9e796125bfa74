// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <ddpinn/case_file.hpp>

#include <map>
#include <string>
#include <vector>

namespace ddpinn {

/// Values for solver.continuation of a case that gives none: of the first parameter which is a factor of all
/// highest derivatives of the equations, or a divisor, from where these count more, to its own. Empty where
/// there is no such parameter. @throws Error (Status::case_file)
std::map<std::string, std::vector<double>> continuation_in_small_factors(const Problem&);

/// "nu = 0.03, mu = 1": the values of this number.
std::string continuation_text(const std::map<std::string, std::vector<double>>&, std::size_t number);

}  // namespace ddpinn
