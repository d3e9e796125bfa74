// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
// Activations of streams. In the algebra of streams, with e = z - z_0, sigma(z) = sum of f_k e^k and
// sigma'(z) = sum of (k + 1) f_(k+1) e^k, k up to the order; and a change of z changes sigma(z) by sigma'(z)
// times it, so that cotangents are pulled back by the transpose of the product with sigma'(z).
#pragma once

#include "network/fused/taylor.hpp"

namespace ddpinn::fused::DDPINN_ISA {

inline constexpr int max_streams = 70;  ///< of four directions and order 4
inline constexpr int max_powers = 4;

/// Value, derivatives in `directions` directions, Laplacian: e^2 has a Laplacian only, 2 sum c_k z_k^2.
template <class Real, Activation activation, int directions>
DDPINN_INLINE void activate_laplacian(const StreamFunction<Real>& function, long stride, Real* z,
                                      Real* slope) {
  constexpr int last = directions + 1;
  Vector<Real> f[4], first[directions];
  Taylor<Real, activation>::at(load(z), 3, f);
  const auto lap = load(z + last * stride);
  Vector<Real> square{};
#pragma GCC unroll 4
  for (int d = 0; d < directions; ++d) {
    first[d] = load(z + (d + 1) * stride);
    square += first[d] * first[d] * function.coefficients[d];
  }
  const auto f2 = 2 * f[2];
  store(z, f[0]);
  store(slope, f[1]);
#pragma GCC unroll 4
  for (int d = 0; d < directions; ++d) {
    store(z + (d + 1) * stride, f[1] * first[d]);
    store(slope + (d + 1) * stride, f2 * first[d]);
  }
  store(z + last * stride, f[1] * lap + f2 * square);
  store(slope + last * stride, f2 * lap + 6 * f[3] * square);
}

template <class Real, int directions>
DDPINN_INLINE void pull_laplacian(const StreamFunction<Real>& function, long stride, const Real* slope,
                                  Real* y) {
  constexpr int last = directions + 1;
  const auto g = load(slope), lap = load(y + last * stride);
  auto value = load(y) * g + lap * load(slope + last * stride);
#pragma GCC unroll 4
  for (int d = 0; d < directions; ++d) {
    const auto first = load(y + (d + 1) * stride), g1 = load(slope + (d + 1) * stride);
    value += first * g1;
    store(y + (d + 1) * stride, first * g + lap * g1 * (2 * function.coefficients[d]));
  }
  store(y, value);
  store(y + last * stride, lap * g);
}

template <class Real>
DDPINN_INLINE void add_terms(Terms<Real> terms, const Vector<Real>* left, const Vector<Real>* right,
                             Vector<Real>* to) {
  for (const auto* t = terms.begin; t != terms.end; ++t)
    to[t->target] += left[t->left] * right[t->right] * t->factor;
}

template <class Real, Activation activation>
DDPINN_INLINE void activate_jet(const StreamFunction<Real>& function, int streams, long stride, Real* z,
                                Real* slope) {
  Vector<Real> f[max_powers + 2] = {}, powers[2][max_streams], y[max_streams], g[max_streams];
  Taylor<Real, activation>::at(load(z), function.order + 1, f);
  y[0] = f[0];
  g[0] = f[1];
  Vector<Real> e[max_streams];
  for (int s = 1; s < streams; ++s) {
    powers[1][s] = e[s] = load(z + s * stride);
    y[s] = f[1] * e[s];
    if (function.order > 0) g[s] = 2 * f[2] * e[s];
  }
  for (int k = 2; k <= function.order; ++k) {
    auto *now = powers[k % 2], *before = powers[1 - k % 2];
    for (int s = 1; s < streams; ++s) now[s] = Vector<Real>{};
    add_terms<Real>(function.powers[k], before, e, now);
    const auto up = f[k + 1] * static_cast<Real>(k + 1);
    for (int s = 1; s < streams; ++s) {
      y[s] += f[k] * now[s];
      g[s] += up * now[s];
    }
  }
  for (int s = 0; s < streams; ++s) {
    store(z + s * stride, y[s]);
    store(slope + s * stride, g[s]);
  }
}

template <class Real>
DDPINN_INLINE void pull_jet(const StreamFunction<Real>& function, int streams, long stride, const Real* slope,
                            Real* y) {
  Vector<Real> in[max_streams], g[max_streams], out[max_streams];
  for (int s = 0; s < streams; ++s) {
    in[s] = load(y + s * stride);
    g[s] = load(slope + s * stride);
    out[s] = Vector<Real>{};
  }
  add_terms<Real>(function.pull, in, g, out);
  for (int s = 0; s < streams; ++s) store(y + s * stride, out[s]);
}

/// Calls f(offset) for each vector of a stream that is used.
template <class Real, class Function>
DDPINN_INLINE void for_vectors(TileShape shape, Function&& f) {
  constexpr long points = tile_vectors * lanes<Real>;
  for (int j = 0; j < shape.units; ++j)
    for (int p = 0; p < shape.lanes; p += lanes<Real>) f(j * points + p);
}

template <class Real, Activation activation>
void activate_as(const StreamFunction<Real>& function, TileShape shape, Real* z, Real* slope) {
  constexpr long points = tile_vectors * lanes<Real>;
  const long stride = shape.units * points;
  if (function.laplacian == 0)
    return for_vectors<Real>(shape, [&](long at) {
      activate_jet<Real, activation>(function, shape.streams, stride, z + at, slope + at);
    });
  with_constant<4>(function.laplacian, [&]<int directions>() {
    for_vectors<Real>(shape, [&](long at) {
      activate_laplacian<Real, activation, directions>(function, stride, z + at, slope + at);
    });
  });
}

template <class Real>
void activate(const StreamFunction<Real>& function, TileShape shape, Real* z, Real* slope) {
  switch (function.activation) {
    case Activation::tanh:
      return activate_as<Real, Activation::tanh>(function, shape, z, slope);
    case Activation::sin:
      return activate_as<Real, Activation::sin>(function, shape, z, slope);
    case Activation::gelu:
      return activate_as<Real, Activation::gelu>(function, shape, z, slope);
    case Activation::silu:
      return activate_as<Real, Activation::silu>(function, shape, z, slope);
  }
}

template <class Real>
void pull_back(const StreamFunction<Real>& function, TileShape shape, const Real* slope, Real* y) {
  constexpr long points = tile_vectors * lanes<Real>;
  const long stride = shape.units * points;
  if (function.laplacian == 0)
    return for_vectors<Real>(
        shape, [&](long at) { pull_jet<Real>(function, shape.streams, stride, slope + at, y + at); });
  with_constant<4>(function.laplacian, [&]<int directions>() {
    for_vectors<Real>(
        shape, [&](long at) { pull_laplacian<Real, directions>(function, stride, slope + at, y + at); });
  });
}

}  // namespace ddpinn::fused::DDPINN_ISA
