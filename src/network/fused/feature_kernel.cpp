// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "network/feature_kernel.hpp"

#include "network/fused/feature_tile.hpp"

#include <algorithm>

namespace ddpinn {

namespace {

class FusedFeatures final : public FeatureKernel {
 public:
  FusedFeatures(const NetworkShape& shape, const JetSpace& space) : tile_(shape, space) {}

  void evaluate(const FeatureNetwork& network, std::span<const Point> xi, const Matrix& coefficients,
                std::vector<Matrix>& jets) const override {
    const auto functions = coefficients.columns();
    jets.resize(tile_.streams());
    for (auto& jet : jets)
      if (jet.rows() != xi.size() || jet.columns() != functions)
        jet = Matrix::uninitialised(xi.size(), functions);
    for_tiles(network, xi, [&](std::size_t first, std::size_t count) {
      const double* sums = tile_.sums(coefficients.data(), functions);
      for (auto& jet : jets)
        for (std::size_t f = 0; f < functions; ++f, sums += tile_.points())
          std::copy_n(sums, count, jet.column(f) + first);
    });
  }

  void rows(const FeatureNetwork& network, std::span<const Point> xi, std::span<const Matrix> coefficients,
            Matrix& rows) const override {
    for_tiles(network, xi, [&](std::size_t first, std::size_t) {
      for (std::size_t f = 0; f < coefficients.size(); ++f)
        if (!coefficients[f].empty())
          tile_.rows(coefficients[f].data() + first, xi.size(), rows.column(f * tile_.features()) + first);
    });
  }

 private:
  /// Goes through the points tile by tile: calls f(first, count) with the features at these computed.
  template <class Function>
  void for_tiles(const FeatureNetwork& network, std::span<const Point> xi, Function&& f) const {
    tile_.take(network.hidden());
    for (std::size_t first = 0; first < xi.size(); first += tile_.points()) {
      const auto count = std::min(tile_.points(), xi.size() - first);
      tile_.compute(xi.subspan(first, count));
      f(first, count);
    }
  }

  mutable fused::FeatureTile tile_;
};

}  // namespace

std::unique_ptr<FeatureKernel> make_fused_features(const NetworkShape& shape, const JetSpace& space) {
  return std::make_unique<FusedFeatures>(shape, space);
}

}  // namespace ddpinn
