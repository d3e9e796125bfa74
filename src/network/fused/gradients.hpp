// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
// Gradients of weights: sums over streams and points of cotangent times input. The sum runs over lanes; so a
// layer with many weights turns its inputs around first, units along the lanes.
#pragma once

#include "network/fused/products.hpp"

namespace ddpinn::fused::DDPINN_ISA {

/// weight[j][i] += sum over `length` vectors of cotangents[j] . inputs[i]; rows of both are `points` apart in
/// each of the streams of each tile.
template <class Real, int rows, int columns>
DDPINN_INLINE void dot_tile(TileShape in, TileShape out, int tiles, const Real* inputs,
                            const Real* cotangents, Real* weight) {
  constexpr long points = tile_vectors * lanes<Real>;
  Vector<Real> accumulator[rows][columns] = {};
  for (int block = 0; block < tiles * in.streams; ++block) {
    const Real* a = inputs + block * in.units * points;
    const Real* z = cotangents + block * out.units * points;
    for (int p = 0; p < in.lanes; p += lanes<Real>) {
      Vector<Real> row[columns];
#pragma GCC unroll 4
      for (int i = 0; i < columns; ++i) row[i] = load(a + i * points + p);
#pragma GCC unroll 4
      for (int j = 0; j < rows; ++j) {
        const auto left = load(z + j * points + p);
#pragma GCC unroll 4
        for (int i = 0; i < columns; ++i) accumulator[j][i] += left * row[i];
      }
    }
  }
#pragma GCC unroll 8
  for (int j = 0; j < rows; ++j) add_sums<Real, columns>(accumulator[j], weight + j * in.units);
}

/// Rows and columns of a dot_tile; accumulators and operands fill the registers.
inline constexpr int dot_rows = DDPINN_VECTOR_BYTES == 64 ? 5 : 4;
inline constexpr int dot_columns = DDPINN_VECTOR_BYTES == 64 ? 4 : 3;

template <class Real>
void gradient_by_dots(TileShape in, TileShape out, int tiles, const Real* inputs, const Real* cotangents,
                      Real* weight) {
  constexpr long points = tile_vectors * lanes<Real>;
  for_parts<dot_rows>(out.units, [&]<int rows>(int j) {
    for_parts<dot_columns>(in.units, [&]<int columns>(int i) {
      dot_tile<Real, rows, columns>(in, out, tiles, inputs + i * points, cotangents + j * points,
                                    weight + static_cast<long>(j) * in.units + i);
    });
  });
}

/// Exchanges rows and lanes of a square of vectors, by halves, quarters, and so on.
template <class Real, int distance = lanes<Real> / 2>
DDPINN_INLINE void turn(Vector<Real>* v) {
#pragma GCC unroll 16
  for (int i = 0; i < lanes<Real>; ++i) {
    if ((i & distance) != 0) continue;
    const auto [low, high] = exchange_halves<Real, distance>(v[i], v[i + distance]);
    v[i] = low;
    v[i + distance] = high;
  }
  if constexpr (distance > 1) turn<Real, distance / 2>(v);
}

/// units by points to points by `width` numbers, those from units on being zero.
template <class Real>
void turn_rows(int units, long width, int used, const Real* from, Real* to) {
  constexpr int n = lanes<Real>;
  constexpr long points = tile_vectors * n;
  for (int p = 0; p < used; p += n)
    for (int i = 0; i < width; i += n) {
      Vector<Real> square[n];
#pragma GCC unroll 16
      for (int r = 0; r < n; ++r)
        square[r] = i + r < units ? load(from + (i + r) * points + p) : Vector<Real>{};
      turn<Real>(square);
#pragma GCC unroll 16
      for (int r = 0; r < n; ++r) store(to + (p + r) * width + i, square[r]);
    }
}

/// One tile. The weights' gradient is gathered in `sums`, out.units rows of `width` numbers.
template <class Real>
void add_turned(TileShape in, TileShape out, long width, const Real* turned, const Real* cotangents,
                Real* sums) {
  constexpr int n = lanes<Real>;
  constexpr long points = tile_vectors * n;
  for (int s = 0; s < in.streams; ++s)
    for_parts<tile_vectors>(width / n, [&]<int vectors>(int column) {
      const long i = column * n;
      for_parts<tile_rows>(out.units, [&]<int count>(int first) {
        Real* to = sums + first * width + i;
        const auto start = [&](int row, int v) { return load(to + row * width + v * n); };
        product_tile<Real, count, vectors>(in.lanes,
                                           {cotangents + (s * out.units + first) * points, points, 1},
                                           turned + s * in.lanes * width + i, width, to, width, start);
      });
    });
}

template <class Real>
void gradient_by_turning(TileShape in, TileShape out, int tiles, const Real* inputs, const Real* cotangents,
                         Real* weight, Real* work) {
  constexpr int n = lanes<Real>;
  constexpr long points = tile_vectors * n;
  const long width = (in.units + n - 1) / n * n;
  Real* sums = work;
  Real* turned = work + out.units * width;
  for (long i = 0; i < out.units * width; ++i) sums[i] = 0;
  for (int t = 0; t < tiles; ++t) {
    for (int s = 0; s < in.streams; ++s)
      turn_rows<Real>(in.units, width, in.lanes, inputs + (t * in.streams + s) * in.units * points,
                      turned + s * in.lanes * width);
    add_turned<Real>(in, out, width, turned, cotangents + t * out.streams * out.units * points, sums);
  }
  for (int j = 0; j < out.units; ++j)
    for (int i = 0; i < in.units; ++i) weight[j * in.units + i] += sums[j * width + i];
}

/// Operations a vector of the tiles costs: dots multiply exactly what there is, and add up the lanes at the
/// end; turning moves all inputs and multiplies their padding too.
template <class Real>
bool turning_is_faster(TileShape in, TileShape out, int tiles) {
  constexpr int n = lanes<Real>, lane_sum = 12, move = 6;
  const long vectors = 1L * tiles * in.streams * (in.lanes / n);
  const long padded = (in.units + n - 1) / n * n;
  const long dots = (vectors + lane_sum) * out.units * in.units;
  const long turned = vectors * padded * (out.units + move) + 2 * out.units * padded;
  return turned < dots;
}

template <class Real>
void gradient(TileShape in, TileShape out, int tiles, const Real* inputs, const Real* cotangents,
              Real* weight, Real* bias, Real* work) {
  constexpr long points = tile_vectors * lanes<Real>;
  if (turning_is_faster<Real>(in, out, tiles))
    gradient_by_turning<Real>(in, out, tiles, inputs, cotangents, weight, work);
  else
    gradient_by_dots<Real>(in, out, tiles, inputs, cotangents, weight);
  for (int j = 0; j < out.units; ++j) {
    Vector<Real> total{};
    for (long t = 0; t < tiles; ++t)
      for (int p = 0; p < out.lanes; p += lanes<Real>)
        total += load(cotangents + (t * out.streams * out.units + j) * points + p);
    add_sums<Real, 1>(&total, bias + j);
  }
}

/// Writes the first `count` lanes of a tile's row.
template <class Real>
DDPINN_INLINE void store_points(int count, const Vector<Real>* row, double* to) {
  Real numbers[tile_vectors * lanes<Real>];
  __builtin_memcpy(numbers, row, sizeof(numbers));
  for (int p = 0; p < count; ++p) to[p] = numbers[p];
}

template <class Real>
void rows(TileShape in, TileShape out, const Real* inputs, const Real* cotangents, int count,
          std::size_t length, double* weight, double* bias) {
  constexpr int n = lanes<Real>;
  constexpr long points = tile_vectors * n;
  for (int j = 0; j < out.units; ++j) {
    const Real* z = cotangents + j * points;
    for (int i = 0; i < in.units; ++i) {
      Vector<Real> total[tile_vectors] = {};
      for (int s = 0; s < in.streams; ++s)
        for (int v = 0; v < tile_vectors; ++v)
          total[v] +=
              load(z + s * out.units * points + v * n) * load(inputs + (s * in.units + i) * points + v * n);
      store_points<Real>(count, total, weight + static_cast<std::size_t>(j * in.units + i) * length);
    }
    for (int p = 0; bias && p < count; ++p) bias[static_cast<std::size_t>(j) * length + p] = z[p];
  }
}

}  // namespace ddpinn::fused::DDPINN_ISA
