// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "space/field.hpp"

#include <filesystem>
#include <vector>

namespace ddpinn {

/// What a solution file holds (docs/files.md).
struct SavedFields {
  CaseFile file;             ///< the case, with values found of unknowns as parameters, and without data
  std::vector<Field> slabs;  ///< one for each time slab that was solved, complete
};

/// Writes the fields of a case's time slabs, from the first on, to one HDF5 file, from which they can be read
/// on any number of ranks. It replaces a former one when all of it has been read back and found whole.
/// @pre there is one, and they are complete @throws Error (Status::input_output) on every rank
/// @note Collective.
void save(const std::vector<Field>& slabs, const CaseFile&, const std::filesystem::path&);

/// Reads them, on these ranks. @throws Error (Status::input_output) on every rank, where the file is damaged
/// with the place of the damage @note Collective.
SavedFields load(const std::filesystem::path&, const Communicator&);

}  // namespace ddpinn
