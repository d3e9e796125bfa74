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

/// Cuts n rows into parts of at most tile_rows, as even as possible: a last part of one row is slow.
template <class Function>
DDPINN_INLINE void for_row_parts(int n, Function&& f) {
  int parts = (n + tile_rows - 1) / tile_rows;
  for (int first = 0; parts > 0; --parts) {
    const int count = (n - first + parts - 1) / parts;
    with_constant<tile_rows>(count, [&]<int rows>() { f.template operator()<rows>(first); });
    first += count;
  }
}

/// One stream of a tile: to = scalars from (+ bias).
template <class Real, int columns>
void stream_product(int rows, int depth, Scalars<Real> scalars, const Real* bias, const Real* from,
                    Real* to) {
  constexpr long points = tile_vectors * lanes<Real>;
  for_row_parts(rows, [&]<int count>(int first) {
    const Scalars<Real> part{scalars.data + first * scalars.row, scalars.row, scalars.step};
    const auto start = [&](int i, int) { return bias ? broadcast(bias[first + i]) : Vector<Real>{}; };
    product_tile<Real, count, columns>(depth, part, from, points, to + first * points, points, start);
  });
}

template <class Real>
void tile_product(int rows, int depth, Scalars<Real> scalars, const Real* bias, TileShape shape,
                  const Real* from, Real* to) {
  constexpr long points = tile_vectors * lanes<Real>;
  with_constant<tile_vectors>(shape.lanes / lanes<Real>, [&]<int columns>() {
    for (int s = 0; s < shape.streams; ++s)
      stream_product<Real, columns>(rows, depth, scalars, s == 0 ? bias : nullptr, from + s * depth * points,
                                    to + s * rows * points);
  });
}

template <class Real>
void affine(const Weights<Real>& w, TileShape in, const Real* from, Real* to) {
  tile_product<Real>(w.outputs, w.inputs, {w.weight, w.inputs, 1}, w.bias, in, from, to);
}

template <class Real>
void transposed(const Weights<Real>& w, TileShape out, const Real* from, Real* to) {
  tile_product<Real>(w.inputs, w.outputs, {w.weight, 1, w.inputs}, nullptr, out, from, to);
}

}  // namespace ddpinn::fused::DDPINN_ISA
