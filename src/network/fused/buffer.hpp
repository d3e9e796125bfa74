// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <cstddef>
#include <memory>
#include <new>

namespace ddpinn::fused {

/// Numbers that start at a cache line, as vectors need. Their values are lost when it grows.
template <class Real>
class Buffer {
 public:
  Real* data() { return data_.get(); }

  void reserve(std::size_t size) {
    if (size <= size_) return;
    data_.reset(static_cast<Real*>(::operator new(size * sizeof(Real), line)));
    size_ = size;
  }

 private:
  static constexpr std::align_val_t line{64};
  struct Free {
    void operator()(Real* data) const { ::operator delete(data, line); }
  };
  std::unique_ptr<Real, Free> data_;
  std::size_t size_ = 0;
};

}  // namespace ddpinn::fused
