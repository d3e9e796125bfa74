// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "problem/model.hpp"

#include <string>
#include <vector>

namespace ddpinn {

/// Warnings about a part of the domain in which neither equation nor weak form holds, so that nothing
/// determines the fields there.
std::vector<std::string> gaps(const Model&);

/// Warnings about `where` that holds nowhere: its statements have no effect.
std::vector<std::string> idle_statements(const Model&);

}  // namespace ddpinn
