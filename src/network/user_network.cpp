// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "network/hidden_network.hpp"

#include <ddpinn/error.hpp>
#include <ddpinn/network.hpp>

#include <algorithm>

namespace ddpinn {

void Network::differentiate(const NetworkPoints&, std::span<const double>, std::span<const DerivativeOrders>,
                            std::span<const double>, std::span<double>) const {
  throw Error(Status::usage,
              "Network::differentiate: a network says that it is differentiable, but does not bring this "
              "function (training needs it); override it");
}

namespace {

/// The streams of a user's network, whose partial derivatives they are sums of.
class UserHidden final : public HiddenNetwork {
 public:
  UserHidden(std::shared_ptr<const Network> network, const Streams& streams)
      : network_(std::move(network)), streams_(streams) {
    for (const auto& alpha : streams_.indices()) {
      auto& orders = derivatives_.emplace_back();
      std::ranges::copy(alpha, orders.begin());
    }
  }

  const Streams& streams() const override { return streams_; }

  std::unique_ptr<HiddenPass> forward(std::span<const double> parameters, std::span<const Point> xi,
                                      const Directional& c, bool) const override {
    std::vector<double> partial(derivatives_.size() * block(xi.size()));
    const auto coordinates = coordinates_of(xi);
    network_->evaluate(points(coordinates, xi.size()), parameters, derivatives_, partial);
    std::vector<double> features(streams_.size() * block(xi.size()), 0.0);
    for_parts(c, [&](std::size_t stream, std::size_t derivative, double factor) {
      add(factor, partial, derivative, features, stream, block(xi.size()));
    });
    return std::make_unique<Pass>(*this, parameters, xi, c, std::move(features));
  }

  void rows(std::span<const double> parameters, std::span<const Point> xi, const Directional& c,
            std::span<const double> cotangents, std::span<double> rows) const override {
    std::vector<double> weights(derivatives_.size() * block(xi.size()), 0.0);
    for_parts(c, [&](std::size_t stream, std::size_t derivative, double factor) {
      add(factor, cotangents, stream, weights, derivative, block(xi.size()));
    });
    const auto coordinates = coordinates_of(xi);
    network_->differentiate(points(coordinates, xi.size()), parameters, derivatives_, weights, rows);
  }

 private:
  class Pass final : public HiddenPass {
   public:
    Pass(const UserHidden& network, std::span<const double> parameters, std::span<const Point> xi,
         const Directional& c, std::vector<double> features)
        : network_(network), parameters_(parameters), xi_(xi), c_(c), features_(std::move(features)) {}

    std::span<const double> features() const override { return features_; }
    void add_gradient(std::span<const double> cotangents, std::span<double> gradient) const override {
      std::vector<double> rows(gradient.size() * xi_.size(), 0.0);
      network_.rows(parameters_, xi_, c_, cotangents, rows);
      const double* row = rows.data();
      for (auto& entry : gradient)
        for (std::size_t k = 0; k < xi_.size(); ++k) entry += *row++;
    }

   private:
    const UserHidden& network_;
    std::span<const double> parameters_;
    std::span<const Point> xi_;
    Directional c_;
    std::vector<double> features_;
  };

  /// Numbers of one derivative of all features.
  std::size_t block(std::size_t points) const { return network_->width() * points; }

  std::vector<double> coordinates_of(std::span<const Point> xi) const {
    std::vector<double> coordinates;
    for (int d = 0; d < streams_.dimension(); ++d)
      for (const auto& point : xi) coordinates.push_back(point[d]);
    return coordinates;
  }
  NetworkPoints points(std::span<const double> coordinates, std::size_t count) const {
    return {streams_.dimension(), count, coordinates};
  }

  /// Calls f(stream, derivative, factor) for all partial derivatives that streams are sums of.
  template <class Function>
  void for_parts(const Directional& c, Function&& f) const {
    for (std::size_t i = 0; i < streams_.size(); ++i)
      for (const auto& [index, factor] : streams_.parts(i, c))
        f(i, index, factor / factorial(streams_.indices()[index]));
  }

  /// One block of an array of blocks, times a factor, is added to one of another.
  static void add(double factor, std::span<const double> from, std::size_t i, std::span<double> to,
                  std::size_t j, std::size_t size) {
    for (std::size_t k = 0; k < size; ++k) to[j * size + k] += factor * from[i * size + k];
  }

  std::shared_ptr<const Network> network_;
  Streams streams_;
  std::vector<DerivativeOrders> derivatives_;
};

class UserKind final : public NetworkKind {
 public:
  UserKind(std::string name, std::shared_ptr<const Network> network, int dimension)
      : name_(std::move(name)), network_(std::move(network)), dimension_(dimension) {}

  std::size_t width() const override { return network_->width(); }
  std::size_t parameters() const override { return network_->parameters(); }
  void draw(double scale, std::uint64_t seed, std::uint64_t subdomain,
            std::span<double> parameters) const override {
    network_->draw(scale, seed, subdomain, parameters);
  }
  void check(int, bool trained) const override {
    if (trained && !network_->is_differentiable())
      throw Error(Status::case_file, "the network \"" + name_ +
                                         "\" can't be trained (it has no derivatives with respect to its "
                                         "parameters); use method = \"least-squares\"");
  }
  std::unique_ptr<FeatureKernel> features(const NetworkShape& shape, const JetSpace& space) const override {
    return make_features(std::make_unique<UserHidden>(network_, Streams::jet(space)), shape, space);
  }
  std::unique_ptr<NetworkKernel> kernel(const Streams& streams, int outputs, Precision) const override {
    return make_kernel(std::make_unique<UserHidden>(network_, streams), *this, outputs);
  }
  std::string description() const override { return name_; }
  std::string layers() const override {
    return std::to_string(dimension_) + "-" + name_ + "-" + std::to_string(width());
  }

 private:
  std::string name_;
  std::shared_ptr<const Network> network_;
  int dimension_;
};

}  // namespace

std::shared_ptr<const NetworkKind> make_user_network(const std::string& name, const NetworkFactory& factory,
                                                     const NetworkSettings& settings) {
  auto network = factory(
      {settings.dimension, settings.hidden, std::string(spelling(settings.activation)), settings.file});
  if (!network)
    throw Error(Status::usage, "register_network: the factory of \"" + name +
                                   "\" returned no network (it has to make one); correct it");
  return std::make_shared<UserKind>(name, std::move(network), settings.dimension);
}

}  // namespace ddpinn
