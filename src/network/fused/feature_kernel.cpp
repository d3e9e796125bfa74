// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "network/feature_kernel.hpp"

#include "network/fused/feature_tile.hpp"

#include <algorithm>

namespace ddpinn {

/// Goes through the points of a call tile by tile.
class FeatureKernel::Pass : public fused::FeatureTile {
 public:
  using FeatureTile::FeatureTile;

  /// Calls f(first, count) with the features at these points computed.
  template <class Function>
  void for_tiles(const FeatureNetwork& network, std::span<const Point> xi, Function&& f) {
    take(network.hidden());
    for (std::size_t first = 0; first < xi.size(); first += points()) {
      const auto count = std::min(points(), xi.size() - first);
      compute(xi.subspan(first, count));
      f(first, count);
    }
  }
};

FeatureKernel::FeatureKernel(const NetworkShape& shape, const JetSpace& space)
    : pass_(std::make_unique<Pass>(shape, space)) {}

FeatureKernel::~FeatureKernel() = default;

void FeatureKernel::evaluate(const FeatureNetwork& network, std::span<const Point> xi,
                             const Matrix& coefficients, std::vector<Matrix>& jets) const {
  const auto functions = coefficients.columns();
  jets.resize(pass_->streams());
  for (auto& jet : jets)
    if (jet.rows() != xi.size() || jet.columns() != functions)
      jet = Matrix::uninitialised(xi.size(), functions);
  pass_->for_tiles(network, xi, [&](std::size_t first, std::size_t count) {
    const double* sums = pass_->sums(coefficients.data(), functions);
    for (auto& jet : jets)
      for (std::size_t f = 0; f < functions; ++f, sums += pass_->points())
        std::copy_n(sums, count, jet.column(f) + first);
  });
}

void FeatureKernel::rows(const FeatureNetwork& network, std::span<const Point> xi,
                         std::span<const Matrix> coefficients, Matrix& rows) const {
  pass_->for_tiles(network, xi, [&](std::size_t first, std::size_t) {
    for (std::size_t f = 0; f < coefficients.size(); ++f)
      if (!coefficients[f].empty())
        pass_->rows(coefficients[f].data() + first, xi.size(), rows.column(f * pass_->features()) + first);
  });
}

}  // namespace ddpinn
