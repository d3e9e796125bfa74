// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "problem/case/case_file.hpp"

namespace ddpinn {

/// The case of a problem that was put together in C++: checked and completed just as one that is read from a
/// file, through the same text. Messages name the place in the problem ("equation 'heat'") where those on a
/// file have its name and line. Functions in C++ and observations in memory have stand-ins in the text. In
/// place of the path there is "problem".
/// @param tables reads the files of observations and reference values that the problem names
/// @throws Error (Status::case_file) that lists every error found
CaseFile problem_case(const Problem&, const Options&, const TableReader& tables);

}  // namespace ddpinn
