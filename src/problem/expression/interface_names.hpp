// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "problem/expression/expression.hpp"

namespace ddpinn {

/// For each interface a definition of its name: the condition that a point is inside its shape, in agreement
/// with Region::sides up to rounding.
std::vector<std::pair<std::string, Text>> interface_definitions(const Problem& problem);

/// All definitions for residuals on interfaces: as they are, and with the endings _minus and _plus. Those
/// take fields, derivatives and the definitions that they use on that side; the names of interfaces are taken
/// at a point that is moved a little to that side.
std::vector<std::pair<std::string, Text>> two_sided_definitions(const Problem& problem);

}  // namespace ddpinn
