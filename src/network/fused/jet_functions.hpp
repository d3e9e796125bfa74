// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
// Activations of any streams, by the lists of terms of their product rule. In their algebra, with e = z -
// z_0, sigma(z) = sum of f_k e^k and sigma'(z) = sum of (k + 1) f_(k+1) e^k, k up to the order; and a change
// of z changes sigma(z) by sigma'(z) times it, so that cotangents are pulled back by the transpose of the
// product with sigma'(z).
#pragma once

#include "network/fused/products.hpp"
#include "network/fused/taylor.hpp"

namespace ddpinn::fused::DDPINN_ISA {

inline constexpr int max_streams = 70;  ///< of four directions and order 4
inline constexpr int max_powers = 4;

/// One unit's streams at some vectors of points; streams are `stride` numbers apart.
template <class Real>
struct Rows {
  Real* data;
  long stride;
  DDPINN_INLINE Real* at(int stream, int vector) const {
    return data + stream * stride + vector * lanes<Real>;
  }
};

/// Calls f(target, sums) for each target of the list: sums of factor * left * right. Terms of the same target
/// stand together.
template <class Real, int vectors, class Function>
DDPINN_INLINE void for_targets(Terms<Real> terms, Rows<Real> left, Rows<Real> right, Function&& f) {
  for (const auto* t = terms.begin; t != terms.end;) {
    const int target = t->target;
    Vector<Real> sums[vectors] = {};
    do {
#pragma GCC unroll 4
      for (int v = 0; v < vectors; ++v)
        sums[v] += load<Real>(left.at(t->left, v)) * load<Real>(right.at(t->right, v)) * t->factor;
      ++t;
    } while (t != terms.end && t->target == target);
    f(target, sums);
  }
}

/// Numbers of all streams for one row of vectors.
template <class Real, int vectors>
struct alignas(DDPINN_VECTOR_BYTES) Scratch {
  Real data[max_streams * vectors * lanes<Real>];
  DDPINN_INLINE Rows<Real> rows() { return {data, vectors * lanes<Real>}; }
};

template <class Real, int vectors>
DDPINN_INLINE void copy_streams(int streams, Rows<Real> from, Rows<Real> to) {
  for (int s = 0; s < streams; ++s)
#pragma GCC unroll 4
    for (int v = 0; v < vectors; ++v) store<Real>(to.at(s, v), load<Real>(from.at(s, v)));
}

template <class Real, Activation activation, int vectors>
void activate_jet(const StreamFunction<Real>& function, int streams, long stride, Real* z, Real* slope) {
  Scratch<Real, vectors> kept, scratch[2];
  const Rows<Real> y{z, stride}, g{slope, stride}, e = kept.rows();
  copy_streams<Real, vectors>(streams, y, e);
  Vector<Real> f[vectors][max_powers + 2] = {};
  for (int v = 0; v < vectors; ++v) {
    Taylor<Real, activation>::at(load<Real>(e.at(0, v)), function.order + 1, f[v]);
    store<Real>(y.at(0, v), f[v][0]);
    store<Real>(g.at(0, v), f[v][1]);
    for (int s = 1; s < streams; ++s) {
      store<Real>(y.at(s, v), f[v][1] * load<Real>(e.at(s, v)));
      store<Real>(g.at(s, v), 2 * f[v][2] * load<Real>(e.at(s, v)));
    }
  }
  for (int k = 2; k <= function.order; ++k) {
    const Real next = k + 1;
    const auto now = scratch[k % 2].rows(), before = k == 2 ? e : scratch[1 - k % 2].rows();
    for_targets<Real, vectors>(function.powers[k], before, e, [&](int s, const Vector<Real>* sums) {
#pragma GCC unroll 4
      for (int v = 0; v < vectors; ++v) {
        store<Real>(now.at(s, v), sums[v]);
        store<Real>(y.at(s, v), load<Real>(y.at(s, v)) + f[v][k] * sums[v]);
        store<Real>(g.at(s, v), load<Real>(g.at(s, v)) + f[v][k + 1] * next * sums[v]);
      }
    });
  }
}

template <class Real, int vectors>
void pull_jet(const StreamFunction<Real>& function, int streams, long stride, const Real* slope, Real* y) {
  Scratch<Real, vectors> cotangents, slopes;
  const Rows<Real> to{y, stride};
  copy_streams<Real, vectors>(streams, to, cotangents.rows());
  for (int s = 0; s < streams; ++s)
#pragma GCC unroll 4
    for (int v = 0; v < vectors; ++v)
      store<Real>(slopes.rows().at(s, v), load(slope + s * stride + v * lanes<Real>));
  for_targets<Real, vectors>(function.pull, cotangents.rows(), slopes.rows(),
                             [&](int s, const Vector<Real>* sums) {
#pragma GCC unroll 4
                               for (int v = 0; v < vectors; ++v) store<Real>(to.at(s, v), sums[v]);
                             });
}

}  // namespace ddpinn::fused::DDPINN_ISA
