// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "io/fields/hdf5.hpp"
#include "io/fields/slab.hpp"
#include "parallel/communicator.hpp"

#include <filesystem>
#include <map>
#include <string>
#include <vector>

namespace ddpinn {

/// An open HDF5 file, shared by all ranks, each of which reads and writes some rows of every data set.
/// @note Collective: all of it. @throws Error (Status::input_output) on every rank
class SharedFile {
 public:
  /// `checked` gives the file's own structures checksums (HDF5 1.8 and later read it).
  /// What is created has no file of its name yet.
  enum class Mode { read, create, create_checked };

  SharedFile(const Communicator&, const std::filesystem::path&, Mode);

  void write_attributes(const std::map<std::string, std::string>&);
  std::string read_attribute(const std::string& name);

  /// A new data set, and its attributes. @param shape number of rows, then of values by dimension of a row
  /// @param rows of this rank, ascending @param value one row after the other
  template <class T>
  void write(const std::string& name, const std::vector<int>& shape, const std::vector<Slab>& rows,
             const std::vector<T>& value, const std::map<std::string, std::string>& texts = {},
             const std::map<std::string, std::uint32_t>& numbers = {}) {
    write(name, shape, rows, {value.data(), value.size(), memory_type(T{}), file_type(T{})}, texts, numbers);
  }

  std::vector<int> shape(const std::string& name);
  /// An attribute of a data set.
  std::uint32_t read_number(const std::string& name, const std::string& attribute);

  /// The values of some rows, one row after the other.
  template <class T>
  std::vector<T> read(const std::string& name, const std::vector<int>& shape, const std::vector<Slab>& rows) {
    std::vector<T> value(size(shape, rows));
    read(name, shape, rows, value.data(), value.size(), memory_type(T{}));
    return value;
  }

  void close();

 private:
  struct Values {
    const void* data;
    std::size_t count;
    hid_t memory, file;  ///< types
  };

  static hid_t memory_type(double) { return H5T_NATIVE_DOUBLE; }
  static hid_t memory_type(std::uint32_t) { return H5T_NATIVE_UINT32; }
  static hid_t memory_type(std::uint8_t) { return H5T_NATIVE_UINT8; }
  static hid_t file_type(double) { return H5T_IEEE_F64LE; }
  static hid_t file_type(std::uint32_t) { return H5T_STD_U32LE; }
  static hid_t file_type(std::uint8_t) { return H5T_STD_U8LE; }
  static std::size_t size(const std::vector<int>& shape, const std::vector<Slab>& rows);

  void write(const std::string& name, const std::vector<int>& shape, const std::vector<Slab>& rows,
             const Values&, const std::map<std::string, std::string>& texts,
             const std::map<std::string, std::uint32_t>& numbers);
  void read(const std::string& name, const std::vector<int>& shape, const std::vector<Slab>& rows,
            void* value, std::size_t count, hid_t type);
  std::string label(const std::string& name) const { return path_ + ":/" + name; }
  Hdf5Handle create(const std::string& name, hid_t type, const Hdf5Handle& space) const;
  void create_folders(const std::string& name) const;
  Hdf5Handle open(const std::string& name) const;
  Hdf5Handle space(const std::vector<int>& shape) const;
  Hdf5Handle memory_space(std::size_t values) const;
  void select(const Hdf5Handle& file_space, const std::vector<int>& shape,
              const std::vector<Slab>& rows) const;

  const Communicator& comm_;
  std::string path_;
  bool reads_;
  Hdf5Handle access_;
  Hdf5Handle transfer_;
  Hdf5Handle file_;
};

}  // namespace ddpinn
