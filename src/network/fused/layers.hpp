// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
// Layers: products of tiles, and activations of their streams. Short lists of streams have forms of their
// own.
#pragma once

#include "network/fused/first_layer.hpp"
#include "network/fused/jet_functions.hpp"

namespace ddpinn::fused::DDPINN_ISA {

/// Value, first derivatives in `directions` directions, and where there is one, the Laplacian. e^2 has a
/// Laplacian only, 2 sum c_k z_k^2.
template <class Real, Activation activation, int directions, bool laplacian>
DDPINN_INLINE void activate_short(const StreamFunction<Real>& function, long stride, Real* z, Real* slope) {
  constexpr int last = directions + 1;
  Vector<Real> f[4], first[directions + 1];
  Taylor<Real, activation>::at(load(z), laplacian ? 3 : directions > 0 ? 2 : 1, f);
  const auto f2 = directions > 0 ? 2 * f[2] : f[1];
  Vector<Real> square{};
#pragma GCC unroll 4
  for (int d = 0; d < directions; ++d) {
    first[d] = load(z + (d + 1) * stride);
    if (laplacian) square += first[d] * first[d] * function.coefficients[d];
  }
  if constexpr (laplacian) {
    const auto second = load(z + last * stride);
    store(z + last * stride, f[1] * second + f2 * square);
    store(slope + last * stride, f2 * second + 6 * f[3] * square);
  }
#pragma GCC unroll 4
  for (int d = 0; d < directions; ++d) {
    store(z + (d + 1) * stride, f[1] * first[d]);
    store(slope + (d + 1) * stride, f2 * first[d]);
  }
  store(z, f[0]);
  store(slope, f[1]);
}

template <class Real, int directions, bool laplacian>
DDPINN_INLINE void pull_short(const StreamFunction<Real>& function, long stride, const Real* slope, Real* y) {
  constexpr int last = directions + 1;
  const auto g = load(slope);
  auto value = load(y) * g;
  Vector<Real> second{};
  if constexpr (laplacian) {
    second = load(y + last * stride);
    value += second * load(slope + last * stride);
    store(y + last * stride, second * g);
  }
#pragma GCC unroll 4
  for (int d = 0; d < directions; ++d) {
    const auto first = load(y + (d + 1) * stride), g1 = load(slope + (d + 1) * stride);
    value += first * g1;
    auto pulled = first * g;
    if constexpr (laplacian) pulled += second * g1 * (2 * function.coefficients[d]);
    store(y + (d + 1) * stride, pulled);
  }
  store(y, value);
}

/// Calls f(offset) for each vector of a stream of some units that is used.
template <class Real, class Function>
DDPINN_INLINE void for_vectors(TileShape chunk, Function&& f) {
  constexpr long points = tile_vectors * lanes<Real>;
  for (int j = 0; j < chunk.units; ++j)
    for (int p = 0; p < chunk.lanes; p += lanes<Real>) f(j * points + p);
}

/// Calls f<vectors>(offset) for each unit, with the number of its vectors that are used.
template <class Real, class Function>
DDPINN_INLINE void for_units(TileShape chunk, Function&& f) {
  constexpr long points = tile_vectors * lanes<Real>;
  with_constant<tile_vectors>(chunk.lanes / lanes<Real>, [&]<int vectors>() {
    for (int j = 0; j < chunk.units; ++j) f.template operator()<vectors>(j * points);
  });
}

/// Calls f<directions, laplacian>() for streams that the short forms know.
template <class Real, class Function>
DDPINN_INLINE void with_form(const StreamFunction<Real>& function, Function&& f) {
  if (function.laplacian)
    return with_constant<4>(function.directions, [&]<int n>() { f.template operator()<n, true>(); });
  with_constant<5>(function.directions + 1, [&]<int n>() { f.template operator()<n - 1, false>(); });
}

/// `chunk` says how many units; `stride` is from one stream to the next.
template <class Real, Activation activation>
void activate_as(const StreamFunction<Real>& function, TileShape chunk, long stride, Real* z, Real* slope) {
  if (function.directions < 0)
    return for_units<Real>(chunk, [&]<int vectors>(long at) {
      activate_jet<Real, activation, vectors>(function, chunk.streams, stride, z + at, slope + at);
    });
  with_form(function, [&]<int directions, bool laplacian>() {
    for_vectors<Real>(chunk, [&](long at) {
      activate_short<Real, activation, directions, laplacian>(function, stride, z + at, slope + at);
    });
  });
}

template <class Real>
void activate(const StreamFunction<Real>& function, TileShape chunk, long stride, Real* z, Real* slope) {
  with_activation(function.activation, [&]<Activation activation>() {
    activate_as<Real, activation>(function, chunk, stride, z, slope);
  });
}

template <class Real>
void pull(const StreamFunction<Real>& function, TileShape chunk, long stride, const Real* slope, Real* y) {
  if (function.directions < 0)
    return for_units<Real>(chunk, [&]<int vectors>(long at) {
      pull_jet<Real, vectors>(function, chunk.streams, stride, slope + at, y + at);
    });
  with_form(function, [&]<int directions, bool laplacian>() {
    for_vectors<Real>(chunk, [&](long at) {
      pull_short<Real, directions, laplacian>(function, stride, slope + at, y + at);
    });
  });
}

template <class Real>
void forward(const Weights<Real>& w, const StreamFunction<Real>* function, TileShape in, const Real* from,
             int units, Real* to, Real* slopes) {
  constexpr long points = tile_vectors * lanes<Real>;
  const Scalars<Real> scalars{w.weight, w.inputs, 1};
  for_chunks(w.outputs, [&](int first, int count) {
    chunk_product<Real>(first, count, units, w.inputs, scalars, w.bias, in, from, to);
    if (function)
      activate<Real>(*function, {in.streams, count, in.lanes}, units * points, to + first * points,
                     slopes + first * points);
  });
}

template <class Real>
void backward(const Weights<Real>& w, const StreamFunction<Real>& function, TileShape out, const Real* from,
              const Real* slopes, Real* to) {
  constexpr long points = tile_vectors * lanes<Real>;
  const Scalars<Real> scalars{w.weight, 1, w.inputs};
  for_chunks(w.inputs, [&](int first, int count) {
    chunk_product<Real>(first, count, w.inputs, w.outputs, scalars, nullptr, out, from, to);
    pull<Real>(function, {out.streams, count, out.lanes}, w.inputs * points, slopes + first * points,
               to + first * points);
  });
}

}  // namespace ddpinn::fused::DDPINN_ISA
