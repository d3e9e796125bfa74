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
inline constexpr int tile_vectors = DDPINN_VECTOR_BYTES == 64 ? 4 : 3;
inline constexpr int tile_rows = DDPINN_VECTOR_BYTES == 64 ? 6 : 4;

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
  return value - Vector<Real>{};  // the compiler may not leave out an addition: 0 + -0 is not -0
}

template <class Real>
struct Pair {
  Vector<Real> low;
  Vector<Real> high;
};

/// Exchanges the lanes of a with those of b that are `distance` below them, in blocks of 2 distance lanes.
template <class Real, int distance>
DDPINN_INLINE Pair<Real> exchange_halves(Vector<Real> a, Vector<Real> b) {
  constexpr int n = lanes<Real>;
  Integers<Real> low, high;
  for (int i = 0; i < n; ++i) {
    const bool second = (i & distance) != 0;
    low[i] = second ? n + i - distance : i;
    high[i] = second ? n + i : i + distance;
  }
  return {__builtin_shuffle(a, b, low), __builtin_shuffle(a, b, high)};
}

/// The sum over the lanes, in all lanes.
template <class Real, int distance = lanes<Real> / 2>
DDPINN_INLINE Vector<Real> lane_sum(Vector<Real> v) {
  const auto [low, high] = exchange_halves<Real, distance>(v, v);
  if constexpr (distance > 1)
    return lane_sum<Real, distance / 2>(low + high);
  else
    return low + high;
}

/// to[i] += the sum over the lanes of v[i], i < count.
template <class Real, int count>
DDPINN_INLINE void add_sums(const Vector<Real>* v, Real* to) {
  constexpr int half = lanes<Real> / 2, quarter = half / 2;
  if constexpr (count > 2 && quarter > 0) {
    const auto front = exchange_halves<Real, half>(v[0], v[1]);
    const auto back = exchange_halves<Real, half>(v[2], v[count > 3 ? 3 : 2]);
    const auto all = exchange_halves<Real, quarter>(front.low + front.high, back.low + back.high);
    auto sums = all.low + all.high;
    if constexpr (quarter > 1) sums = lane_sum<Real, quarter / 2>(sums);
    to[0] += sums[0];
    to[1] += sums[half];
    to[2] += sums[quarter];
    if constexpr (count > 3) to[3] += sums[half + quarter];
  } else if constexpr (count > 1) {
    const auto both = exchange_halves<Real, half>(v[0], v[1]);
    auto sums = both.low + both.high;
    if constexpr (half > 1) sums = lane_sum<Real, half / 2>(sums);
    to[0] += sums[0];
    to[1] += sums[half];
    if constexpr (count > 2) to[2] += lane_sum<Real>(v[2])[0];
  } else {
    to[0] += lane_sum<Real>(v[0])[0];
  }
}

}  // namespace ddpinn::fused::DDPINN_ISA
