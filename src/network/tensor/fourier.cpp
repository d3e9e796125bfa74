// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "network/feature_network.hpp"
#include "network/tensor/tensor_kind.hpp"

#include "base/random.hpp"

#include <ddpinn/error.hpp>

#include <cmath>
#include <numbers>

namespace ddpinn {

namespace {

/// Random Fourier features: the first hidden layer is sin z, cos z with z = B xi, half of its units each
/// (Rahimi, Recht, NIPS 2007; before further layers Tancik et al., NeurIPS 2020); the layers after it are
/// affine, with activations. Entries of B are normal, with the scale as their standard deviation. Parameters:
/// B row by row, then the other layers as those of the fully connected network.
class Fourier final : public tensor::TensorKind {
 public:
  explicit Fourier(const NetworkSettings& settings)
      : settings_(settings), frequencies_(settings.hidden.front() / 2) {
    const std::vector<int> rest(settings.hidden.begin() + 1, settings.hidden.end());
    layers_ = TrainableShape{settings.hidden.front(), rest, 1, settings.activation}.layers();
    layers_.pop_back();
    for (auto& layer : layers_) {
      layer.weight += first();
      layer.bias += first();
    }
  }

  std::size_t width() const override { return settings_.hidden.back(); }
  std::size_t parameters() const override {
    return layers_.empty() ? first() : layers_.back().bias + layers_.back().outputs;
  }
  void draw(double scale, std::uint64_t seed, std::uint64_t subdomain,
            std::span<double> parameters) const override {
    draw_layers(layers_, scale, seed, subdomain, parameters.subspan(first()));
    // A stream of its own; the normal numbers are those of Box and Muller (1958).
    Random random(mix(seed), subdomain);
    for (auto& entry : parameters.first(first())) {
      const double radius = std::sqrt(-2 * std::log(1 - random.uniform()));
      entry = scale * radius * std::cos(2 * std::numbers::pi * random.uniform());
    }
  }
  tensor::Jet forward(const at::Tensor& parameters, const at::Tensor& points,
                      const tensor::StreamAlgebra& algebra) const override {
    const auto matrix = tensor::part(parameters, 0, {frequencies_, settings_.dimension});
    auto y = tensor::beside(algebra.sine(algebra.affine(algebra.coordinates(points), matrix, {})));
    for (const auto& layer : layers_)
      y = algebra.activate(settings_.activation, tensor::affine(algebra, y, parameters, layer));
    return y;
  }
  std::string description() const override {
    return layers_.empty() ? "sin, cos" : "sin, cos, then " + std::string(spelling(settings_.activation));
  }
  std::string layers() const override { return layers_text(settings_.dimension, settings_.hidden); }

 private:
  /// Entries of B.
  std::size_t first() const { return frequencies_ * settings_.dimension; }

  NetworkSettings settings_;
  int frequencies_;
  std::vector<TrainableShape::Layer> layers_;  ///< after the first
};

}  // namespace

std::shared_ptr<const NetworkKind> make_fourier(const NetworkSettings& settings) {
  if (settings.hidden.front() % 2 != 0)
    throw Error(Status::case_file,
                "network.kind = \"fourier\" with " + std::to_string(settings.hidden.front()) +
                    " units in the first hidden layer (which are a sine and a cosine of each frequency); "
                    "write an even number, for example " +
                    std::to_string(settings.hidden.front() + 1));
  return std::make_shared<Fourier>(settings);
}

}  // namespace ddpinn
