// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
// The first layer, whose units are functions of one variable z = w.x + b.
#pragma once

#include "network/fused/products.hpp"
#include "network/fused/taylor.hpp"

namespace ddpinn::fused::DDPINN_ISA {

/// Where the streams of one unit at one vector of points go, `stride` apart.
template <class Real>
struct LineTarget {
  Real* streams;
  Real* slopes;
  long stride;
};

/// With sigma(z + t) = sum of f_k t^k, stream s of order k is factors[s] f_k, and that of sigma' factors[s]
/// (k + 1) f_(k+1).
template <class Real, Activation activation, int order, bool sloped>
DDPINN_INLINE void activate_line(const int* ends, const Real* factors, Vector<Real> z, LineTarget<Real> to) {
  Vector<Real> f[order + 2];
  Taylor<Real, activation>::at(z, order + sloped, f);
  int s = 0;
#pragma GCC unroll 5
  for (int k = 0; k <= order; ++k) {
    const Real next = k + 1;
    const auto slope = sloped ? f[k + 1] * next : f[k];
    for (; s < ends[k]; ++s) {
      store(to.streams + s * to.stride, f[k] * factors[s]);
      if constexpr (sloped) store(to.slopes + s * to.stride, slope * factors[s]);
    }
  }
}

template <class Real, Activation activation, int order, bool sloped>
void first_layer(const Weights<Real>& w, const int* ends, const Real* factors, TileShape in, const Real* from,
                 LineTarget<Real> to) {
  constexpr long points = tile_vectors * lanes<Real>;
  for (int j = 0; j < w.outputs; ++j)
    for (int p = 0; p < in.lanes; p += lanes<Real>) {
      auto z = broadcast(w.bias[j]);
      for (int d = 0; d < w.inputs; ++d) z += load(from + d * points + p) * w.weight[j * w.inputs + d];
      const long at = j * points + p;
      activate_line<Real, activation, order, sloped>(ends, factors + static_cast<long>(j) * in.streams, z,
                                                     {to.streams + at, to.slopes + at, to.stride});
    }
}

/// Calls f<activation>().
template <class Function>
DDPINN_INLINE void with_activation(Activation activation, Function&& f) {
  switch (activation) {
    case Activation::tanh:
      return f.template operator()<Activation::tanh>();
    case Activation::sin:
      return f.template operator()<Activation::sin>();
    case Activation::gelu:
      return f.template operator()<Activation::gelu>();
    case Activation::silu:
      return f.template operator()<Activation::silu>();
  }
}

template <class Real>
void first(const Weights<Real>& w, const StreamFunction<Real>& function, const Real* factors, TileShape in,
           const Real* from, int units, Real* to, Real* slopes) {
  const LineTarget<Real> target{to, slopes, units * tile_vectors * lanes<Real>};
  with_activation(function.activation, [&]<Activation activation>() {
    with_constant<5>(function.order + 1, [&]<int orders>() {
      if (slopes)
        first_layer<Real, activation, orders - 1, true>(w, function.ends, factors, in, from, target);
      else
        first_layer<Real, activation, orders - 1, false>(w, function.ends, factors, in, from, target);
    });
  });
}

}  // namespace ddpinn::fused::DDPINN_ISA
