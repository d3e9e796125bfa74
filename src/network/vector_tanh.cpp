// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "network/vector_tanh.hpp"

#include <cmath>
#include <cstdint>

// One binary serves all machines, so that the compiler makes a version for each generation of registers.
#if defined(__x86_64__) && defined(__gnu_linux__) && defined(__GNUC__) && !defined(__clang__)
#define DDPINN_EACH_MACHINE [[gnu::target_clones("default", "arch=x86-64-v3", "arch=x86-64-v4")]]
#else
#define DDPINN_EACH_MACHINE
#endif

namespace ddpinn {

namespace {

/// exp(t) - 1 for 0 <= t <= 40: with t = k ln 2 + r, |r| <= ln(2)/2, it is 2^k (exp(r) - 1) + (2^k - 1), and
/// the Taylor polynomial of degree 13 is exact to rounding for exp(r) - 1.
[[gnu::always_inline]] inline double exponential_minus_one(double t) {
  constexpr double log2_e = 1.4426950408889634074;
  constexpr double ln2_high = 0x1.62e42fee00000p-1, ln2_low = 0x1.a39ef35793c76p-33;
  constexpr double to_integer = 0x1.8p52;  // adding it rounds, and leaves the integer in the lowest bits
  const double shifted = t * log2_e + to_integer, k = shifted - to_integer;
  const double r = (t - k * ln2_high) - k * ln2_low;
  double p = 1.0 / 6227020800;
  p = p * r + 1.0 / 479001600;
  p = p * r + 1.0 / 39916800;
  p = p * r + 1.0 / 3628800;
  p = p * r + 1.0 / 362880;
  p = p * r + 1.0 / 40320;
  p = p * r + 1.0 / 5040;
  p = p * r + 1.0 / 720;
  p = p * r + 1.0 / 120;
  p = p * r + 1.0 / 24;
  p = p * r + 1.0 / 6;
  p = p * r + 1.0 / 2;
  p = p * r * r + r;
  // The built-in, since a call of std::bit_cast stays a call in the versions for other machines.
  const double power = __builtin_bit_cast(double, (__builtin_bit_cast(std::int64_t, shifted) + 1023) << 52);
  return power * p + (power - 1);
}

}  // namespace

DDPINN_EACH_MACHINE void vector_tanh(std::size_t n, const double* z, double* y) {
  constexpr double saturated = 20;  // from here on tanh rounds to one
  for (std::size_t i = 0; i < n; ++i) {
    const double size = std::abs(z[i]);
    const double e = exponential_minus_one(2 * (size > saturated ? saturated : size));
    y[i] = std::copysign(e / (e + 2), z[i]);
  }
}

}  // namespace ddpinn
