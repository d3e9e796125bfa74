// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "io/fields/table_file.hpp"

#include "io/fields/hdf5.hpp"
#include "support/catch.hpp"

#include <ddpinn/error.hpp>

#include <filesystem>
#include <fstream>

using namespace ddpinn;

namespace {

/// A file in the directory for temporary files, gone at the end.
class TemporaryFile {
 public:
  explicit TemporaryFile(const std::string& name)
      : path_((std::filesystem::temp_directory_path() / name).string()) {}
  ~TemporaryFile() { std::filesystem::remove(path_); }
  TemporaryFile(const TemporaryFile&) = delete;
  TemporaryFile& operator=(const TemporaryFile&) = delete;
  const std::string& path() const { return path_; }

 private:
  std::string path_;
};

void write_set(hid_t file, const std::string& name, const std::vector<float>& values, hsize_t columns = 1) {
  const std::array<hsize_t, 2> size{values.size() / columns, columns};
  const Hdf5Handle space(H5Screate_simple(columns > 1 ? 2 : 1, size.data(), nullptr), H5Sclose, name);
  const Hdf5Handle set(
      H5Dcreate2(file, name.c_str(), H5T_NATIVE_FLOAT, space.get(), H5P_DEFAULT, H5P_DEFAULT, H5P_DEFAULT),
      H5Dclose, name);
  check_hdf5(H5Dwrite(set.get(), H5T_NATIVE_FLOAT, H5S_ALL, H5S_ALL, H5P_DEFAULT, values.data()), name);
}

Hdf5Handle create(const std::string& path) {
  prepare_hdf5();
  return {H5Fcreate(path.c_str(), H5F_ACC_TRUNC, H5P_DEFAULT, H5P_DEFAULT), H5Fclose, path};
}

std::string message_of(const std::string& path) {
  try {
    read_table(path);
  } catch (const Error& error) {
    REQUIRE(error.status() == Status::case_file);
    return error.what();
  }
  return "no error";
}

bool contains(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

}  // namespace

TEST_CASE("Data sets of an HDF5 file are the columns of a table") {
  const TemporaryFile temporary("ddpinn_table.h5");
  {
    const auto file = create(temporary.path());
    write_set(file.get(), "x", {0, 0.5, 1});
    write_set(file.get(), "u", {3, 2, 1});
    const Hdf5Handle group(H5Gcreate2(file.get(), "notes", H5P_DEFAULT, H5P_DEFAULT, H5P_DEFAULT), H5Gclose,
                           "notes");
  }
  const auto table = read_table(temporary.path());
  REQUIRE(table.names == std::vector<std::string>{"u", "x"});
  REQUIRE(table.rows() == 3);
  REQUIRE(*table.find("x") == std::vector<double>{0, 0.5, 1});
  REQUIRE(table.find("u")->at(0) == 3);
}

TEST_CASE("HDF5 files that hold no table are rejected with the reason") {
  const TemporaryFile temporary("ddpinn_no_table.h5");
  create(temporary.path());
  REQUIRE(contains(message_of(temporary.path()), "has no rows"));
  {
    const auto file = create(temporary.path());
    write_set(file.get(), "x", {0, 1});
    write_set(file.get(), "u", {0, 1, 2});
  }
  REQUIRE(contains(message_of(temporary.path()), "the data set x has 2 rows, and u has 3"));
  write_set(create(temporary.path()).get(), "x", {0, 1, 2, 3}, 2);
  REQUIRE(contains(message_of(temporary.path()), "the data set x is not a column"));
  write_set(create(temporary.path()).get(), "x", {0, NAN});
  REQUIRE(contains(message_of(temporary.path()), "row 2 of the data set x is not a finite number"));
}

TEST_CASE("A text file that is named as HDF5 is told as what it is") {
  const TemporaryFile temporary("ddpinn_text.h5");
  std::ofstream(temporary.path()) << "x,u\n0,1\n";
  REQUIRE(contains(message_of(temporary.path()), "is named as HDF5 and is none"));
}

TEST_CASE("Other files are read as text") {
  const TemporaryFile temporary("ddpinn_table.csv");
  std::ofstream(temporary.path()) << "x,u\n0,1\n";
  REQUIRE(read_table(temporary.path()).find("u")->at(0) == 1);
}
