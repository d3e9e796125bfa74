// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "io/fields/table_file.hpp"

#include "io/fields/hdf5.hpp"
#include "parallel/agree.hpp"
#include "problem/csv.hpp"

#include <ddpinn/error.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <filesystem>
#include <fstream>

namespace ddpinn {

namespace {

/// HDF5 File Format Specification, version 3, section II.A: the first eight bytes.
constexpr std::string_view signature("\x89HDF\r\n\x1a\n", 8);

bool is_hdf5(const std::string& path) {
  std::array<char, signature.size()> start{};
  std::ifstream file(path, std::ios::binary);
  file.read(start.data(), start.size());
  return file && std::string_view(start.data(), start.size()) == signature;
}

/// Names of the data sets at the root, in the order of the alphabet.
std::vector<std::string> data_sets(hid_t file, const std::string& path) {
  std::vector<std::string> names;
  const auto visit = [](hid_t root, const char* name, const H5L_info_t*, void* found) -> herr_t {
    const Hdf5Handle object(H5Oopen(root, name, H5P_DEFAULT), H5Oclose, name);
    if (H5Iget_type(object.get()) == H5I_DATASET)
      static_cast<std::vector<std::string>*>(found)->push_back(name);
    return 0;
  };
  check_hdf5(H5Literate(file, H5_INDEX_NAME, H5_ITER_INC, nullptr, visit, &names), path);
  return names;
}

/// Reads a data set into `values`. @returns what is wrong with it, if anything
std::string read_column(hid_t file, const std::string& path, const std::string& name,
                        std::vector<double>& values) {
  const auto label = path + ", " + name;
  const Hdf5Handle set(H5Dopen2(file, name.c_str(), H5P_DEFAULT), H5Dclose, label);
  const Hdf5Handle space(H5Dget_space(set.get()), H5Sclose, label);
  const Hdf5Handle type(H5Dget_type(set.get()), H5Tclose, label);
  const auto kind = H5Tget_class(type.get());
  if (H5Sget_simple_extent_ndims(space.get()) != 1 || (kind != H5T_FLOAT && kind != H5T_INTEGER))
    return fmt::format(
        "the data set {} is not a column (it must have one dimension, and numbers); store each "
        "coordinate and field by itself, or remove it",
        name);
  values.resize(H5Sget_simple_extent_npoints(space.get()));
  check_hdf5(H5Dread(set.get(), H5T_NATIVE_DOUBLE, H5S_ALL, H5S_ALL, H5P_DEFAULT, values.data()), label);
  const auto bad = std::ranges::find_if_not(values, [](double value) { return std::isfinite(value); });
  if (bad == values.end()) return "";
  return fmt::format(
      "row {} of the data set {} is not a finite number (nothing can be compared with it); "
      "remove the row from all data sets",
      bad - values.begin() + 1, name);
}

/// Reads all columns. @returns what is wrong, if anything, so that the file is closed before that is thrown
std::string read_columns(const std::string& path, Table& table) {
  const Hdf5Handle file(H5Fopen(path.c_str(), H5F_ACC_RDONLY, H5P_DEFAULT), H5Fclose, path);
  for (const auto& name : data_sets(file.get(), path)) {
    table.names.push_back(name);
    const auto mistake = read_column(file.get(), path, name, table.columns.emplace_back());
    if (!mistake.empty()) return mistake;
    const auto rows = table.columns.back().size();
    if (rows != table.rows())
      return fmt::format(
          "the data set {} has {} rows, and {} has {} (columns of one table are equally long); "
          "store the same points in all of them",
          name, rows, table.names.front(), table.rows());
  }
  if (table.rows() > 0) return "";
  return "the file has no rows of numbers (it needs a data set of one dimension for each coordinate and for "
         "a field at least); store these at its root";
}

Table read_hdf5(const std::string& path) {
  prepare_hdf5();
  const Hdf5Reading reading;
  Table table;
  const auto mistake = read_columns(path, table);
  if (!mistake.empty()) throw Error(Status::case_file, Location{path, 0, 0}, mistake);
  return table;
}

}  // namespace

Table read_table(const std::string& path) {
  if (is_hdf5(path)) return read_hdf5(path);
  if (const auto extension = std::filesystem::path(path).extension();
      extension == ".h5" || extension == ".hdf5")
    throw Error(
        Status::case_file, Location{path, 0, 0},
        "the file is named as HDF5 and is none (it does not begin as one, or cannot be read); write it "
        "anew, or give a file of another format another name");
  return read_csv(path);
}

namespace {

template <class T>
void share(const Communicator& comm, std::vector<T>& values) {
  std::string bytes(reinterpret_cast<const char*>(values.data()), values.size() * sizeof(T));
  bytes = broadcast(comm, bytes);
  values.resize(bytes.size() / sizeof(T));
  std::copy_n(bytes.data(), bytes.size(), reinterpret_cast<char*>(values.data()));
}

}  // namespace

TableReader shared_tables(const Communicator& comm) {
  return [&comm](const std::string& path) {
    Table table;
    on_root(comm, [&] { table = read_table(path); });
    table.names.resize(sum(comm, comm.rank() == 0 ? std::ssize(table.names) : 0));
    table.columns.resize(table.names.size());
    for (auto& name : table.names) name = broadcast(comm, name);
    for (auto& column : table.columns) share(comm, column);
    share(comm, table.lines);
    return table;
  };
}

}  // namespace ddpinn
