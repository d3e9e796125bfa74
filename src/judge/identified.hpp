// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <ddpinn/problem.hpp>
#include <ddpinn/result.hpp>

#include <optional>
#include <string>
#include <vector>

namespace ddpinn {

/// A warning about each unknown whose value says little: at one of its bounds, or, where the iteration has
/// come to its end, not determined at all.
std::vector<std::string> identification_warnings(const Problem&, const Result&);

/// A warning where rows have more left than the noise of the data explains: standard errors tell of the
/// observations' errors alone. @param square sum of squares of the weighted rows @param rows what they are
/// called @param remedy what to use
std::optional<std::string> noise_warning(const Problem&, double square, const std::string& rows,
                                         const std::string& remedy);

}  // namespace ddpinn
