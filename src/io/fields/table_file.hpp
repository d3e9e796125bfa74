// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "parallel/communicator.hpp"
#include "problem/table.hpp"

namespace ddpinn {

/// A table from a CSV file (see read_csv), or from an HDF5 file, told by its first bytes: every data set of
/// one dimension at its root is a column, of the data set's name. Every rank reads for itself.
/// @throws Error as TableReader does
Table read_table(const std::string& path);

/// The same, by rank 0 for all. @note Collective: what it returns, each time.
TableReader shared_tables(const Communicator&);

}  // namespace ddpinn
