// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <hdf5.h>

#include <cstdint>
#include <exception>
#include <string>
#include <utility>

namespace ddpinn {

/// Whether a handle was left open. The program must then end without HDF5's and MPI's own last words, which
/// would close the file.
bool hdf5_left_open();

/// While this lives, failures of HDF5 are told as those of reading a file.
class Hdf5Reading {
 public:
  explicit Hdf5Reading(bool on = true);
  ~Hdf5Reading();
  Hdf5Reading(const Hdf5Reading&) = delete;
  Hdf5Reading& operator=(const Hdf5Reading&) = delete;

 private:
  bool before_;
};

/// A move-only owner of an HDF5 identifier, which stays reachable by get().
///
/// It is left open while an exception unwinds: after a failed write H5Fclose crashes, hangs, or reports
/// success for a file that holds wrong data.
class Hdf5Handle {
 public:
  using Close = herr_t (*)(hid_t);

  Hdf5Handle() = default;
  /// @param what what was tried, for the message where `id` is HDF5's mark of failure
  /// @throws Error (Status::input_output)
  Hdf5Handle(hid_t id, Close closing, const std::string& what);
  Hdf5Handle(Hdf5Handle&& other) noexcept
      : id_(std::exchange(other.id_, H5I_INVALID_HID)), close_(other.close_), unwinding_(other.unwinding_) {}
  Hdf5Handle& operator=(Hdf5Handle&& other) noexcept {
    std::swap(id_, other.id_);
    std::swap(close_, other.close_);
    std::swap(unwinding_, other.unwinding_);
    return *this;
  }
  ~Hdf5Handle();

  hid_t get() const noexcept { return id_; }
  /// Closes now, so that a failure is seen. @throws Error (Status::input_output)
  void close(const std::string& what);

 private:
  hid_t id_ = H5I_INVALID_HID;
  Close close_ = nullptr;
  int unwinding_ = std::uncaught_exceptions();
};

/// Throws Error (Status::input_output) with HDF5's own words where `status` is negative.
void check_hdf5(std::int64_t status, const std::string& what);

/// Call before the first use of HDF5: errors are thrown and not printed, and no files are flushed at the exit
/// of a process that ends for a failed write.
void prepare_hdf5();

/// An attribute with one value. @note Collective where the file was opened by several ranks.
void write_attribute(hid_t object, const std::string& name, const std::string& value);
void write_attribute(hid_t object, const std::string& name, std::uint32_t value);

bool has_attribute(hid_t object, const std::string& name);
std::string read_text_attribute(hid_t object, const std::string& name);
std::uint32_t read_number_attribute(hid_t object, const std::string& name);

}  // namespace ddpinn
