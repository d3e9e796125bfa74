// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "io/fields/vtkhdf.hpp"

#include "io/disk.hpp"
#include "io/fields/hdf5.hpp"

#include <array>
#include <cstdint>
#include <numeric>
#include <span>

namespace ddpinn {

namespace {

using Version = std::array<std::int64_t, 2>;
/// Of the format: the first one knows no steps.
constexpr Version first_version{1, 0}, version_with_steps{2, 0};
constexpr std::uint8_t vertex = 1;  // VTK_VERTEX

hid_t type_of(std::int64_t) { return H5T_NATIVE_INT64; }
hid_t type_of(double) { return H5T_NATIVE_DOUBLE; }
hid_t type_of(std::uint8_t) { return H5T_NATIVE_UINT8; }

/// A new file in the format, which gets its name when it is whole.
class VtkHdf {
 public:
  VtkHdf(const std::filesystem::path& path, const std::string& type, Version version)
      : path_(path), temporary_(temporary_name(path)) {
    prepare_hdf5();
    create_file(temporary_, path_);
    file_ = Hdf5Handle(H5Fcreate(temporary_.c_str(), H5F_ACC_TRUNC, H5P_DEFAULT, H5P_DEFAULT), H5Fclose,
                       path_.string());
    root_ = group(file_.get(), "VTKHDF");
    attribute<std::int64_t>("Version", version);
    // VTK compares a text of fixed length, without a terminating zero.
    const Hdf5Handle text(H5Tcopy(H5T_C_S1), H5Tclose, path_.string());
    check_hdf5(H5Tset_size(text.get(), type.size()), path_.string());
    check_hdf5(H5Tset_strpad(text.get(), H5T_STR_NULLPAD), path_.string());
    const Hdf5Handle scalar(H5Screate(H5S_SCALAR), H5Sclose, path_.string());
    const Hdf5Handle made(H5Acreate2(root_.get(), "Type", text.get(), scalar.get(), H5P_DEFAULT, H5P_DEFAULT),
                          H5Aclose, path_.string());
    check_hdf5(H5Awrite(made.get(), text.get(), type.data()), path_.string());
  }

  ~VtkHdf() {
    std::error_code ignored;
    if (!temporary_.empty()) std::filesystem::remove(temporary_, ignored);
  }
  VtkHdf(const VtkHdf&) = delete;
  VtkHdf& operator=(const VtkHdf&) = delete;

  Hdf5Handle group(hid_t within, const std::string& name) const {
    return {H5Gcreate2(within, name.c_str(), H5P_DEFAULT, H5P_DEFAULT, H5P_DEFAULT), H5Gclose,
            path_.string() + ":/" + name};
  }

  template <class T>
  void attribute(const std::string& name, std::span<const T> values) const {
    attribute(root_, name, values);
  }

  template <class T>
  void attribute(const Hdf5Handle& owner, const std::string& name, std::span<const T> values) const {
    const hsize_t size = values.size();
    const Hdf5Handle space(H5Screate_simple(1, &size, nullptr), H5Sclose, path_.string());
    const Hdf5Handle made(
        H5Acreate2(owner.get(), name.c_str(), type_of(T{}), space.get(), H5P_DEFAULT, H5P_DEFAULT), H5Aclose,
        path_.string());
    check_hdf5(H5Awrite(made.get(), type_of(T{}), values.data()), path_.string());
  }

  template <class T>
  void data(const Hdf5Handle& owner, const std::string& name, std::span<const T> values) const {
    const hsize_t size = values.size();
    const Hdf5Handle space(H5Screate_simple(1, &size, nullptr), H5Sclose, path_.string());
    const Hdf5Handle made(H5Dcreate2(owner.get(), name.c_str(), type_of(T{}), space.get(), H5P_DEFAULT,
                                     H5P_DEFAULT, H5P_DEFAULT),
                          H5Dclose, path_.string());
    check_hdf5(H5Dwrite(made.get(), type_of(T{}), H5S_ALL, H5S_ALL, H5P_DEFAULT, values.data()),
               path_.string());
  }

