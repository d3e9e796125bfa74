// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
// The kernel on LibTorch's tensors: jets by the recurrences of the activations' differential equations,
// everything with respect to parameters by automatic differentiation.
#include "network/kernel.hpp"

#include <ATen/ATen.h>
#include <torch/csrc/autograd/autograd.h>
#include <torch/csrc/autograd/grad_mode.h>

#include <algorithm>
#include <cmath>
#include <numbers>

namespace ddpinn {

namespace {

using at::Tensor;
/// A tensor for each stream.
using Jet = std::vector<Tensor>;

std::int64_t integer(std::size_t n) { return static_cast<std::int64_t>(n); }

/// Arithmetic of streams for one cover.
class Algebra {
 public:
  Algebra(const Streams& streams, const Directional& c) {
    for (std::size_t i = 0; i < streams.size(); ++i) {
      products_.push_back(streams.product(i, c));
      chains_.push_back(streams.chain(i, c));
    }
  }
  std::size_t size() const { return products_.size(); }
  Tensor product(std::size_t i, const Jet& f, const Jet& g) const { return sum(products_[i], f, g); }
  Tensor chain(std::size_t i, const Jet& z, const Jet& slope) const { return sum(chains_[i], z, slope); }
  Jet product(const Jet& f, const Jet& g) const {
    Jet result;
    for (std::size_t i = 0; i < size(); ++i) result.push_back(product(i, f, g));
    return result;
  }

 private:
  static Tensor sum(const std::vector<Streams::Term>& terms, const Jet& f, const Jet& g) {
    Tensor total;
    for (const auto& [left, right, factor] : terms) {
      const Tensor term = f[left] * g[right] * factor;
      total = total.defined() ? total + term : term;
    }
    return total;
  }

  std::vector<std::vector<Streams::Term>> products_, chains_;
};

/// y = tanh z, y' = (1 - y^2) z'.
Jet tanh_jet(const Algebra& algebra, const Jet& z) {
  Jet y{z[0].tanh()}, slope{1 - y[0] * y[0]};
  for (std::size_t i = 1; i < z.size(); ++i) {
    y.push_back(algebra.chain(i, z, slope));
    slope.push_back(-algebra.product(i, y, y));
  }
  return y;
}

Jet sin_jet(const Algebra& algebra, const Jet& z) {
  Jet y{z[0].sin()}, slope{z[0].cos()};
  for (std::size_t i = 1; i < z.size(); ++i) {
    y.push_back(algebra.chain(i, z, slope));
    slope.push_back(-algebra.chain(i, z, y));
  }
  return y;
}

/// z / (1 + exp(-z)) = z (1 + tanh(z / 2)) / 2.
Jet silu_jet(const Algebra& algebra, const Jet& z) {
  Jet half;
  for (const auto& stream : z) half.push_back(stream / 2);
  Jet s = tanh_jet(algebra, half);
  s[0] = s[0] + 1;
  return algebra.product(half, s);
}

/// z P with the normal distribution P: P' = p z', p' = -z p z'.
Jet gelu_jet(const Algebra& algebra, const Jet& z) {
  const double root = 1 / std::sqrt(2 * std::numbers::pi);
  Jet big{(z[0] / -std::numbers::sqrt2).erfc() / 2}, small{(z[0] * z[0] / -2).exp() * root};
  Jet slope{z[0] * small[0]};
  for (std::size_t i = 1; i < z.size(); ++i) {
    big.push_back(algebra.chain(i, z, small));
    small.push_back(-algebra.chain(i, z, slope));
    slope.push_back(algebra.product(i, z, small));
  }
  return algebra.product(z, big);
}

Jet activate(Activation activation, const Algebra& algebra, const Jet& z) {
  switch (activation) {
    case Activation::tanh:
      return tanh_jet(algebra, z);
    case Activation::sin:
      return sin_jet(algebra, z);
    case Activation::silu:
      return silu_jet(algebra, z);
    case Activation::gelu:
      return gelu_jet(algebra, z);
  }
  return {};
}

class ReferenceKernel final : public NetworkKernel {
 public:
  ReferenceKernel(const TrainableShape& shape, const Streams& streams, Precision precision,
                  const std::string& device)
      : NetworkKernel(shape, streams),
        options_(at::TensorOptions(precision == Precision::float32 ? at::kFloat : at::kDouble)
                     .device(c10::Device(device))) {}

 private:
  /// A network at points: z holds what enters each layer's units, streams by points by units; y what leaves,
  /// the last of which are the outputs (and equal to z).
  struct Pass {
    Tensor parameters;
    std::vector<Tensor> z, y;
    Tensor inputs;
    const Tensor& outputs() const { return y.back(); }
  };

  Tensor from(std::span<const double> values, at::IntArrayRef sizes) const {
    // LibTorch has no constant tensors; nothing is written to this one.
    return at::from_blob(const_cast<double*>(values.data()), sizes, at::kDouble).to(options_, false, true);
  }
  void to(const Tensor& tensor, std::span<double> values) const {
    const Tensor host = tensor.detach().to(at::kCPU, at::kDouble).contiguous();
    std::copy_n(host.data_ptr<double>(), values.size(), values.data());
  }
  Tensor points(std::span<const Point> xi) const {
    std::vector<double> numbers;
    for (const auto& point : xi)
      numbers.insert(numbers.end(), point.begin(), point.begin() + shape().dimension);
    return from(numbers, {integer(xi.size()), shape().dimension});
  }

