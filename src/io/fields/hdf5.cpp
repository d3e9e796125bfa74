// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "io/fields/hdf5.hpp"

#include <ddpinn/error.hpp>

#include <fmt/format.h>

namespace ddpinn {
namespace {

bool left_open = false;
bool reads = false;  ///< whether a failure is one of reading

/// Keeps the description closest to the cause: HDF5's stack walked upward starts there.
herr_t keep_first(unsigned n, const H5E_error2_t* entry, void* text) {
  if (n == 0 && entry->desc != nullptr) *static_cast<std::string*>(text) = entry->desc;
  return 0;
}

std::string cause() {
  std::string text = "HDF5 gives no reason";
  H5Ewalk2(H5E_DEFAULT, H5E_WALK_UPWARD, keep_first, &text);
  H5Eclear2(H5E_DEFAULT);
  return text;
}

/// Stores one value of the given type, as it lies in memory.
void write_value(hid_t object, const std::string& name, hid_t type, const void* value) {
  const Hdf5Handle space(H5Screate(H5S_SCALAR), H5Sclose, "a data space");
  const Hdf5Handle attribute(H5Acreate2(object, name.c_str(), type, space.get(), H5P_DEFAULT, H5P_DEFAULT),
                             H5Aclose, "attribute " + name);
  check_hdf5(H5Awrite(attribute.get(), type, value), "attribute " + name);
}

Hdf5Handle open_attribute(hid_t object, const std::string& name) {
  return {H5Aopen(object, name.c_str(), H5P_DEFAULT), H5Aclose, "attribute " + name};
}

}  // namespace

Hdf5Handle::Hdf5Handle(hid_t id, Close closing, const std::string& what) : id_(id), close_(closing) {
  check_hdf5(id, what);
}

Hdf5Handle::~Hdf5Handle() {
  if (id_ < 0) return;
  if (std::uncaught_exceptions() <= unwinding_)
    close_(id_);
  else
    left_open = left_open || !reads;
}

void Hdf5Handle::close(const std::string& what) {
  check_hdf5(close_(std::exchange(id_, H5I_INVALID_HID)), what);
}

void check_hdf5(std::int64_t status, const std::string& what) {
  if (status >= 0) return;
  throw Error(
      Status::input_output,
      fmt::format("{}: HDF5 failed ({}); {}", what, cause(),
                  reads ? "the file is damaged, cut short or not the one that was meant: use another copy"
                        : "check the permissions and the free space of the disk"));
}

bool hdf5_left_open() { return left_open; }

Hdf5Reading::Hdf5Reading(bool on) : before_(std::exchange(reads, on)) {}

Hdf5Reading::~Hdf5Reading() { reads = before_; }

void prepare_hdf5() {
  static const bool done = [] {
    H5dont_atexit();
    H5Eset_auto2(H5E_DEFAULT, nullptr, nullptr);
    return true;
  }();
  static_cast<void>(done);
}

void write_attribute(hid_t object, const std::string& name, const std::string& value) {
  const Hdf5Handle type(H5Tcopy(H5T_C_S1), H5Tclose, "a text type");
  // A text type of length zero is not allowed, so that an empty text holds its terminating zero.
  check_hdf5(H5Tset_size(type.get(), value.size() + 1), "a text type");
  check_hdf5(H5Tset_cset(type.get(), H5T_CSET_UTF8), "a text type");
  write_value(object, name, type.get(), value.c_str());
}

void write_attribute(hid_t object, const std::string& name, std::uint32_t value) {
  write_value(object, name, H5T_NATIVE_UINT32, &value);
}

bool has_attribute(hid_t object, const std::string& name) { return H5Aexists(object, name.c_str()) > 0; }

std::string read_text_attribute(hid_t object, const std::string& name) {
  const auto attribute = open_attribute(object, name);
  const Hdf5Handle type(H5Aget_type(attribute.get()), H5Tclose, "attribute " + name);
  std::string text(H5Tget_size(type.get()), '\0');
  check_hdf5(H5Aread(attribute.get(), type.get(), text.data()), "attribute " + name);
  return text.substr(0, text.find('\0'));
}

std::uint32_t read_number_attribute(hid_t object, const std::string& name) {
  const auto attribute = open_attribute(object, name);
  std::uint32_t value = 0;
  check_hdf5(H5Aread(attribute.get(), H5T_NATIVE_UINT32, &value), "attribute " + name);
  return value;
}

}  // namespace ddpinn
