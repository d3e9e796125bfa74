// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "network/kernel_support.hpp"
#include "support/catch.hpp"

using namespace ddpinn;
using namespace ddpinn::test;

namespace {

/// The parameters of a network whose outputs are the units of the last hidden layer of a random one.
std::vector<double> parameters_of(const FeatureNetwork& features, const TrainableShape& shape) {
  std::vector<double> parameters(shape.parameters());
  std::ranges::copy(features.hidden(), parameters.begin());
  const auto layers = shape.layers();
  for (std::size_t j = 0; j < layers.back().inputs; ++j)
    parameters[layers.back().weight + j * layers.back().inputs + j] = 1;
  return parameters;
}

}  // namespace

TEST_CASE("Jets of a trained network are those of the random network with the same weights", "[kernel]") {
  Random random(4, 0);
  for (const auto activation : {Activation::tanh, Activation::sin, Activation::gelu, Activation::silu})
    for (int dimension = 1; dimension <= 3; ++dimension) {
      const NetworkShape shape{dimension, {5, 4}, activation, 0};
      const FeatureNetwork features(shape, 1.2, 1, 2);
      const JetSpace space(dimension, multi_indices(dimension, max_order));
      const auto points = random_points(dimension, 6, random);
      const auto jets = feature_jets(features, points, space);

      const TrainableShape trained{dimension, shape.hidden, 4, activation};
      const auto kernel = make_reference_kernel(trained, Streams::jet(space));
      const Lists parameters{parameters_of(features, trained)};
      Lists values{std::vector<double>(kernel->values() * points.size())}, expected{{}};
      const std::vector<NetworkGroup> groups{{{{0, points, {}}}}};
      kernel->evaluate(constant_spans(parameters), groups, spans(values));
      for (const auto& jet : jets)
        expected[0].insert(expected[0].end(), jet.column(1), jet.column(1) + 4 * points.size());
      INFO("activation " << static_cast<int>(activation) << ", dimension " << dimension);
      REQUIRE(difference(expected, values) < 1e-13);
    }
}

TEST_CASE("The Laplacian stream is the weighted sum of second derivatives", "[kernel]") {
  for (const auto activation : {Activation::tanh, Activation::sin, Activation::gelu, Activation::silu}) {
    const TrainableShape shape{3, {6, 5}, 2, activation};
    const JetSpace space(3, multi_indices(3, 2));
    const auto jets = make_reference_kernel(shape, Streams::jet(space));
    const auto laplacian = make_reference_kernel(shape, Streams::laplacian(3));
    const Batch batch(*jets, 2, {7, 4}, 11);
    const auto all = batch.values(*jets), streams = batch.values(*laplacian);
    const auto n = batch.groups[0].points();
    for (std::size_t entry = 0; entry < 2 * n; ++entry) {
      double sum = 0;
      for (std::size_t d = 0; d < 3; ++d) {
        MultiIndex alpha{};
        alpha[d] = 2;
        sum += 2 * batch.groups[0].covers[0].laplacian[d] * all[0][space.index_of(alpha) * 2 * n + entry];
      }
      REQUIRE(streams[0][4 * 2 * n + entry] == Approx(sum).epsilon(1e-12).margin(1e-13));
    }
  }
}

TEST_CASE("Gradients and Jacobian rows are those of finite differences", "[kernel]") {
  for (const auto& streams : {Streams::jet(JetSpace(2, multi_indices(2, 3))), Streams::laplacian(2)})
    require_slopes(*make_reference_kernel({2, {4, 3}, 2, Activation::gelu}, streams));
}

TEST_CASE("Arrays that do not fit the points are refused", "[kernel]") {
  const auto kernel = make_reference_kernel({2, {3}, 1, Activation::tanh}, Streams::laplacian(2));
  const Batch batch(*kernel, 1, {4}, 1);
  Lists wrong{std::vector<double>(3)};
  const auto parameters = constant_spans(batch.parameters);
  REQUIRE_THROWS(kernel->evaluate(parameters, batch.groups, spans(wrong)));
  REQUIRE_THROWS(kernel->gradient(
      parameters, batch.groups, [](const PointBlock&) {}, spans(wrong)));
  REQUIRE_THROWS(kernel->evaluate(constant_spans(wrong), batch.groups, spans(wrong)));
  REQUIRE_THROWS(make_reference_kernel({3, {3}, 1, Activation::tanh}, Streams::laplacian(2)));
}