  /// `name` stands for a data set of another file.
  void link(const Hdf5Handle& owner, const std::string& name, const std::string& other) const {
    check_hdf5(H5Lcreate_external(other.c_str(), ("/" + name).c_str(), owner.get(), name.c_str(), H5P_DEFAULT,
                                  H5P_DEFAULT),
               path_.string());
  }

  void link_columns(const std::string& other, const std::vector<std::string>& columns) const {
    const auto points = group(root_.get(), "PointData");
    for (const auto& name : columns) link(points, name, other);
  }

  const Hdf5Handle& root() const { return root_; }

  void finish() {
    root_.close(path_.string());
    file_.close(path_.string());
    replace_file(temporary_, path_);
    temporary_.clear();
  }

 private:
  std::filesystem::path path_, temporary_;
  Hdf5Handle file_, root_;
};

/// The steps of time, whose values are found at these places of the data sets' first dimension.
void write_steps(const VtkHdf& file, const std::vector<double>& times,
                 const std::vector<std::string>& columns) {
  const auto steps = file.group(file.root().get(), "Steps");
  const std::array<std::int64_t, 1> count{std::ssize(times)};
  file.attribute<std::int64_t>(steps, "NSteps", count);
  file.data<double>(steps, "Values", times);
  const auto offsets = file.group(steps.get(), "PointDataOffsets");
  std::vector<std::int64_t> places(times.size());
  std::iota(places.begin(), places.end(), 0);
  for (const auto& name : columns) file.data<std::int64_t>(offsets, name, places);
}

}  // namespace

void write_vtkhdf_image(const std::filesystem::path& path, const std::string& data,
                        const std::vector<std::string>& columns, const VtkImage& image) {
  VtkHdf file(path, "ImageData", image.times.empty() ? first_version : version_with_steps);
  std::array<std::int64_t, 6> extent{};
  std::array<double, 3> origin{}, spacing{1, 1, 1};
  for (std::size_t i = 0; i < image.shape.size() && i < 3; ++i) {
    const auto k = image.shape.size() - 1 - i;  // x is the last
    const int cells = image.shape[k] - 1;
    extent[2 * i + 1] = cells;
    origin[i] = image.lower[k];
    if (cells > 0) spacing[i] = (image.upper[k] - image.lower[k]) / cells;
  }
  file.attribute<std::int64_t>("WholeExtent", extent);
  file.attribute<double>("Origin", origin);
  file.attribute<double>("Spacing", spacing);
  file.attribute<double>("Direction", std::array<double, 9>{1, 0, 0, 0, 1, 0, 0, 0, 1});
  file.link_columns(data, columns);
  if (!image.times.empty()) write_steps(file, image.times, columns);
  file.finish();
}

void write_vtkhdf_points(const std::filesystem::path& path, const std::string& data,
                         const std::vector<std::string>& columns, long long points) {
  VtkHdf file(path, "UnstructuredGrid", first_version);
  const std::array<std::int64_t, 1> count{points};
  std::vector<std::int64_t> numbers(points + 1);
  std::iota(numbers.begin(), numbers.end(), 0);
  const auto& root = file.root();
  for (const auto* name : {"NumberOfPoints", "NumberOfCells", "NumberOfConnectivityIds"})
    file.data<std::int64_t>(root, name, count);
  file.data<std::int64_t>(root, "Offsets", numbers);
  file.data<std::int64_t>(root, "Connectivity", std::span(numbers).first(points));
  file.data<std::uint8_t>(root, "Types", std::vector<std::uint8_t>(points, vertex));
  check_hdf5(H5Lcreate_external(data.c_str(), "/points", root.get(), "Points", H5P_DEFAULT, H5P_DEFAULT),
             path.string());
  file.link_columns(data, columns);
  file.finish();
}

}  // namespace ddpinn
