// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "network/feature_network.hpp"
#include "network/tensor/tensor_kind.hpp"

#include <ddpinn/error.hpp>

#include <algorithm>

namespace ddpinn {

namespace {

/// Hidden layers of equal width with skip connections: y_1 = s(W_1 xi + b_1), y_(l+1) = y_l + s(W_(l+1) y_l +
/// b_(l+1)) (He et al., Deep residual learning for image recognition, CVPR 2016). Parameters are laid out,
/// and drawn, as those of the fully connected network.
class Residual final : public tensor::TensorKind {
 public:
  explicit Residual(const NetworkSettings& settings)
      : shape_{settings.dimension, settings.hidden, 1, settings.activation}, layers_(shape_.layers()) {
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
    for (const auto& layer : layers_) {
      auto next = algebra.activate(shape_.activation, tensor::affine(algebra, y, parameters, layer));
      y = layer.weight > 0 ? tensor::added(y, next) : std::move(next);
    }
    return y;
  }
  std::string description() const override {
    return std::string(spelling(shape_.activation)) + ", with skip connections";
  }
  std::string layers() const override { return layers_text(shape_.dimension, shape_.hidden); }

 private:
  TrainableShape shape_;
  std::vector<TrainableShape::Layer> layers_;
};

}  // namespace

std::shared_ptr<const NetworkKind> make_residual(const NetworkSettings& settings) {
  const auto& hidden = settings.hidden;
  if (std::ranges::adjacent_find(hidden, std::not_equal_to{}) != hidden.end())
    throw Error(
        Status::case_file,
        "network.kind = \"residual\" with hidden layers of different widths (a skip connection adds what "
        "enters a layer to what leaves it); make them equal, for example hidden = [" +
            std::to_string(hidden.back()) + ", " + std::to_string(hidden.back()) + "]");
  return std::make_shared<Residual>(settings);
}

}  // namespace ddpinn
