// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#define DDPINN_ISA avx512
#define DDPINN_VECTOR_BYTES 64
#include "network/fused/implementation.hpp"

namespace ddpinn::fused {

const Operations<float>& avx512_float() {
  static constexpr auto operations = avx512::table<float>();
  return operations;
}

const Operations<double>& avx512_double() {
  static constexpr auto operations = avx512::table<double>();
  return operations;
}

}  // namespace ddpinn::fused
