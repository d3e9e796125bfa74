// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "io/fields/field_file.hpp"

#include "io/disk.hpp"
#include "io/fields/checksum.hpp"
#include "io/fields/file_layout.hpp"
#include "io/fields/hdf5.hpp"
#include "io/fields/shared_file.hpp"
#include "io/fields/vtkhdf.hpp"
#include "io/fields/xdmf.hpp"
#include "parallel/agree.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <sstream>

namespace ddpinn {
namespace {

namespace fs = std::filesystem;

/// Rank 0's columns are everybody's: a rank with others would leave the collective calls that follow.
void check_columns(const Communicator& comm, const GridSample& sample) {
  std::string names;
  for (const auto& column : sample.columns) names += column.name + "\n";
  const auto expected = broadcast(comm, names);
  collectively(comm, [&] {
    if (names != expected) {
      throw Error(Status::input_output,
                  "fields.h5: the ranks have different columns (an error of the program); report it");
    }
    for (const auto& column : sample.columns) {
      if (column.value.size() == sample.index.size()) continue;
      throw Error(Status::input_output,
                  fmt::format("fields.h5: column {} has {} values for {} points (an error of the "
                              "program); report it",
                              column.name, column.value.size(), sample.index.size()));
    }
  });
}

std::uint32_t slab_crc(const std::vector<double>& value) { return crc32(std::as_bytes(std::span(value))); }

/// The CRC of the slabs of all ranks, joined. @note Collective.
std::uint32_t joined_crc(const Communicator& comm, std::uint32_t own, std::size_t values) {
  const auto crcs = all_gather(comm, own);
  const auto sizes = all_gather(comm, values);
  std::uint32_t crc = 0;
  for (std::size_t r = 0; r < crcs.size(); ++r) {
    crc = join_crc32(crc, crcs[r], sizes[r] * sizeof(double));
  }
  return crc;
}

std::string dimension_names(const GridSample& sample, const FileLayout& layout) {
  std::vector<std::string> names;
  for (const int axis : layout.axis) names.push_back(sample.coordinates[axis]);
  return fmt::format("{}", fmt::join(names, " "));
}

std::string box_text(const Point& corner, std::size_t d) {
  return fmt::format("{:.17g}", fmt::join(corner.begin(), corner.begin() + d, " "));
}

/// The checksums of what this rank wrote, by column.
using Checksums = std::vector<std::uint32_t>;

Checksums write_columns(const Communicator& comm, SharedFile& file, const GridSample& sample,
                        const FileLayout& layout, const SlabExchange& slabs) {
  Checksums checksums;
  for (const auto& column : sample.columns) {
    const auto value = slabs.gather(column.value);
    checksums.push_back(slab_crc(value));
    file.write(dataset_name(column.name), layout.counts, {slabs.slab()}, value,
               {{"dimensions", dimension_names(sample, layout)}},
               {{"crc32", joined_crc(comm, checksums.back(), value.size())}});
  }
  return checksums;
}

void verify(const Communicator& comm, const fs::path& path, const GridSample& sample,
            const FileLayout& layout, Slab slab, const Checksums& checksums) {
  SharedFile file(comm, path, SharedFile::Mode::read);
  for (std::size_t i = 0; i < sample.columns.size(); ++i) {
    const auto name = dataset_name(sample.columns[i].name);
    const auto value = file.read<double>(name, layout.counts, {slab});
    collectively(comm, [&] {
      if (slab_crc(value) == checksums[i]) return;
      throw Error(Status::input_output,
                  fmt::format("{}:/{}: the file holds other values than were written (a failing or "
                              "full disk); choose another output.directory",
                              path.string(), name));
    });
  }
  file.close();
}

std::map<std::string, std::string> all_attributes(const GridSample& sample,
                                                  std::map<std::string, std::string> attributes) {
  const auto d = sample.coordinates.size();
  attributes["coordinates"] = fmt::format("{}", fmt::join(sample.coordinates, " "));
  attributes["lower"] = box_text(sample.lower, d);
  attributes["upper"] = box_text(sample.upper, d);
  return attributes;
}

/// Where a step of the first dimension stands in time, as in fields.xdmf.
std::vector<double> step_times(const GridSample& sample, const FileLayout& layout) {
  std::vector<double> times;
  if (!layout.stepped) return times;
  const auto d = layout.axis.front();
  const int count = layout.counts.front();
  for (int i = 0; i < count; ++i)
    times.push_back(sample.lower[d] + (sample.upper[d] - sample.lower[d]) * i / std::max(count - 1, 1));
  return times;
}

void write_vtkhdf(const fs::path& directory, const GridSample& sample, const FileLayout& layout) {
  VtkImage image;
  image.times = step_times(sample, layout);
  for (std::size_t k = layout.stepped ? 1 : 0; k < layout.axis.size(); ++k) {
    image.shape.push_back(layout.counts[k]);
    image.lower.push_back(sample.lower[layout.axis[k]]);
    image.upper.push_back(sample.upper[layout.axis[k]]);
  }
  std::vector<std::string> names;
  for (const auto& column : sample.columns) names.push_back(dataset_name(column.name));
  write_vtkhdf_image(directory / "fields.vtkhdf", "fields.h5", names, image);
}

}  // namespace

std::string dataset_name(const std::string& column) {
  auto name = column;
  std::replace(name.begin(), name.end(), '/', '_');
  return name;
}

void write_fields(const Communicator& comm, const fs::path& directory, const GridSample& sample,
                  const std::map<std::string, std::string>& attributes) {
  prepare_hdf5();
  check_columns(comm, sample);
  const auto layout = file_layout(sample.coordinates, sample.counts);
  const auto path = directory / "fields.h5";
  const fs::path temporary = broadcast(comm, temporary_name(path).string());
  on_root(comm, [&] {
    const double bytes = 8.0 * layout.size() * static_cast<double>(sample.columns.size()) + 65536.0;
    require_space(path, bytes,
                  fmt::format("{} columns of {} grid points", sample.columns.size(), layout.size()));
  });
  try {
    const SlabExchange slabs(comm, sample, layout);
    SharedFile file(comm, temporary, SharedFile::Mode::create);
    file.write_attributes(all_attributes(sample, attributes));
    const auto checksums = write_columns(comm, file, sample, layout, slabs);
    file.close();
    verify(comm, temporary, sample, layout, slabs.slab(), checksums);
  } catch (const Error&) {
    std::error_code ignored;
    if (comm.rank() == 0) fs::remove(temporary, ignored);
    throw;
  }
  on_root(comm, [&] {
    replace_file(temporary, path);
    write_text(directory / "fields.xdmf", xdmf_text(sample));
    write_vtkhdf(directory, sample, layout);
  });
}

std::vector<double> read_field(const fs::path& path, const std::string& name) {
  prepare_hdf5();
  const Hdf5Reading reading;
  const auto label = path.string() + ":/" + name;
  const Hdf5Handle file(H5Fopen(path.c_str(), H5F_ACC_RDONLY, H5P_DEFAULT), H5Fclose, path.string());
  const Hdf5Handle dataset(H5Dopen2(file.get(), dataset_name(name).c_str(), H5P_DEFAULT), H5Dclose, label);
  const Hdf5Handle space(H5Dget_space(dataset.get()), H5Sclose, label);
  std::vector<hsize_t> size(std::max(H5Sget_simple_extent_ndims(space.get()), 0));
  check_hdf5(H5Sget_simple_extent_dims(space.get(), size.data(), nullptr), label);
  std::size_t total = 1;
  for (const auto n : size) total *= n;
  std::vector<double> stored(total);
  check_hdf5(H5Dread(dataset.get(), H5T_NATIVE_DOUBLE, H5S_ALL, H5S_ALL, H5P_DEFAULT, stored.data()), label);
  if (slab_crc(stored) != read_number_attribute(dataset.get(), "crc32")) {
    throw Error(
        Status::input_output,
        label + ": the checksum is wrong (the file was damaged after it was written); use another copy");
  }
  std::istringstream text(read_text_attribute(file.get(), "coordinates"));
  const std::vector<std::string> coordinates{std::istream_iterator<std::string>(text), {}};
  const auto order = file_layout(coordinates, std::vector<int>(coordinates.size(), 1)).axis;
  std::vector<int> counts(coordinates.size());
  for (std::size_t k = 0; k < order.size(); ++k) counts[order[k]] = size[k];
  const auto layout = file_layout(coordinates, counts);
  std::vector<double> value(total);
  for (std::size_t i = 0; i < total; ++i) {
    value[i] = stored[file_position(layout, counts, static_cast<std::int64_t>(i))];
  }
  return value;
}

}  // namespace ddpinn