  Tensor first_streams(const Tensor& value, const Tensor& weight) const {
    Jet jet(streams().size(), at::zeros_like(value));
    jet[0] = value;
    for (int d = 0; d < shape().dimension; ++d)
      if (const auto i = streams().first(d); i > 0) jet[i] = weight.select(1, d).expand_as(value);
    return at::stack(jet);
  }

  Pass run(const NetworkCover& cover, std::span<const double> parameters) const {
    Pass pass{from(parameters, {integer(parameters.size())}).requires_grad_(), {}, {}, points(cover.xi)};
    const Algebra algebra(streams(), cover.laplacian);
    const auto layers = shape().layers();
    for (std::size_t l = 0; l < layers.size(); ++l) {
      const auto& layer = layers[l];
      const Tensor weight =
          pass.parameters.narrow(0, integer(layer.weight), integer(layer.inputs * layer.outputs))
              .view({integer(layer.outputs), integer(layer.inputs)});
      const Tensor bias = pass.parameters.narrow(0, integer(layer.bias), integer(layer.outputs));
      if (l == 0) {
        pass.z.push_back(first_streams(pass.inputs.matmul(weight.t()) + bias, weight));
      } else {
        Jet z = pass.y.back().matmul(weight.t()).unbind();
        z[0] = z[0] + bias;
        pass.z.push_back(at::stack(z));
      }
      const bool last = l + 1 == layers.size();
      pass.y.push_back(last ? pass.z.back()
                            : at::stack(activate(shape().activation, algebra, pass.z.back().unbind())));
    }
    return pass;
  }

  /// Numbers of a cover, as a PointBlock has them, as a tensor of streams by points by outputs.
  Tensor as_outputs(std::span<const double> numbers, std::size_t n) const {
    return from(numbers, {integer(streams().size()), shape().outputs, integer(n)}).transpose(1, 2);
  }

  void do_evaluate(ConstArrays parameters, std::span<const NetworkGroup> groups,
                   Arrays values) const override {
    const at::NoGradGuard no_gradients;
    std::size_t i = 0;
    for (const auto& group : groups)
      for (const auto& cover : group.covers)
        to(run(cover, parameters[cover.network]).outputs().transpose(1, 2), values[i++]);
  }

  void do_gradient(ConstArrays parameters, std::span<const NetworkGroup> groups, const Cotangents& cotangents,
                   Arrays gradients) const override {
    for (std::size_t g = 0; g < groups.size(); ++g)
      block_gradient(parameters, groups[g], g, cotangents, gradients);
  }

  void block_gradient(ConstArrays parameters, const NetworkGroup& group, std::size_t number,
                      const Cotangents& cotangents, Arrays gradients) const {
    const at::AutoGradMode with_gradients(true);
    const auto n = group.points();
    std::vector<Pass> passes;
    std::vector<std::vector<double>> storage;
    for (const auto& cover : group.covers) {
      passes.push_back(run(cover, parameters[cover.network]));
      storage.emplace_back(values() * n);
      to(passes.back().outputs().transpose(1, 2), storage.back());
    }
    std::vector<std::span<const double>> in(storage.begin(), storage.end());
    std::vector<std::vector<double>> results(storage.size(), std::vector<double>(values() * n));
    const std::vector<std::span<double>> out(results.begin(), results.end());
    cotangents({number, 0, n, in, out});
    for (std::size_t c = 0; c < passes.size(); ++c) {
      const auto gradient = torch::autograd::grad({passes[c].outputs()}, {passes[c].parameters},
                                                  {as_outputs(results[c], n)})[0];
      const Tensor host = gradient.to(at::kCPU, at::kDouble).contiguous();
      auto target = gradients[group.covers[c].network];
      for (std::size_t i = 0; i < target.size(); ++i) target[i] += host.data_ptr<double>()[i];
    }
  }

  /// Points are independent, so that the gradient of the sum of all functionals with respect to what enters a
  /// layer's units is, point by point, that of the point's own functional.
  void do_jacobian(const RowTask& task) const override {
    const at::AutoGradMode with_gradients(true);
    const auto n = task.cover.xi.size();
    if (n == 0) return;
    const Pass pass = run(task.cover, task.parameters);
    const auto slopes = torch::autograd::grad({pass.outputs()}, pass.z, {as_outputs(task.coefficients, n)});
    const at::NoGradGuard no_gradients;
    std::vector<Tensor> columns;
    for (std::size_t l = 0; l < slopes.size(); ++l) {
      const Tensor inputs = l > 0 ? pass.y[l - 1] : first_streams_of_inputs(pass.inputs);
      columns.push_back(at::einsum("sko,ski->koi", {slopes[l], inputs}).flatten(1));
      columns.push_back(slopes[l][0]);
    }
    to(at::cat(columns, 1).t(), task.rows);
  }

  /// The inputs' own streams: the point, and a unit vector for each first derivative.
  Tensor first_streams_of_inputs(const Tensor& inputs) const {
    return first_streams(inputs, at::eye(shape().dimension, options_));
  }

  at::TensorOptions options_;
};

}  // namespace

std::unique_ptr<NetworkKernel> make_reference_kernel(const TrainableShape& shape, const Streams& streams,
                                                     Precision precision, const std::string& device) {
  return std::make_unique<ReferenceKernel>(shape, streams, precision, device);
}

}  // namespace ddpinn
