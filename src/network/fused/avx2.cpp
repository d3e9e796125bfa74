// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#define DDPINN_ISA avx2
#define DDPINN_VECTOR_BYTES 32
#include "network/fused/implementation.hpp"

namespace ddpinn::fused {

const Operations<float>& avx2_float() {
  static constexpr auto operations = avx2::table<float>();
  return operations;
}

const Operations<double>& avx2_double() {
  static constexpr auto operations = avx2::table<double>();
  return operations;
}

}  // namespace ddpinn::fused
