// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
// Features of kinds without kernels of their own, with polynomials.
#include "network/hidden_network.hpp"

#include "dense/lapack.hpp"
#include "network/legendre.hpp"

#include <algorithm>

namespace ddpinn {

namespace {

class HiddenFeatures final : public FeatureKernel {
 public:
  HiddenFeatures(std::unique_ptr<const HiddenNetwork> hidden, const NetworkShape& shape,
                 const JetSpace& space)
      : hidden_(std::move(hidden)),
        space_(space),
        polynomials_(shape.dimension, shape.exponents(), space.order()),
        features_(shape.features()) {}

  void evaluate(const FeatureNetwork& network, std::span<const Point> xi, const Matrix& coefficients,
                std::vector<Matrix>& jets) const override {
    jets.resize(space_.size());
    const auto features = jets_of_features(network, xi);
    for (std::size_t i = 0; i < features.size(); ++i)
      jets[i] = product(Op::none, features[i], Op::none, coefficients);
  }

  void rows(const FeatureNetwork& network, std::span<const Point> xi, std::span<const Matrix> coefficients,
            Matrix& rows) const override {
    const auto features = jets_of_features(network, xi);
    for (std::size_t f = 0; f < coefficients.size(); ++f)
      if (!coefficients[f].empty())
        for (std::size_t j = 0; j < features_; ++j)
          add_up(features, j, coefficients[f], rows.column(f * features_ + j));
  }

 private:
  static void add_up(const std::vector<Matrix>& features, std::size_t j, const Matrix& coefficients,
                     double* to) {
    std::fill_n(to, coefficients.rows(), 0.0);
    for (std::size_t i = 0; i < features.size(); ++i)
      for (std::size_t k = 0; k < coefficients.rows(); ++k) to[k] += coefficients(k, i) * features[i](k, j);
  }

  /// For each multi-index points by features.
  std::vector<Matrix> jets_of_features(const FeatureNetwork& network, std::span<const Point> xi) const {
    std::vector<double> coordinates;
    for (int d = 0; d < space_.dimension(); ++d)
      for (const auto& point : xi) coordinates.push_back(point[d]);
    polynomials_.take(coordinates.data(), xi.size());
    const auto pass = hidden_->forward(network.hidden(), xi, {}, false);
    const auto units = (features_ - polynomials_.size()) * xi.size();
    std::vector<Matrix> jets;
    for (std::size_t i = 0; i < space_.size(); ++i) {
      auto& jet = jets.emplace_back(Matrix::uninitialised(xi.size(), features_));
      for (std::size_t j = 0; j < polynomials_.size(); ++j) polynomials_.fill(j, space_[i], jet.column(j));
      std::ranges::copy(pass->features().subspan(i * units, units), jet.column(polynomials_.size()));
    }
    return jets;
  }

  std::unique_ptr<const HiddenNetwork> hidden_;
  JetSpace space_;
  mutable LegendreProducts polynomials_;
  std::size_t features_;
};

}  // namespace

std::unique_ptr<FeatureKernel> make_features(std::unique_ptr<const HiddenNetwork> hidden,
                                             const NetworkShape& shape, const JetSpace& space) {
  return std::make_unique<HiddenFeatures>(std::move(hidden), shape, space);
}

}  // namespace ddpinn
