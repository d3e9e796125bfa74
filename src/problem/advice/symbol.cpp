// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "problem/advice/symbol.hpp"

#include <algorithm>
#include <bit>
#include <cmath>
#include <limits>

namespace ddpinn {

namespace {

using Complex = std::complex<double>;

/// A polynomial, and for each coefficient the sum of the sizes of what it is the sum of.
struct Bounded {
  Polynomial value;
  std::vector<double> size;

  void add(const Bounded& other, double factor) {
    value.resize(std::max(value.size(), other.value.size()));
    size.resize(value.size());
    for (std::size_t i = 0; i < other.value.size(); ++i) {
      value[i] += factor * other.value[i];
      size[i] += std::abs(factor) * other.size[i];
    }
  }
};

Bounded product(const Bounded& a, const Bounded& b) {
  Bounded result;
  if (a.value.empty() || b.value.empty()) return result;
  result.value.resize(a.value.size() + b.value.size() - 1);
  result.size.resize(result.value.size());
  for (std::size_t i = 0; i < a.value.size(); ++i)
    for (std::size_t j = 0; j < b.value.size(); ++j) {
      result.value[i + j] += a.value[i] * b.value[j];
      result.size[i + j] += a.size[i] * b.size[j];
    }
  return result;
}

/// What a term becomes for the wave.
Bounded applied(const Term& term, const Wave& wave) {
  Bounded result{{term.coefficient}, {std::abs(term.coefficient)}};
  for (std::size_t d = 0; d < max_dimension; ++d)
    for (int k = 0; k < term.derivative.alpha[d]; ++k)
      result = product(
          result, {{wave.tangent[d], wave.normal[d]}, {std::abs(wave.tangent[d]), std::abs(wave.normal[d])}});
  return result;
}

Bounded entry(const std::vector<Term>& equation, int field, const Wave& wave) {
  Bounded result;
  for (const auto& term : equation)
    if (term.derivative.field == field) result.add(applied(term, wave), 1);
  return result;
}

/// Whether an odd number of columns of the set comes after this one.
bool is_odd(unsigned set, std::size_t column) { return std::popcount(set >> column) % 2 == 1; }

}  // namespace

/// Laplace's expansion, row by row: minors[set] is that of the first rows and the columns of the set.
Polynomial symbol(const LinearSystem& system, const Wave& wave) {
  constexpr double rounding = 1e-10;
  const auto n = system.fields.size();
  std::vector<Bounded> minors(std::size_t{1} << n);
  minors[0] = {{1.0}, {1.0}};
  for (unsigned set = 0; set + 1 < minors.size(); ++set) {
    if (minors[set].value.empty()) continue;
    const auto& equation = system.equations[std::popcount(set)];
    for (std::size_t j = 0; j < n; ++j)
      if (!(set >> j & 1U))
        minors[set | 1U << j].add(product(minors[set], entry(equation, system.fields[j], wave)),
                                  is_odd(set, j) ? -1 : 1);
  }
  auto& [value, size] = minors.back();
  for (std::size_t i = 0; i < value.size(); ++i)
    if (std::abs(value[i]) <= rounding * size[i]) value[i] = 0;
  while (!value.empty() && value.back() == 0.0) value.pop_back();
  return value;
}

std::optional<std::vector<Complex>> roots(Polynomial p) {
  constexpr int most = 1000;
  const auto n = p.size() - 1;
  const double first = std::abs(p.front() / p.back());
  const double scale = first > 0 ? std::pow(first, 1.0 / n) : 1;
  std::vector<Complex> z(n);
  for (std::size_t i = 0; i < n; ++i) z[i] = scale * std::pow(Complex(0.4, 0.9), i + 1);
  for (int iteration = 0; iteration < most; ++iteration) {
    double moved = 0;
    for (std::size_t i = 0; i < n; ++i) {
      Complex value = 0, others = p.back();
      for (std::size_t k = p.size(); k-- > 0;) value = value * z[i] + p[k];
      for (std::size_t j = 0; j < n; ++j)
        if (j != i) others *= z[i] - z[j];
      const Complex step = value / others;
      if (!std::isfinite(std::abs(step))) return {};
      z[i] -= step;
      moved = std::max(moved, std::abs(step) / std::max(std::abs(z[i]), 1e-6 * scale));
    }
    if (moved < 1e-5) return z;
  }
  return {};
}

namespace {

std::optional<int> decaying(const LinearSystem& system, const Wave& wave) {
  constexpr double clear = 0.02;
  const auto polynomial = symbol(system, wave);
  if (polynomial.empty() || polynomial.front() == 0.0) return {};
  const auto found = roots(polynomial);
  if (!found) return {};
  int count = 0;
  for (const auto& z : *found) {
    if (std::abs(z.real()) <= clear * std::abs(z)) return {};
    if (z.real() < 0) ++count;
  }
  return count;
}

}  // namespace

std::optional<int> incoming(const LinearSystem& system, const Point& inward, const Point& width,
                            int dimension, int time) {
  double per_width = 0;
  for (int d = 0; d < dimension; ++d) per_width += std::abs(inward[d]) / width[d];
  int least = std::numeric_limits<int>::max();
  for (const double frequency : {1e2, 1e4})
    for (const double growth : {frequency, frequency * frequency})  // as of waves, and as of diffusion
      for (const double sign : {1.0, -1.0}) {
        Wave wave;
        for (int d = 0; d < dimension; ++d) {
          wave.normal[d] = frequency * per_width * inward[d];
          const double along = frequency * (1 + 0.3 * d) * (d % 2 == 0 ? 1 : sign) / width[d];
          wave.tangent[d] = Complex(0, along * (1 - std::abs(inward[d])));
        }
        if (time >= 0) wave.tangent[time] = growth * Complex(1, 0.4 * sign) / width[time];
        const auto count = decaying(system, wave);
        if (!count) return {};
        least = std::min(least, *count);
      }
  return least;
}

}  // namespace ddpinn
