// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "parallel/communicator.hpp"
#include "problem/case/case_file.hpp"

#include <string>
#include <vector>

namespace ddpinn {

/// Reads a case, and the files that it names, on rank 0 for all: ranks that found different contents would
/// wait for each other for ever. @throws Error on every rank @note Collective.
CaseFile read_shared_case(const Communicator&, const std::string& path,
                          const std::vector<std::string>& overrides);

}  // namespace ddpinn
