// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "network/activation.hpp"

#include "network/vector_tanh.hpp"

#include <ddpinn/error.hpp>

#include <algorithm>
#include <cmath>
#include <numbers>

namespace ddpinn {

namespace {

/// Arrays of n Taylor coefficients, one for each multi-index, `stride` apart.
struct Jets {
  double* data;
  std::size_t n;
  std::size_t stride;
  double* operator[](std::size_t i) const { return data + i * stride; }
};

/// y_alpha for alpha != 0 from y' = g z' along the direction in which alpha has its largest entry:
/// alpha_d y_alpha = sum over beta <= alpha with beta_d > 0 of beta_d z_beta g_(alpha - beta). @param sign of
/// g
void integrate(const JetSpace& space, std::size_t i, Jets z, Jets g, double sign, double* y) {
  const auto& alpha = space[i];
  const auto d = static_cast<std::size_t>(std::max_element(alpha.begin(), alpha.end()) - alpha.begin());
  std::fill_n(y, z.n, 0.0);
  for (const auto& [left, right] : space.factors(i)) {
    if (space[left][d] == 0) continue;
    const double c = sign * space[left][d] / alpha[d];
    const double *zb = z[left], *gb = g[right];
    for (std::size_t k = 0; k < z.n; ++k) y[k] += c * zb[k] * gb[k];
  }
}

/// target_alpha = (f h)_alpha
void convolve(const JetSpace& space, std::size_t i, Jets f, Jets h, double* target) {
  std::fill_n(target, f.n, 0.0);
  for (const auto& [left, right] : space.factors(i)) {
    const double *a = f[left], *b = h[right];
    for (std::size_t k = 0; k < f.n; ++k) target[k] += a[k] * b[k];
  }
}

/// y = tanh z, y' = (1 - y^2) z'; `slope` becomes 1 - y^2.
void tanh_jets(const JetSpace& space, Jets z, Jets y, Jets slope) {
  vector_tanh(z.n, z[0], y[0]);
  for (std::size_t k = 0; k < z.n; ++k) slope[0][k] = 1 - y[0][k] * y[0][k];
  for (std::size_t i = 1; i < space.size(); ++i) {
    integrate(space, i, z, slope, 1, y[i]);
    convolve(space, i, y, y, slope[i]);
    for (std::size_t k = 0; k < z.n; ++k) slope[i][k] = -slope[i][k];
  }
}

/// y = sin z and slope = cos z.
void sin_jets(const JetSpace& space, Jets z, Jets y, Jets slope) {
  for (std::size_t k = 0; k < z.n; ++k) y[0][k] = std::sin(z[0][k]);
  for (std::size_t k = 0; k < z.n; ++k) slope[0][k] = std::cos(z[0][k]);
  for (std::size_t i = 1; i < space.size(); ++i) {
    integrate(space, i, z, slope, 1, y[i]);
    integrate(space, i, z, y, -1, slope[i]);
  }
}

void scale(const JetSpace& space, Jets f, double factor) {
  for (std::size_t i = 0; i < space.size(); ++i)
    for (std::size_t k = 0; k < f.n; ++k) f[i][k] *= factor;
}

/// y = z s with s = 1 / (1 + exp(-z)) = (1 + tanh(z/2)) / 2. `s` and `slope` are scratch.
void silu_jets(const JetSpace& space, Jets z, Jets y, Jets s, Jets slope) {
  scale(space, z, 0.5);
  tanh_jets(space, z, s, slope);
  scale(space, z, 2);
  scale(space, s, 0.5);
  for (std::size_t k = 0; k < z.n; ++k) s[0][k] += 0.5;
  for (std::size_t i = 0; i < space.size(); ++i) convolve(space, i, z, s, y[i]);
}

/// y = z P with P the normal distribution: P' = p z', p' = -z p z'. `big` and `small` hold P and p.
void gelu_jets(const JetSpace& space, Jets z, Jets y, Jets big, Jets small, Jets slope) {
  const double root = 1 / std::sqrt(2 * std::numbers::pi);
  for (std::size_t k = 0; k < z.n; ++k) {
    const double v = z[0][k];
    big[0][k] = 0.5 * std::erfc(-v / std::numbers::sqrt2);
    small[0][k] = root * std::exp(-0.5 * v * v);
    slope[0][k] = v * small[0][k];
  }
  for (std::size_t i = 1; i < space.size(); ++i) {
    integrate(space, i, z, small, 1, big[i]);
    integrate(space, i, z, slope, -1, small[i]);
    convolve(space, i, z, small, slope[i]);
  }
  for (std::size_t i = 0; i < space.size(); ++i) convolve(space, i, z, big, y[i]);
}

}  // namespace

Activation activation_from(const std::string& name) {
  if (name == "tanh") return Activation::tanh;
  if (name == "sin") return Activation::sin;
  if (name == "gelu") return Activation::gelu;
  if (name == "silu") return Activation::silu;
  throw Error(Status::case_file,
              "unknown activation '" + name + "' (there are tanh, sin, gelu and silu); choose one");
}

std::size_t activation_work(const JetSpace& space) { return 4 * space.size(); }

void apply_activation(Activation activation, const JetSpace& space, std::size_t n, double* jets,
                      std::size_t stride, double* work) {
  const auto scratch = [&](std::size_t i) { return Jets{work + i * space.size() * n, n, n}; };
  const Jets z{jets, n, stride}, y = scratch(0);
  switch (activation) {
    case Activation::tanh:
      tanh_jets(space, z, y, scratch(1));
      break;
    case Activation::sin:
      sin_jets(space, z, y, scratch(1));
      break;
    case Activation::silu:
      silu_jets(space, z, y, scratch(1), scratch(2));
      break;
    case Activation::gelu:
      gelu_jets(space, z, y, scratch(1), scratch(2), scratch(3));
      break;
  }
  for (std::size_t i = 0; i < space.size(); ++i) std::copy_n(y[i], n, z[i]);
}

}  // namespace ddpinn
