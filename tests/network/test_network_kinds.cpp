// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
// Kinds of networks: what each computes is held against automatic differentiation, differences, or the fully
// connected network.
#include "network/kernel_support.hpp"
#include "network/tensor/derivatives.hpp"
#include "network/tensor/tensor_kind.hpp"
#include "support/catch.hpp"
#include "support/module_file.hpp"
#include "support/waves.hpp"

#include <ATen/ATen.h>
#include <torch/csrc/autograd/grad_mode.h>

using namespace ddpinn;
using namespace ddpinn::test;

namespace {

NetworkShape shape_of(const std::string& kind, const NetworkSettings& settings, int degree = 2) {
  return {settings.dimension,
          settings.hidden,
          settings.activation,
          degree,
          1000,
          {},
          make_network_kind(kind, settings)};
}

/// The largest difference of the streams of a kind's features to those that nested automatic differentiation
/// makes of their values, relative to the largest derivative.
double off_automatic(const std::string& name, const NetworkSettings& settings, const JetSpace& space,
                     Random& random) {
  const at::AutoGradMode with_gradients(true);
  const auto kind = make_network_kind(name, settings);
  const auto& on_tensors = dynamic_cast<const tensor::TensorKind&>(*kind);
  std::vector<double> numbers(kind->parameters());
  kind->draw(1, 1, 2, numbers);
  const auto parameters = at::tensor(numbers, at::kDouble);
  std::vector<double> coordinates;
  for (int i = 0; i < 5 * settings.dimension; ++i) coordinates.push_back(random.uniform(-1, 1));
  const auto points = at::tensor(coordinates, at::kDouble).view({5, settings.dimension}).requires_grad_();
  const tensor::StreamAlgebra all(Streams::jet(space), {});
  const tensor::StreamAlgebra value(Streams::jet(JetSpace(settings.dimension, {})), {});
  const auto found = on_tensors.forward(parameters, points, all);
  const auto expected = tensor::streams_of(on_tensors.forward(parameters, points, value)[0], points, all);
  double gap = 0, size = 0;
  for (std::size_t i = 0; i < found.size(); ++i) {
    gap = std::max(gap, (found[i] - expected[i]).abs().max().item<double>());
    size = std::max(size, expected[i].abs().max().item<double>());
  }
  return gap / size;
}

/// The largest difference of features, values, gradients and rows of two kinds with the same parameters.
double disagreement(const NetworkShape& a, const NetworkShape& b, const JetSpace& space,
                    const Streams& streams, const std::vector<double>& hidden) {
  Random random(3, 0);
  const auto points = random_points(a.dimension, 7, random);
  const auto features = feature_jets({a, hidden}, points, space),
             others = feature_jets({b, hidden}, points, space);
  Lists first, second;
  for (const auto& jet : features) first.emplace_back(jet.entries().begin(), jet.entries().end());
  for (const auto& jet : others) second.emplace_back(jet.entries().begin(), jet.entries().end());
  const auto one = kind_of(a)->kernel(streams, 2, Precision::float64);
  const auto other = kind_of(b)->kernel(streams, 2, Precision::float64);
  const Batch batch(*one, 2, {600, 4}, 3);
  return std::max({difference(first, second), difference(batch.values(*one), batch.values(*other)),
                   difference(batch.gradient(*one), batch.gradient(*other)),
                   difference(batch.rows(*one), batch.rows(*other))});
}

std::vector<double> drawn(const NetworkShape& shape) {
  const FeatureNetwork network(shape, 1.3, 4, 2);
  return {network.hidden().begin(), network.hidden().end()};
}

std::string refusal(const std::string& name, const NetworkSettings& settings, int order = 2,
                    bool trained = false) {
  return message_of([&] { make_network_kind(name, settings)->check(order, trained); });
}

}  // namespace

TEST_CASE("Derivatives of the features of every kind are those of automatic differentiation", "[kinds]") {
  Random random(5, 0);
  for (const auto activation : {Activation::tanh, Activation::sin, Activation::gelu, Activation::silu})
    for (int dimension = 1; dimension <= 3; ++dimension) {
      const JetSpace space(dimension, multi_indices(dimension, dimension == 1 ? max_order : 3));
      INFO("activation " << spelling(activation) << ", dimension " << dimension);
      REQUIRE(off_automatic("fourier", {dimension, {6}, activation}, space, random) < 1e-12);
      REQUIRE(off_automatic("fourier", {dimension, {6, 5}, activation}, space, random) < 1e-12);
      REQUIRE(off_automatic("residual", {dimension, {4, 4, 4}, activation}, space, random) < 1e-12);
    }
}

TEST_CASE("Features of a sine and a cosine, and skip connections, are what they are said to be", "[kinds]") {
  const Point at{0.3, -0.7};
  const auto waves = shape_of("fourier", {2, {4}}, 0);
  const std::vector<double> b{1.1, 0.2, -0.4, 2.5};
  const auto found = feature_jets({waves, b}, {&at, 1}, JetSpace(2, {}));
  for (int j = 0; j < 2; ++j) {
    const double z = b[2 * j] * at[0] + b[2 * j + 1] * at[1];
    REQUIRE(found[0](0, 1 + j) == Approx(std::sin(z)));
    REQUIRE(found[0](0, 3 + j) == Approx(std::cos(z)));
  }
  const auto skips = shape_of("residual", {1, {1, 1}}, 0);
  const double y = std::tanh(0.5 * at[0] + 0.1);
  const auto sum = feature_jets({skips, {0.5, 0.1, -1.5, 0.3}}, {&at, 1}, JetSpace(1, {}));
  REQUIRE(sum[0](0, 1) == Approx(y + std::tanh(-1.5 * y + 0.3)));
}

