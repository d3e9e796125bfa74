// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
// The files of this folder that are compiled once for each instruction set (DDPINN_ISA, DDPINN_VECTOR_BYTES)
// call nothing of the standard library that the linker could take from here for all of the program.
#pragma once

#include <cstdint>

#define DDPINN_INLINE __attribute__((always_inline)) inline

namespace ddpinn::fused::DDPINN_ISA {

template <class Real>
struct VectorTypes;

template <>
struct VectorTypes<float> {
  typedef float Value __attribute__((vector_size(DDPINN_VECTOR_BYTES)));
  typedef std::int32_t Integer __attribute__((vector_size(DDPINN_VECTOR_BYTES)));
};

template <>
struct VectorTypes<double> {
  typedef double Value __attribute__((vector_size(DDPINN_VECTOR_BYTES)));
  typedef std::int64_t Integer __attribute__((vector_size(DDPINN_VECTOR_BYTES)));
};

template <class Real>
using Vector = typename VectorTypes<Real>::Value;
template <class Real>
using Integers = typename VectorTypes<Real>::Integer;

template <class Real>
inline constexpr int lanes = DDPINN_VECTOR_BYTES / sizeof(Real);

/// Vectors in a tile's row, and rows of a product that are computed together: accumulators, a row of
/// operands and a broadcast number fill the registers.
inline constexpr int tile_vectors = DDPINN_VECTOR_BYTES == 64 ? 4 : 2;
inline constexpr int tile_rows = 6;

template <class Real>
DDPINN_INLINE Vector<Real> load(const Real* from) {
  return *reinterpret_cast<const Vector<Real>*>(from);
}

template <class Real>
DDPINN_INLINE void store(Real* to, Vector<Real> value) {
  *reinterpret_cast<Vector<Real>*>(to) = value;
}

template <class Real>
DDPINN_INLINE Vector<Real> broadcast(Real value) {
  return Vector<Real>{} + value;
}

/// The sum over the lanes.
template <class Real>
DDPINN_INLINE Real sum(Vector<Real> value) {
  Real parts[lanes<Real>];
  __builtin_memcpy(parts, &value, sizeof(value));
  for (int width = lanes<Real> / 2; width > 0; width /= 2)
    for (int i = 0; i < width; ++i) parts[i] += parts[i + width];
  return parts[0];
}

}  // namespace ddpinn::fused::DDPINN_ISA
