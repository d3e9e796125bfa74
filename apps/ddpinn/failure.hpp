// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

namespace ddpinn::program {

/// Reports the exception under way on standard error. To be called from a catch block. @returns the exit
/// status
int report_failure();

/// The same for a program that ends with this status, at once where HDF5 could not close a file any more.
int end_with_failure();

/// From now on an exception that nobody catches ends all ranks, with its message and status. The stack is not
/// unwound: destructors may be collective, and the ranks that go on would never join in.
void end_all_ranks_on_failure();

}  // namespace ddpinn::program
