// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "parallel/communicator.hpp"

#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <vector>

namespace ddpinn {

class SharedFile;

/// Rows of a data set, by number.
using Rows = std::map<int, std::vector<double>>;

/// A new HDF5 file of data sets of doubles, whose rows are written by the ranks that have them. Beside each
/// data set NAME stands NAME_crc32, the checksum of the bytes of each row (Python's zlib.crc32). The file
/// gets its name when all has been read back and found whole.
/// @note Collective: all of it. @throws Error (Status::input_output) on every rank; a previous file is then
/// left as it was
class RowFileWriter {
 public:
  /// @param bytes about as many as will be written, to be looked for on the disk first
  RowFileWriter(const Communicator&, std::filesystem::path, double bytes);
  ~RowFileWriter();

  /// @param shape number of rows, then of values by dimension of a row @param rows each of one rank
  void write(const std::string& name, const std::vector<int>& shape, Rows rows);
  void write_text(const std::string& name, const std::string& text);
  void write_attributes(const std::map<std::string, std::string>&);
  void finish();

 private:
  struct Written {
    std::string name;
    std::vector<int> shape;
    Rows rows;
  };
  void put(const Written&);
  void verify() const;

  const Communicator& comm_;
  std::filesystem::path path_, temporary_;
  std::unique_ptr<SharedFile> file_;
  std::vector<Written> written_;
};

/// Reads such a file; damage is named with the data set and row.
/// @note Collective: all of it. @throws Error (Status::input_output) on every rank
class RowFileReader {
 public:
  RowFileReader(const Communicator&, const std::filesystem::path&);
  ~RowFileReader();

  std::string attribute(const std::string& name);
  std::vector<int> shape(const std::string& name);
  /// @param wanted rows of this rank, ascending
  Rows read(const std::string& name, const std::vector<int>& wanted);
  std::string read_text(const std::string& name);

 private:
  const Communicator& comm_;
  std::filesystem::path path_;
  std::unique_ptr<SharedFile> file_;
};

}  // namespace ddpinn
