// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "io/fields/grid_sample.hpp"
#include "parallel/communicator.hpp"

#include <filesystem>
#include <map>
#include <string>
#include <vector>

namespace ddpinn {

/// Writes all columns to DIRECTORY/fields.h5, and DIRECTORY/fields.xdmf beside it, which ParaView opens (by
/// its "XDMF Reader").
///
/// Each column is a data set of doubles with the dimensions [t][z][y][x] (see FileLayout), its attributes are
/// `dimensions` ("t z y x") and `crc32` (of all its bytes: Python's zlib.crc32). The file is the same for
/// every number of ranks. It gets its name when every value has been read back and found whole.
/// @param attributes texts to store with the file, e.g. title and version
/// @throws Error (Status::input_output) on every rank; a previous file is then left as it was
/// @note Collective.
void write_fields(const Communicator&, const std::filesystem::path& directory, const GridSample&,
                  const std::map<std::string, std::string>& attributes = {});

/// One column of a fields.h5, in the order of GridSample's index (last coordinate fastest). Any rank may call
/// it alone.
/// @throws Error (Status::input_output) where the file or column is not there, or its checksum is wrong
std::vector<double> read_field(const std::filesystem::path& file, const std::string& name);

/// The name of a column's data set: its own, with a slash, which HDF5 takes for a folder, replaced.
std::string dataset_name(const std::string& column);

}  // namespace ddpinn
