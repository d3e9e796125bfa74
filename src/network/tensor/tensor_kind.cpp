// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "network/tensor/tensor_kind.hpp"

#include "network/hidden_network.hpp"

#include <ATen/ATen.h>
#include <torch/csrc/autograd/autograd.h>
#include <torch/csrc/autograd/grad_mode.h>

#include <algorithm>

namespace ddpinn::tensor {

namespace {

using at::Tensor;

std::int64_t integer(std::size_t n) { return static_cast<std::int64_t>(n); }

class TensorPass final : public HiddenPass {
 public:
  /// @param features streams by units by points
  TensorPass(Tensor parameters, Tensor features)
      : parameters_(std::move(parameters)),
        features_(std::move(features)),
        host_(features_.detach().to(at::kCPU, at::kDouble).contiguous()) {}

  std::span<const double> features() const override {
    return {host_.data_ptr<double>(), static_cast<std::size_t>(host_.numel())};
  }
  void add_gradient(std::span<const double> cotangents, std::span<double> gradient) const override {
    if (gradient.empty()) return;
    // LibTorch has no constant tensors; nothing is written to this one.
    const Tensor slopes = at::from_blob(const_cast<double*>(cotangents.data()), host_.sizes(), at::kDouble);
    const Tensor found =
        torch::autograd::grad({features_}, {parameters_}, {slopes.to(features_.options())})[0];
    const Tensor host = found.to(at::kCPU, at::kDouble).contiguous();
    for (std::size_t i = 0; i < gradient.size(); ++i) gradient[i] += host.data_ptr<double>()[i];
  }

 private:
  Tensor parameters_, features_, host_;
};

class TensorNetwork final : public HiddenNetwork {
 public:
  TensorNetwork(std::shared_ptr<const TensorKind> kind, const Streams& streams,
                const at::TensorOptions& options)
      : kind_(std::move(kind)), streams_(streams), options_(options) {}

  const Streams& streams() const override { return streams_; }

  std::unique_ptr<HiddenPass> forward(std::span<const double> parameters, std::span<const Point> xi,
                                      const Directional& c, bool differentiable) const override {
    const at::AutoGradMode mode(differentiable);
    const Tensor own = from(parameters, {integer(parameters.size())}).requires_grad_(differentiable);
    return std::make_unique<TensorPass>(own, run(own, xi, c));
  }

  /// Points are independent, so that the gradient of a sum over points with respect to the copy of the
  /// parameters that a point has is that of the point's own term.
  void rows(std::span<const double> parameters, std::span<const Point> xi, const Directional& c,
            std::span<const double> cotangents, std::span<double> rows) const override {
    if (rows.empty()) return;
    const at::AutoGradMode with_gradients(true);
    const auto n = integer(xi.size());
    const Tensor own = from(parameters, {1, integer(parameters.size())})
                           .expand({n, integer(parameters.size())})
                           .contiguous()
                           .requires_grad_();
    const Tensor features = run(own, xi, c);
    const Tensor slopes = from(cotangents, features.sizes());
    const Tensor found = torch::autograd::grad({features}, {own}, {slopes})[0];
    const Tensor host = found.t().to(at::kCPU, at::kDouble).contiguous();
    std::copy_n(host.data_ptr<double>(), rows.size(), rows.data());
  }

 private:
  Tensor from(std::span<const double> values, at::IntArrayRef sizes) const {
    // As above: nothing is written to what this is copied from.
    return at::from_blob(const_cast<double*>(values.data()), sizes, at::kDouble).to(options_, false, true);
  }

  /// Streams by units by points.
  Tensor run(const Tensor& parameters, std::span<const Point> xi, const Directional& c) const {
    const int d = streams_.dimension();
    std::vector<double> numbers;
    for (const auto& point : xi) numbers.insert(numbers.end(), point.begin(), point.begin() + d);
    const Tensor points = from(numbers, {integer(xi.size()), d});
    return at::stack(kind_->forward(parameters, points, {streams_, c})).transpose(1, 2);
  }

  std::shared_ptr<const TensorKind> kind_;
  Streams streams_;
  at::TensorOptions options_;
};

}  // namespace

std::unique_ptr<FeatureKernel> TensorKind::features(const NetworkShape& shape, const JetSpace& space) const {
  const auto options = at::TensorOptions(at::kDouble);
  return make_features(std::make_unique<TensorNetwork>(shared_from_this(), Streams::jet(space), options),
                       shape, space);
}

std::unique_ptr<NetworkKernel> TensorKind::kernel(const Streams& streams, int outputs, Precision precision,
                                                  const std::string& device) const {
  const auto options = at::TensorOptions(precision == Precision::float32 ? at::kFloat : at::kDouble)
                           .device(c10::Device(device));
  return make_kernel(std::make_unique<TensorNetwork>(shared_from_this(), streams, options), *this, outputs);
}

Jet affine(const StreamAlgebra& algebra, const Jet& x, const Tensor& parameters,
           const TrainableShape::Layer& layer) {
  return algebra.affine(x, part(parameters, layer.weight, {integer(layer.outputs), integer(layer.inputs)}),
                        part(parameters, layer.bias, {integer(layer.outputs)}));
}

}  // namespace ddpinn::tensor
