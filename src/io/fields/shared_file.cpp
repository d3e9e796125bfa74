// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "io/fields/shared_file.hpp"

#include "io/disk.hpp"
#include "io/visible.hpp"
#include "parallel/agree.hpp"

#include <algorithm>

namespace ddpinn {

namespace {

/// Properties of something new without times of change: the same values give the same file, byte for byte.
Hdf5Handle without_times(hid_t kind) {
  Hdf5Handle properties(H5Pcreate(kind), H5Pclose, "properties");
  check_hdf5(H5Pset_obj_track_times(properties.get(), false), "properties");
  return properties;
}

}  // namespace

SharedFile::SharedFile(const Communicator& comm, const std::filesystem::path& path, Mode mode)
    : comm_(comm), path_(path.string()), reads_(mode == Mode::read) {
  prepare_hdf5();
  if (!reads_) on_root(comm, [&] { create_file(path, path); });
  const auto seen = visible_to_all(comm, path).string();
  collectively(comm, [&] {
    const Hdf5Reading reading(reads_);
    access_ = Hdf5Handle(H5Pcreate(H5P_FILE_ACCESS), H5Pclose, path_);
    check_hdf5(H5Pset_fapl_mpio(access_.get(), comm.get(), MPI_INFO_NULL), path_);
    if (mode == Mode::create_checked)
      check_hdf5(H5Pset_libver_bounds(access_.get(), H5F_LIBVER_V18, H5F_LIBVER_LATEST), path_);
    transfer_ = Hdf5Handle(H5Pcreate(H5P_DATASET_XFER), H5Pclose, path_);
    // A rank's rows are few pieces of the file, so that collective buffering has little to merge; and Open
    // MPI's collective write never returns on some of three or more ranks when the disk of another is full.
    check_hdf5(H5Pset_dxpl_mpio(transfer_.get(), H5FD_MPIO_INDEPENDENT), path_);
    const auto creation = without_times(H5P_FILE_CREATE);
    const hid_t file = mode == Mode::read
                           ? H5Fopen(seen.c_str(), H5F_ACC_RDONLY, access_.get())
                           : H5Fcreate(seen.c_str(), H5F_ACC_TRUNC, creation.get(), access_.get());
    file_ = Hdf5Handle(file, H5Fclose, path_);
  });
}

void SharedFile::write_attributes(const std::map<std::string, std::string>& attributes) {
  for (const auto& [name, value] : attributes)
    collectively(comm_, [&] { write_attribute(file_.get(), name, value); });
}

std::string SharedFile::read_attribute(const std::string& name) {
  return collectively(comm_, [&] {
    const Hdf5Reading reading;
    try {
      return read_text_attribute(file_.get(), name);
    } catch (const Error& error) {
      throw Error(error.status(), path_ + ": " + error.what());
    }
  });
}

std::size_t SharedFile::size(const std::vector<int>& shape, const std::vector<Slab>& rows) {
  std::size_t row = 1, count = 0;
  for (std::size_t d = 1; d < shape.size(); ++d) row *= shape[d];
  for (const auto& range : rows) count += range.rows;
  return row * count;
}

void SharedFile::write(const std::string& name, const std::vector<int>& shape, const std::vector<Slab>& rows,
                       const Values& values, const std::map<std::string, std::string>& texts,
                       const std::map<std::string, std::uint32_t>& numbers) {
  Hdf5Handle dataset;
  Hdf5Handle file_space;
  collectively(comm_, [&] {
    file_space = space(shape);
    dataset = create(name, values.file, file_space);
  });
  collectively(comm_, [&] {
    select(file_space, shape, rows);
    const auto memory = memory_space(values.count);
    check_hdf5(
        H5Dwrite(dataset.get(), values.memory, memory.get(), file_space.get(), transfer_.get(), values.data),
        label(name));
  });
  for (const auto& [key, text] : texts)
    collectively(comm_, [&] { write_attribute(dataset.get(), key, text); });
  for (const auto& [key, number] : numbers)
    collectively(comm_, [&] { write_attribute(dataset.get(), key, number); });
  collectively(comm_, [&] { dataset.close(label(name)); });
}

Hdf5Handle SharedFile::create(const std::string& name, hid_t type, const Hdf5Handle& space) const {
  create_folders(name);
  const auto creation = without_times(H5P_DATASET_CREATE);
  return {H5Dcreate2(file_.get(), name.c_str(), type, space.get(), H5P_DEFAULT, creation.get(), H5P_DEFAULT),
          H5Dclose, label(name)};
}

/// Those that the data set is in, as far as they are not there.
void SharedFile::create_folders(const std::string& name) const {
  for (auto end = name.find('/'); end != std::string::npos; end = name.find('/', end + 1)) {
    const auto folder = name.substr(0, end);
    if (H5Lexists(file_.get(), folder.c_str(), H5P_DEFAULT) > 0) continue;
    const auto creation = without_times(H5P_GROUP_CREATE);
    const Hdf5Handle created(
        H5Gcreate2(file_.get(), folder.c_str(), H5P_DEFAULT, creation.get(), H5P_DEFAULT), H5Gclose,
        label(folder));
  }
}

Hdf5Handle SharedFile::open(const std::string& name) const {
  return {H5Dopen2(file_.get(), name.c_str(), H5P_DEFAULT), H5Dclose, label(name)};
}

std::vector<int> SharedFile::shape(const std::string& name) {
  return collectively(comm_, [&] {
    const Hdf5Reading reading;
    const auto dataset = open(name);
    const Hdf5Handle space(H5Dget_space(dataset.get()), H5Sclose, label(name));
    std::vector<hsize_t> size(std::max(H5Sget_simple_extent_ndims(space.get()), 0));
    check_hdf5(H5Sget_simple_extent_dims(space.get(), size.data(), nullptr), label(name));
    return std::vector<int>(size.begin(), size.end());
  });
}

std::uint32_t SharedFile::read_number(const std::string& name, const std::string& attribute) {
  return collectively(comm_, [&] {
    const Hdf5Reading reading;
    try {
      return read_number_attribute(open(name).get(), attribute);
    } catch (const Error& error) {
      throw Error(error.status(), label(name) + ": " + error.what());
    }
  });
}

void SharedFile::read(const std::string& name, const std::vector<int>& shape, const std::vector<Slab>& rows,
                      void* value, std::size_t count, hid_t type) {
  Hdf5Handle dataset;
  const Hdf5Reading reading;
  collectively(comm_, [&] { dataset = open(name); });
  collectively(comm_, [&] {
    const auto file_space = space(shape);
    select(file_space, shape, rows);
    const auto memory = memory_space(count);
    check_hdf5(H5Dread(dataset.get(), type, memory.get(), file_space.get(), transfer_.get(), value),
               label(name));
  });
}

void SharedFile::close() {
  collectively(comm_, [&] { file_.close(path_); });
}

Hdf5Handle SharedFile::space(const std::vector<int>& shape) const {
  const std::vector<hsize_t> size(shape.begin(), shape.end());
  return {H5Screate_simple(shape.size(), size.data(), nullptr), H5Sclose, path_};
}

/// Ranks without rows select nothing, and still take part.
void SharedFile::select(const Hdf5Handle& file_space, const std::vector<int>& shape,
                        const std::vector<Slab>& rows) const {
  check_hdf5(H5Sselect_none(file_space.get()), path_);
  std::vector<hsize_t> start(shape.size(), 0), size(shape.begin(), shape.end());
  for (const auto& range : rows) {
    if (range.rows == 0) continue;
    start[0] = range.first;
    size[0] = range.rows;
    check_hdf5(
        H5Sselect_hyperslab(file_space.get(), H5S_SELECT_OR, start.data(), nullptr, size.data(), nullptr),
        path_);
  }
}

Hdf5Handle SharedFile::memory_space(std::size_t values) const {
  const hsize_t size = std::max<std::size_t>(values, 1);
  Hdf5Handle memory(H5Screate_simple(1, &size, nullptr), H5Sclose, path_);
  if (values == 0) check_hdf5(H5Sselect_none(memory.get()), path_);
  return memory;
}

}  // namespace ddpinn