TEST_CASE("A module computes what the fully connected network that it was written from does", "[kinds]") {
  for (const auto activation : {Activation::tanh, Activation::sin})
    for (const int order : {2, 4}) {
      const NetworkSettings settings{2, {6, 5}, activation};
      const auto mlp = shape_of("mlp", settings);
      const auto hidden = drawn(mlp);
      const ModuleFile file({2, {6, 5}, 1, activation}, hidden);
      const auto module = shape_of("module", {2, {}, Activation::tanh, file.path()});
      REQUIRE(drawn(module) == hidden);
      const JetSpace space(2, multi_indices(2, order));
      REQUIRE(disagreement(mlp, module, space, Streams::jet(space), hidden) < 1e-11);
      REQUIRE(disagreement(mlp, module, space, Streams::laplacian(2), hidden) < 1e-11);
    }
}

TEST_CASE("A user's network computes what the same one of the library does", "[kinds]") {
  register_waves();
  const NetworkSettings settings{2, {9}, Activation::sin};
  const auto mlp = shape_of("mlp", settings), waves = shape_of("waves", settings);
  const JetSpace space(2, multi_indices(2, 3));
  const auto hidden = drawn(waves);
  REQUIRE(drawn(mlp).size() == hidden.size());
  REQUIRE(disagreement(mlp, waves, space, Streams::jet(space), hidden) < 1e-12);
  REQUIRE(disagreement(mlp, waves, space, Streams::laplacian(2), hidden) < 1e-12);
}

TEST_CASE("Gradients and Jacobian rows of every kind are those of differences", "[kinds]") {
  for (const auto& streams : {Streams::jet(JetSpace(2, multi_indices(2, 3))), Streams::laplacian(2)})
    for (const auto& [name, hidden] : std::vector<std::pair<std::string, std::vector<int>>>{
             {"fourier", {4}}, {"fourier", {4, 3}}, {"residual", {3, 3}}})
      require_slopes(
          *make_network_kind(name, {2, hidden, Activation::gelu})->kernel(streams, 2, Precision::float64));
}

TEST_CASE("Kinds are known by name, and refuse layers that they can't have", "[kinds]") {
  register_waves();
  const auto names = network_kinds();
  for (const std::string name : {"mlp", "fourier", "residual", "module", "waves"})
    REQUIRE(std::ranges::count(names, name) == 1);
  REQUIRE_THROWS(register_network("mlp", {}));
  REQUIRE(contains(refusal("fuorier", {1, {4}}), "there is no network.kind = \"fuorier\""));
  REQUIRE(contains(refusal("fuorier", {1, {4}}), "did you mean \"fourier\"?"));
  REQUIRE(contains(refusal("fourier", {1, {5}}), "5 units in the first hidden layer"));
  REQUIRE(contains(refusal("residual", {1, {5, 6}}), "different widths"));
  REQUIRE(contains(refusal("module", {1, {5}}), "without network.file"));
  REQUIRE(make_network_kind("fourier", {1, {0}})->width() == 0);
}

TEST_CASE("Modules that can't serve as a network are refused, and why", "[kinds]") {
  const std::vector<double> values(200, 0.3);
  const auto refused = [&](const std::string& forward, int order = 2, bool trained = false) {
    const ModuleFile file({{"w", {4, 2}}, {"v", {3}}}, values, forward);
    return refusal("module", {2, {}, Activation::tanh, file.path()}, order, trained);
  };
  REQUIRE(refused("torch.tanh(torch.linear(x, self.w))", 4, true).empty());
  REQUIRE(contains(refused("torch.tanh(x * self.v)"), "does not take points of shape (n, 2)"));
  REQUIRE(contains(refused("torch.sum(x)"), "it makes a tensor of shape ()"));
  REQUIRE(contains(refused("torch.tanh(x) - torch.mean(x)"), "mixes points"));
  REQUIRE(contains(refused("torch.relu(torch.linear(x, self.w))"), "derivatives of order 2 are zero"));
  REQUIRE(contains(refused("torch.round(x)", 1), "derivatives of order 1 are zero"));
  REQUIRE(refused("torch.relu(torch.linear(x, self.w))", 1).empty());
  const ModuleFile frozen({}, {}, "torch.tanh(x)");
  REQUIRE(refusal("module", {2, {}, Activation::tanh, frozen.path()}).empty());
  REQUIRE(contains(refusal("module", {2, {}, Activation::tanh, frozen.path()}, 2, true),
                   "has no parameters to train"));
  REQUIRE(
      contains(refusal("module", {2, {}, Activation::tanh, "nowhere.pt"}), "there is no file nowhere.pt"));
  const TemporaryFile empty;
  REQUIRE(contains(refusal("module", {2, {}, Activation::tanh, empty.path()}), "is not TorchScript"));
}

TEST_CASE("A user's network without derivatives in its parameters is for random features only", "[kinds]") {
  class Fixed : public Waves {
   public:
    using Waves::Waves;
    bool is_differentiable() const override { return false; }
  };
  register_network("fixed", [](const NetworkArguments& arguments) {
    return std::make_shared<Fixed>(arguments.dimension, arguments.hidden.back());
  });
  REQUIRE(refusal("fixed", {1, {5}}).empty());
  REQUIRE(contains(refusal("fixed", {1, {5}}, 2, true), "use method = \"least-squares\""));
}
