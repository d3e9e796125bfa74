// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "network/streams.hpp"

#include <ddpinn/choices.hpp>

#include <ATen/core/Tensor.h>

#include <cstdint>
#include <utility>
#include <vector>

namespace ddpinn::tensor {

/// A tensor of points by units for each stream.
using Jet = std::vector<at::Tensor>;

/// Arithmetic of the streams of a network on tensors, differentiable by LibTorch.
class StreamAlgebra {
 public:
  /// @param c of the Laplacian stream
  StreamAlgebra(const Streams&, const Directional& c);

  std::size_t size() const { return products_.size(); }
  const Streams& streams() const { return streams_; }
  const Directional& laplacian() const { return c_; }

  /// The streams of the coordinates themselves. @param points n by d
  Jet coordinates(const at::Tensor& points) const;
  /// W x + b. @param weight outputs by inputs, or points by outputs by inputs @param bias outputs, or points
  /// by outputs; undefined for none
  Jet affine(const Jet& x, const at::Tensor& weight, const at::Tensor& bias) const;
  Jet activate(Activation, const Jet& z) const;
  /// sin z and cos z.
  std::pair<Jet, Jet> sine(const Jet& z) const;

 private:
  at::Tensor product(std::size_t i, const Jet& f, const Jet& g) const { return sum(products_[i], f, g); }
  at::Tensor chain(std::size_t i, const Jet& z, const Jet& slope) const { return sum(chains_[i], z, slope); }
  Jet product(const Jet& f, const Jet& g) const;
  static at::Tensor sum(const std::vector<Streams::Term>&, const Jet& f, const Jet& g);
  Jet tanh(const Jet& z) const;
  Jet silu(const Jet& z) const;
  Jet gelu(const Jet& z) const;

  Streams streams_;
  Directional c_;
  std::vector<std::vector<Streams::Term>> products_, chains_;
};

Jet added(const Jet&, const Jet&);

/// The units of both in one jet, the first's before the second's.
Jet beside(const std::pair<Jet, Jet>&);

/// Part of the parameters as a matrix or vector. @param parameters all, or points by all: so are the parts
at::Tensor part(const at::Tensor& parameters, std::size_t first, std::vector<std::int64_t> sizes);

}  // namespace ddpinn::tensor
