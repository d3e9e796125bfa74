// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "io/fields/vtkhdf.hpp"

#include "io/example_sample.hpp"
#include "io/fields/field_file.hpp"
#include "io/fields/hdf5.hpp"
#include "support/catch.hpp"

using namespace ddpinn;
using namespace ddpinn::test;

namespace {

/// A VTKHDF file, read as VTK does.
class Reader {
 public:
  explicit Reader(const std::filesystem::path& path)
      : file_(H5Fopen(path.c_str(), H5F_ACC_RDONLY, H5P_DEFAULT), H5Fclose, path.string()),
        root_(H5Gopen2(file_.get(), "VTKHDF", H5P_DEFAULT), H5Gclose, "VTKHDF") {}

  std::string type() const { return read_text_attribute(root_.get(), "Type"); }

  template <class T>
  std::vector<T> attribute(const std::string& name, hid_t type, const std::string& owner = ".") const {
    const Hdf5Handle object(H5Oopen(root_.get(), owner.c_str(), H5P_DEFAULT), H5Oclose, owner);
    const Hdf5Handle found(H5Aopen(object.get(), name.c_str(), H5P_DEFAULT), H5Aclose, name);
    const Hdf5Handle space(H5Aget_space(found.get()), H5Sclose, name);
    std::vector<T> values(H5Sget_simple_extent_npoints(space.get()));
    check_hdf5(H5Aread(found.get(), type, values.data()), name);
    return values;
  }

  std::vector<hsize_t> shape(const std::string& name) const {
    const Hdf5Handle set(H5Dopen2(root_.get(), name.c_str(), H5P_DEFAULT), H5Dclose, name);
    const Hdf5Handle space(H5Dget_space(set.get()), H5Sclose, name);
    std::vector<hsize_t> size(H5Sget_simple_extent_ndims(space.get()));
    H5Sget_simple_extent_dims(space.get(), size.data(), nullptr);
    return size;
  }

  std::vector<double> values(const std::string& name) const {
    const Hdf5Handle set(H5Dopen2(root_.get(), name.c_str(), H5P_DEFAULT), H5Dclose, name);
    const Hdf5Handle space(H5Dget_space(set.get()), H5Sclose, name);
    std::vector<double> values(H5Sget_simple_extent_npoints(space.get()));
    check_hdf5(H5Dread(set.get(), H5T_NATIVE_DOUBLE, H5S_ALL, H5S_ALL, H5P_DEFAULT, values.data()), name);
    return values;
  }

 private:
  Hdf5Handle file_, root_;
};

using Integers = std::vector<std::int64_t>;
using Sizes = std::vector<hsize_t>;

}  // namespace

TEST_CASE("fields on a grid are an image for VTK, whose data stay in fields.h5") {
  const Communicator comm(MPI_COMM_SELF);
  const Folder folder(comm);
  write_fields(comm, folder.path(), example_sample({"x", "y", "z"}, {3, 4, 5}, 0, 1), {});
  const Reader reader(folder.path() / "fields.vtkhdf");
  REQUIRE(reader.type() == "ImageData");
  REQUIRE(reader.attribute<std::int64_t>("Version", H5T_NATIVE_INT64) == Integers{1, 0});
  REQUIRE(reader.attribute<std::int64_t>("WholeExtent", H5T_NATIVE_INT64) == Integers{0, 2, 0, 3, 0, 4});
  REQUIRE(reader.attribute<double>("Direction", H5T_NATIVE_DOUBLE) ==
          std::vector<double>{1, 0, 0, 0, 1, 0, 0, 0, 1});
  REQUIRE(reader.attribute<double>("Origin", H5T_NATIVE_DOUBLE) == std::vector<double>{0, 0, 0});
  REQUIRE(reader.attribute<double>("Spacing", H5T_NATIVE_DOUBLE) == std::vector<double>{0.5, 2.0 / 3, 0.75});
  REQUIRE(reader.shape("PointData/u") == Sizes{5, 4, 3});
  const auto u = reader.values("PointData/u");
  REQUIRE(u[1] == example_value(20));  // x is the fastest
  REQUIRE(u[2 * 3 + 1] == example_value(20 + 2 * 5));
}

TEST_CASE("time is VTK's time") {
  const Communicator comm(MPI_COMM_SELF);
  const Folder folder(comm);
  write_fields(comm, folder.path(), example_sample({"x", "t"}, {3, 4}, 0, 1), {});
  const Reader reader(folder.path() / "fields.vtkhdf");
  REQUIRE(reader.attribute<std::int64_t>("Version", H5T_NATIVE_INT64) == Integers{2, 0});
  REQUIRE(reader.attribute<std::int64_t>("WholeExtent", H5T_NATIVE_INT64) == Integers{0, 2, 0, 0, 0, 0});
  REQUIRE(reader.attribute<std::int64_t>("NSteps", H5T_NATIVE_INT64, "Steps") == Integers{4});
  REQUIRE(reader.shape("PointData/u") == Sizes{4, 3});
  REQUIRE(reader.values("Steps/PointDataOffsets/u") == std::vector<double>{0, 1, 2, 3});
  const auto times = reader.values("Steps/Values");
  REQUIRE(times.size() == 4);
  REQUIRE(times.back() == 2);
}

TEST_CASE("points are vertices for VTK") {
  const Communicator comm(MPI_COMM_SELF);
  const Folder folder(comm);
  const auto path = folder.path() / "points.vtkhdf";
  write_vtkhdf_points(path, "points.h5", {"u"}, 3);
  const Reader reader(path);
  REQUIRE(reader.type() == "UnstructuredGrid");
  REQUIRE(reader.values("NumberOfPoints") == std::vector<double>{3});
  REQUIRE(reader.values("NumberOfConnectivityIds") == std::vector<double>{3});
  REQUIRE(reader.values("Offsets") == std::vector<double>{0, 1, 2, 3});
  REQUIRE(reader.values("Types") == std::vector<double>{1, 1, 1});
}
