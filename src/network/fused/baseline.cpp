// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#define DDPINN_ISA baseline
#define DDPINN_VECTOR_BYTES 16
#include "network/fused/implementation.hpp"

namespace ddpinn::fused {

const Operations<float>& baseline_float() {
  static constexpr auto operations = baseline::table<float>();
  return operations;
}

const Operations<double>& baseline_double() {
  static constexpr auto operations = baseline::table<double>();
  return operations;
}

}  // namespace ddpinn::fused
