// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
// Jets by the recurrences of the activations' differential equations.
#include "network/tensor/stream_algebra.hpp"

#include <ATen/ATen.h>

#include <cmath>
#include <functional>
#include <numbers>
#include <numeric>

namespace ddpinn::tensor {

using at::Tensor;

StreamAlgebra::StreamAlgebra(const Streams& streams, const Directional& c) : streams_(streams), c_(c) {
  for (std::size_t i = 0; i < streams.size(); ++i) {
    products_.push_back(streams.product(i, c));
    chains_.push_back(streams.chain(i, c));
  }
}

Tensor StreamAlgebra::sum(const std::vector<Streams::Term>& terms, const Jet& f, const Jet& g) {
  Tensor total;
  for (const auto& [left, right, factor] : terms) {
    const Tensor term = f[left] * g[right] * factor;
    total = total.defined() ? total + term : term;
  }
  return total;
}

Jet StreamAlgebra::product(const Jet& f, const Jet& g) const {
  Jet result;
  for (std::size_t i = 0; i < size(); ++i) result.push_back(product(i, f, g));
  return result;
}

Jet StreamAlgebra::coordinates(const Tensor& points) const {
  Jet jet(size(), at::zeros_like(points));
  jet[0] = points;
  for (int d = 0; d < streams_.dimension(); ++d)
    if (const auto i = streams_.first(d); i > 0) {
      jet[i] = at::zeros_like(points);
      jet[i].select(1, d).fill_(1);
    }
  return jet;
}

Jet StreamAlgebra::affine(const Jet& x, const Tensor& weight, const Tensor& bias) const {
  const bool by_point = weight.dim() == 3;
  const Tensor stacked = at::stack(x, by_point ? 1 : 0);
  Jet z = stacked.matmul(weight.transpose(-1, -2)).unbind(by_point ? 1 : 0);
  if (bias.defined()) z[0] = z[0] + bias;
  return z;
}

/// y = tanh z, y' = (1 - y^2) z'.
Jet StreamAlgebra::tanh(const Jet& z) const {
  Jet y{z[0].tanh()}, slope{1 - y[0] * y[0]};
  for (std::size_t i = 1; i < z.size(); ++i) {
    y.push_back(chain(i, z, slope));
    slope.push_back(-product(i, y, y));
  }
  return y;
}

std::pair<Jet, Jet> StreamAlgebra::sine(const Jet& z) const {
  Jet y{z[0].sin()}, slope{z[0].cos()};
  for (std::size_t i = 1; i < z.size(); ++i) {
    y.push_back(chain(i, z, slope));
    slope.push_back(-chain(i, z, y));
  }
  return {y, slope};
}

/// z / (1 + exp(-z)) = z (1 + tanh(z / 2)) / 2.
Jet StreamAlgebra::silu(const Jet& z) const {
  Jet half;
  for (const auto& stream : z) half.push_back(stream / 2);
  Jet s = tanh(half);
  s[0] = s[0] + 1;
  return product(half, s);
}

/// z P with the normal distribution P: P' = p z', p' = -z p z'.
Jet StreamAlgebra::gelu(const Jet& z) const {
  const double root = 1 / std::sqrt(2 * std::numbers::pi);
  Jet big{(z[0] / -std::numbers::sqrt2).erfc() / 2}, small{(z[0] * z[0] / -2).exp() * root};
  Jet slope{z[0] * small[0]};
  for (std::size_t i = 1; i < z.size(); ++i) {
    big.push_back(chain(i, z, small));
    small.push_back(-chain(i, z, slope));
    slope.push_back(product(i, z, small));
  }
  return product(z, big);
}

Jet StreamAlgebra::activate(Activation activation, const Jet& z) const {
  switch (activation) {
    case Activation::tanh:
      return tanh(z);
    case Activation::sin:
      return sine(z).first;
    case Activation::silu:
      return silu(z);
    case Activation::gelu:
      return gelu(z);
  }
  return {};
}

Jet added(const Jet& a, const Jet& b) {
  Jet result;
  for (std::size_t i = 0; i < a.size(); ++i) result.push_back(a[i] + b[i]);
  return result;
}

Jet beside(const std::pair<Jet, Jet>& jets) {
  Jet result;
  for (std::size_t i = 0; i < jets.first.size(); ++i)
    result.push_back(at::cat({jets.first[i], jets.second[i]}, 1));
  return result;
}

Tensor part(const Tensor& parameters, std::size_t first, std::vector<std::int64_t> sizes) {
  const auto count = std::accumulate(sizes.begin(), sizes.end(), std::int64_t{1}, std::multiplies<>());
  if (parameters.dim() == 2) sizes.insert(sizes.begin(), parameters.size(0));
  return parameters.narrow(-1, static_cast<std::int64_t>(first), count).reshape(sizes);
}

}  // namespace ddpinn::tensor
