// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "problem/case/case_keys.hpp"

namespace ddpinn {

/// Keys that state the mathematics.
std::vector<CaseKey> problem_keys();

/// Keys of one shape. @param use "remove", "keep" or "interface"
std::vector<CaseKey> shape_keys(std::string_view use);

/// Keys that state the numerics.
std::vector<CaseKey> options_keys();

}  // namespace ddpinn
