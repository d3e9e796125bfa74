// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "network/fused/elementary.hpp"
#include "network/fused/operations.hpp"

namespace ddpinn::fused::DDPINN_ISA {

/// Taylor coefficients f_k = sigma^(k)(z) / k!, k = 0 to `top`, from the differential equations that the
/// activations satisfy (Griewank, Walther, Evaluating Derivatives, SIAM 2008, section 13.2).
template <class Real, Activation activation>
struct Taylor;

/// y' = 1 - y^2.
template <class Real>
struct Taylor<Real, Activation::tanh> {
  static DDPINN_INLINE void at(Vector<Real> z, int top, Vector<Real>* f) {
    from_value(tanh<Real>(z), top, f);
  }

  static DDPINN_INLINE void from_value(Vector<Real> y, int top, Vector<Real>* f) {
    constexpr Real third = 1.0 / 3, half = 0.5, fifth = 0.2;
    f[0] = y;
    f[1] = 1 - y * y;
    if (top > 1) f[2] = -y * f[1];
    if (top > 2) f[3] = -(2 * y * f[2] + f[1] * f[1]) * third;
    if (top > 3) f[4] = -(y * f[3] + f[1] * f[2]) * half;
    if (top > 4) f[5] = -(2 * (y * f[4] + f[1] * f[3]) + f[2] * f[2]) * fifth;
  }
};

template <class Real>
struct Taylor<Real, Activation::sin> {
  static DDPINN_INLINE void at(Vector<Real> z, int top, Vector<Real>* f) {
    const auto [s, c] = sine_cosine<Real>(z);
    f[0] = s;
    f[1] = c;
    for (int k = 2; k <= top; ++k) {
      const Real inverse = 1.0 / (k * (k - 1));
      f[k] = -f[k - 2] * inverse;
    }
  }
};

/// y = z s with s = (1 + tanh(z/2)) / 2.
template <class Real>
struct Taylor<Real, Activation::silu> {
  static DDPINN_INLINE void at(Vector<Real> z, int top, Vector<Real>* f) {
    constexpr Real half = 0.5;
    Vector<Real> s[6];
    Taylor<Real, Activation::tanh>::at(z * half, top, s);
    s[0] = (1 + s[0]) * half;
    f[0] = z * s[0];
    Real factor = half * half;
    for (int k = 1; k <= top; ++k, factor *= half) {
      s[k] *= factor;
      f[k] = z * s[k] + s[k - 1];
    }
  }
};

/// y = z P with the normal distribution, P' = p, p' = -z p.
template <class Real>
struct Taylor<Real, Activation::gelu> {
  static DDPINN_INLINE void at(Vector<Real> z, int top, Vector<Real>* f) {
    auto before = normal_distribution<Real>(z);
    f[0] = z * before;
    Vector<Real> p[6];
    p[0] = normal_density<Real>(z);
    for (int k = 1; k <= top; ++k) {
      const Real inverse = 1.0 / k;
      const auto now = p[k - 1] * inverse;
      f[k] = z * now + before;
      before = now;
      p[k] = -(k > 1 ? z * p[k - 1] + p[k - 2] : z * p[0]) * inverse;
    }
  }
};

}  // namespace ddpinn::fused::DDPINN_ISA
