// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "network/tensor/derivatives.hpp"

#include <ATen/ATen.h>
#include <torch/csrc/autograd/autograd.h>

#include <algorithm>
#include <map>

namespace ddpinn::tensor {

namespace {

using at::Tensor;

/// The first derivatives of functions of points. Differentiation goes backward, from one number to all
/// coordinates; of g = J^T u, which is linear in u, the derivative with respect to u is J e_d: all functions'
/// derivatives along one direction in one go, however many they are (Pearlmutter's trick turned round:
/// J. Townsend, A new trick for calculating Jacobian vector products, 2017).
class Slopes {
 public:
  Slopes(const Tensor& values, const Tensor& points) : values_(values) {
    if (!values.requires_grad()) return;
    u_ = at::zeros_like(values).requires_grad_();
    g_ = torch::autograd::grad({values}, {points}, {u_}, true, true, true)[0];
  }

  Tensor along(int direction) const {
    if (!g_.defined() || !g_.requires_grad()) return at::zeros_like(values_);
    const Tensor part = g_.select(1, direction);
    const Tensor slope = torch::autograd::grad({part}, {u_}, {at::ones_like(part)}, true, true, true)[0];
    return slope.defined() ? slope : at::zeros_like(values_);
  }

 private:
  Tensor values_, u_, g_;
};

class Derivatives {
 public:
  Derivatives(const Tensor& values, const Tensor& points) : points_(points) { known_[{}] = values; }

  const Tensor& operator()(const MultiIndex& alpha) {
    if (const auto found = known_.find(alpha); found != known_.end()) return found->second;
    auto lower = alpha;
    const auto largest = std::ranges::max_element(lower);
    --*largest;
    const int direction = largest - lower.begin();
    const Tensor values = (*this)(lower);
    const auto [slopes, made] = slopes_.try_emplace(lower, values, points_);
    return known_[alpha] = slopes->second.along(direction);
  }

 private:
  const Tensor& points_;
  std::map<MultiIndex, Tensor> known_;
  std::map<MultiIndex, Slopes> slopes_;
};

}  // namespace

Jet streams_of(const Tensor& values, const Tensor& points, const StreamAlgebra& algebra) {
  const auto& streams = algebra.streams();
  Derivatives derivatives(values, points);
  Jet jet;
  for (std::size_t i = 0; i < streams.size(); ++i) {
    Tensor sum;
    for (const auto& [index, factor] : streams.parts(i, algebra.laplacian())) {
      const auto& alpha = streams.indices()[index];
      const Tensor term = derivatives(alpha) * (factor / factorial(alpha));
      sum = sum.defined() ? sum + term : term;
    }
    jet.push_back(sum);
  }
  return jet;
}

}  // namespace ddpinn::tensor
