// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "network/feature_kernel.hpp"
#include "network/kernel.hpp"

namespace ddpinn {

namespace {

/// Affine layers and activations, on the fused kernels.
class Mlp final : public NetworkKind {
 public:
  explicit Mlp(const NetworkSettings& settings)
      : trained_{settings.dimension, settings.hidden, 1, settings.activation}, layers_(trained_.layers()) {
    layers_.pop_back();
  }

  std::size_t width() const override { return layers_.back().outputs; }
  std::size_t parameters() const override { return layers_.back().bias + width(); }
  void draw(double scale, std::uint64_t seed, std::uint64_t subdomain,
            std::span<double> parameters) const override {
    draw_layers(layers_, scale, seed, subdomain, parameters);
  }
  std::unique_ptr<FeatureKernel> features(const NetworkShape& shape, const JetSpace& space) const override {
    return make_fused_features(shape, space);
  }
  std::unique_ptr<NetworkKernel> kernel(const Streams& streams, int outputs,
                                        Precision precision) const override {
    auto shape = trained_;
    shape.outputs = outputs;
    return make_fused_kernel(shape, streams, precision);
  }
  std::string description() const override { return std::string(spelling(trained_.activation)); }
  std::string layers() const override { return layers_text(trained_.dimension, trained_.hidden); }

 private:
  TrainableShape trained_;
  std::vector<TrainableShape::Layer> layers_;
};

}  // namespace

std::shared_ptr<const NetworkKind> make_mlp(const NetworkSettings& settings) {
  return std::make_shared<Mlp>(settings);
}

}  // namespace ddpinn
