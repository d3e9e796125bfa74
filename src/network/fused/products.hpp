// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
// Products of weights with tiles. Everything is a product of numbers that are broadcast with rows of vectors.
#pragma once

#include "network/fused/operations.hpp"
#include "network/fused/vector.hpp"

namespace ddpinn::fused::DDPINN_ISA {

/// A matrix of which single entries are read: entry (i, k) at data[i * row + k * step].
template <class Real>
struct Scalars {
  const Real* data;
  long row;
  long step;
};

/// to[i] (+)= sum over k of scalars(i, k) * from[k], for `rows` rows of `columns` vectors. Rows of from and
/// to are `from_stride` and `to_stride` numbers apart. @param start what row i begins with: its old value, or
/// a bias
template <class Real, int rows, int columns, class Start>
DDPINN_INLINE void product_tile(long depth, Scalars<Real> scalars, const Real* __restrict from,
                                long from_stride, Real* __restrict to, long to_stride, Start start) {
  constexpr int step = lanes<Real>;
  Vector<Real> accumulator[rows][columns];
#pragma GCC unroll 8
  for (int i = 0; i < rows; ++i)
#pragma GCC unroll 4
    for (int v = 0; v < columns; ++v) accumulator[i][v] = start(i, v);
  for (long k = 0; k < depth; ++k) {
    Vector<Real> row[columns];
#pragma GCC unroll 4
    for (int v = 0; v < columns; ++v) row[v] = load(from + k * from_stride + v * step);
#pragma GCC unroll 8
    for (int i = 0; i < rows; ++i) {
      const auto scalar = broadcast(scalars.data[i * scalars.row + k * scalars.step]);
#pragma GCC unroll 4
      for (int v = 0; v < columns; ++v) accumulator[i][v] += scalar * row[v];
    }
  }
#pragma GCC unroll 8
  for (int i = 0; i < rows; ++i)
#pragma GCC unroll 4
    for (int v = 0; v < columns; ++v) store(to + i * to_stride + v * step, accumulator[i][v]);
}

/// Calls f<n> for n = count, 1 <= count <= top.
template <int top, class Function>
DDPINN_INLINE void with_constant(int count, Function&& f) {
  if constexpr (top > 1)
    if (count < top) return with_constant<top - 1>(count, f);
  f.template operator()<top>();
}

/// Cuts n into parts of at most `most`, as even as possible, since small parts are slow. Calls
/// f<size>(first).
template <int most, class Function>
DDPINN_INLINE void for_parts(int n, Function&& f) {
  int parts = (n + most - 1) / most;
  for (int first = 0; parts > 0; --parts) {
    const int size = (n - first + parts - 1) / parts;
    with_constant<most>(size, [&]<int rows>() { f.template operator()<rows>(first); });
    first += size;
  }
}

/// Units whose streams are computed, and then pushed through an activation, while they are in the first-level
/// cache.
inline constexpr int chunk_units = 2 * tile_rows;

/// One stream of some units: to = scalars from (+ bias).
template <class Real, int columns>
void stream_product(int units, int depth, Scalars<Real> scalars, const Real* bias, const Real* from,
                    Real* to) {
  constexpr long points = tile_vectors * lanes<Real>;
  for_parts<tile_rows>(units, [&]<int count>(int first) {
    const Scalars<Real> part{scalars.data + first * scalars.row, scalars.row, scalars.step};
    const auto start = [&](int i, int) { return bias ? broadcast(bias[first + i]) : Vector<Real>{}; };
    product_tile<Real, count, columns>(depth, part, from, points, to + first * points, points, start);
  });
}

/// All streams of units [first, first + count) from those of `depth` others, into a tile of `units` units.
template <class Real>
void chunk_product(int first, int count, int units, int depth, Scalars<Real> scalars, const Real* bias,
                   TileShape shape, const Real* from, Real* to) {
  constexpr long points = tile_vectors * lanes<Real>;
  const Scalars<Real> part{scalars.data + first * scalars.row, scalars.row, scalars.step};
  with_constant<tile_vectors>(shape.lanes / lanes<Real>, [&]<int columns>() {
    for (long s = 0; s < shape.streams; ++s)
      stream_product<Real, columns>(count, depth, part, s == 0 && bias ? bias + first : nullptr,
                                    from + s * depth * points, to + (s * units + first) * points);
  });
}

/// Calls f(first, count) for chunks of units.
template <class Function>
DDPINN_INLINE void for_chunks(int units, Function&& f) {
  for (int first = 0; first < units; first += chunk_units)
    f(first, units - first < chunk_units ? units - first : chunk_units);
}

}  // namespace ddpinn::fused::DDPINN_ISA
