// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
// Elementary functions of vectors, to a few units in the last place: argument reduction and Taylor
// polynomials that are long enough on the reduced interval.
#pragma once

#include "network/fused/vector.hpp"

namespace ddpinn::fused::DDPINN_ISA {

template <class Real>
struct Constants;

template <>
struct Constants<float> {
  static constexpr float rounding = 0x1.8p23f;  ///< x + rounding has round(x) in its last bits
  static constexpr int mantissa = 23;
  static constexpr int exp_terms = 7, sin_terms = 4, cos_terms = 5;
  static constexpr float saturation = 9.1f;  ///< tanh is 1 from here on
  static constexpr float log2_high = 0x1.62e4p-1f, log2_low = 0x1.7f7d1cp-20f;
  static constexpr float half_pi[3] = {0x1.92p0f, 0x1.fb4p-12f, 0x1.4442d2p-24f};
  static constexpr float trigonometric_range = 1e3f;
};

template <>
struct Constants<double> {
  static constexpr double rounding = 0x1.8p52;
  static constexpr int mantissa = 52;
  static constexpr int exp_terms = 13, sin_terms = 8, cos_terms = 9;
  static constexpr double saturation = 19.1;
  static constexpr double log2_high = 0x1.62e42fee00000p-1, log2_low = 0x1.a39ef35793c76p-33;
  static constexpr double half_pi[3] = {0x1.921fb544p0, 0x1.0b4611a6p-34, 0x1.3198a2e037073p-69};
  static constexpr double trigonometric_range = 1e5;
};

constexpr double inverse_factorial(int n) {
  double product = 1;
  for (int k = 2; k <= n; ++k) product *= k;
  return 1 / product;
}

/// sum of x^k sign^k / (first + step k)! for k = 0 to terms - 1.
template <class Real, int first, int step, int terms, int sign>
DDPINN_INLINE Vector<Real> factorial_series(Vector<Real> x) {
  auto result = broadcast<Real>(0);
#pragma GCC unroll 16
  for (int k = terms - 1; k >= 0; --k) {
    const Real c = inverse_factorial(first + step * k) * (sign < 0 && k % 2 == 1 ? -1 : 1);
    result = result * x + c;
  }
  return result;
}

/// exp(x) = power * (1 + rest), |rest| < 0.42. @pre power is in the range of numbers
template <class Real>
struct Exponential {
  Vector<Real> power;
  Vector<Real> rest;
};

template <class Real>
DDPINN_INLINE Exponential<Real> exponential(Vector<Real> x) {
  using C = Constants<Real>;
  constexpr Real log2_e = 1.4426950408889634;
  const auto shifted = x * log2_e + C::rounding;
  const auto n = shifted - C::rounding;
  const auto r = (x - n * C::log2_high) - n * C::log2_low;
  const auto bits = ((Integers<Real>)shifted << C::mantissa) + (Integers<Real>)broadcast<Real>(1);
  return {(Vector<Real>)bits, r * factorial_series<Real, 1, 1, C::exp_terms, 1>(r)};
}

/// tanh(x) = e / (e + 2) with e = exp(2x) - 1, which keeps its digits near zero.
template <class Real>
DDPINN_INLINE Vector<Real> tanh(Vector<Real> x) {
  const auto limit = broadcast(Constants<Real>::saturation);
  x = x > limit ? limit : x;
  x = x < -limit ? -limit : x;
  const auto [power, rest] = exponential<Real>(x + x);
  const auto e = power * rest + (power - 1);
  return e / (e + 2);
}

template <class Real>
struct SineCosine {
  Vector<Real> sine;
  Vector<Real> cosine;
};

/// Lane by lane from the C library, for arguments whose reduction needs more digits.
template <class Real>
__attribute__((noinline, cold)) SineCosine<Real> large_sine_cosine(Vector<Real> x) {
  SineCosine<Real> result;
  for (int i = 0; i < lanes<Real>; ++i) {
    result.sine[i] = __builtin_sin(x[i]);
    result.cosine[i] = __builtin_cos(x[i]);
  }
  return result;
}

template <class Real>
DDPINN_INLINE bool any(Integers<Real> mask) {
  Integers<Real> zero{};
  return __builtin_memcmp(&mask, &zero, sizeof(mask)) != 0;
}

template <class Real>
DDPINN_INLINE SineCosine<Real> sine_cosine(Vector<Real> x) {
  using C = Constants<Real>;
  constexpr Real two_over_pi = 0.6366197723675814;
  const auto range = broadcast(C::trigonometric_range);
  if (any<Real>((x > range) | (x < -range))) return large_sine_cosine<Real>(x);
  const auto shifted = x * two_over_pi + C::rounding;
  const auto n = shifted - C::rounding;
  const auto quadrant = (Integers<Real>)shifted;
  const auto r = ((x - n * C::half_pi[0]) - n * C::half_pi[1]) - n * C::half_pi[2];
  const auto square = r * r;
  const auto s = r * factorial_series<Real, 1, 2, C::sin_terms + 1, -1>(square);
  const auto c = factorial_series<Real, 0, 2, C::cos_terms, -1>(square);
  const auto odd = (quadrant & 1) != 0;
  const auto sine = odd ? c : s, cosine = odd ? s : c;
  return {(quadrant & 2) != 0 ? -sine : sine, ((quadrant + 1) & 2) != 0 ? -cosine : cosine};
}

/// The normal distribution, lane by lane from the C library.
template <class Real>
DDPINN_INLINE Vector<Real> normal_distribution(Vector<Real> x) {
  Vector<Real> result;
  for (int i = 0; i < lanes<Real>; ++i) result[i] = 0.5 * __builtin_erfc(-0.70710678118654752 * x[i]);
  return result;
}

/// exp(-x^2/2) / sqrt(2 pi)
template <class Real>
DDPINN_INLINE Vector<Real> normal_density(Vector<Real> x) {
  constexpr Real half = 0.5, density_at_zero = 0.39894228040143268;
  auto square = x * x * half;
  const auto limit = broadcast<Real>(sizeof(Real) == 4 ? 87 : 708);
  square = square > limit ? limit : square;
  const auto [power, rest] = exponential<Real>(-square);
  return (power + power * rest) * density_at_zero;
}

}  // namespace ddpinn::fused::DDPINN_ISA
