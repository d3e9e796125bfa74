// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
// The fully connected network on LibTorch's tensors.
#include "network/feature_network.hpp"
#include "network/tensor/tensor_kind.hpp"

#include <ddpinn/error.hpp>

namespace ddpinn {

namespace {

class ReferenceMlp final : public tensor::TensorKind {
 public:
  explicit ReferenceMlp(const TrainableShape& shape) : shape_(shape), layers_(shape.layers()) {
    layers_.pop_back();
  }

  std::size_t width() const override { return layers_.back().outputs; }
  std::size_t parameters() const override { return layers_.back().bias + width(); }
  void draw(double scale, std::uint64_t seed, std::uint64_t subdomain,
            std::span<double> parameters) const override {
    draw_layers(layers_, scale, seed, subdomain, parameters);
  }
  tensor::Jet forward(const at::Tensor& parameters, const at::Tensor& points,
                      const tensor::StreamAlgebra& algebra) const override {
    auto y = algebra.coordinates(points);
    for (const auto& layer : layers_)
      y = algebra.activate(shape_.activation, tensor::affine(algebra, y, parameters, layer));
    return y;
  }
  std::string description() const override {
    return std::string(spelling(shape_.activation)) + " on tensors";
  }
  std::string layers() const override { return layers_text(shape_.dimension, shape_.hidden); }

 private:
  TrainableShape shape_;
  std::vector<TrainableShape::Layer> layers_;
};

}  // namespace

std::unique_ptr<NetworkKernel> make_reference_kernel(const TrainableShape& shape, const Streams& streams,
                                                     Precision precision, const std::string& device) {
  kernel_size(shape);
  if (shape.dimension != streams.dimension())
    throw Error(Status::numerical, "make_reference_kernel: network and streams differ in dimension (" +
                                       std::to_string(shape.dimension) + " and " +
                                       std::to_string(streams.dimension()) + "); report this");
  return std::make_shared<ReferenceMlp>(shape)->kernel(streams, shape.outputs, precision, device);
}

}  // namespace ddpinn
