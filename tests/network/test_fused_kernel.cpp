// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
// The fused kernel against the reference kernel: values, gradients, Jacobians.
#include "network/kernel_support.hpp"
#include "support/catch.hpp"

using namespace ddpinn;
using namespace ddpinn::test;

namespace {

constexpr Activation activations[] = {Activation::tanh, Activation::sin, Activation::gelu, Activation::silu};

/// The largest relative difference of the two over values, gradients and Jacobians.
double disagreement(const TrainableShape& shape, const Streams& streams,
                    const std::vector<std::size_t>& sizes, Precision precision = Precision::float64,
                    const std::string& instructions = "") {
  const auto reference = make_reference_kernel(shape, streams);
  const auto fused = make_fused_kernel(shape, streams, precision, instructions);
  const Batch batch(*reference, 3, sizes, 7);
  return std::max({difference(batch.values(*reference), batch.values(*fused)),
                   difference(batch.gradient(*reference), batch.gradient(*fused)),
                   difference(batch.rows(*reference), batch.rows(*fused))});
}

/// The names of those that this processor has.
std::vector<std::string> instruction_sets() {
  std::vector<std::string> result;
  for (const std::string name : {"avx512", "avx2", "baseline"})
    if (message_of([&] {
          make_fused_kernel({1, {2}, 1, Activation::tanh}, Streams::laplacian(1), Precision::float64, name);
        }).empty())
      result.push_back(name);
  return result;
}

}  // namespace

TEST_CASE("Fused and reference kernel agree for every activation and all jets up to order 4", "[kernel]") {
  for (const auto activation : activations)
    for (int dimension = 1; dimension <= 2; ++dimension)
      for (int order = 0; order <= max_order; ++order) {
        const JetSpace space(dimension, multi_indices(dimension, order));
        INFO("activation " << static_cast<int>(activation) << ", dimension " << dimension << ", order "
                           << order);
        REQUIRE(disagreement({dimension, {7, 5}, 2, activation}, Streams::jet(space), {9, 3}) < 1e-12);
      }
}

TEST_CASE("Fused and reference kernel agree for mixed derivatives", "[kernel]") {
  const MultiIndex xxyy{2, 2}, xxt{2, 0, 1}, all{1, 1, 1, 1};
  for (const auto activation : activations) {
    REQUIRE(disagreement({2, {6}, 1, activation}, Streams::jet(JetSpace(2, {&xxyy, 1})), {20}) < 1e-12);
    REQUIRE(disagreement({3, {5, 6}, 1, activation}, Streams::jet(JetSpace(3, {&xxt, 1})), {11}) < 1e-12);
    REQUIRE(disagreement({4, {4, 4}, 1, activation}, Streams::jet(JetSpace(4, {&all, 1})), {5}) < 1e-12);
  }
}

TEST_CASE("Fused and reference kernel agree for Laplacians", "[kernel]") {
  for (const auto activation : activations)
    for (int dimension = 1; dimension <= 4; ++dimension)
      REQUIRE(disagreement({dimension, {9, 8, 3}, 2, activation}, Streams::laplacian(dimension), {40, 13}) <
              1e-12);
}

TEST_CASE("Widths and numbers of points that fill no vector change nothing", "[kernel]") {
  for (int width : {1, 3, 17, 31, 64, 90})
    for (std::size_t points : {1, 8, 33, 130, 700}) {
      INFO("width " << width << ", points " << points);
      REQUIRE(disagreement({2, {width, width + 1}, 1, Activation::tanh}, Streams::laplacian(2), {points}) <
              1e-12);
    }
}

TEST_CASE("Every instruction set gives the same", "[kernel]") {
  const JetSpace space(2, multi_indices(2, 3));
  for (const auto& name : instruction_sets())
    for (const auto activation : activations) {
      INFO(name << ", activation " << static_cast<int>(activation));
      const TrainableShape shape{2, {40, 33}, 2, activation};
      REQUIRE(disagreement(shape, Streams::laplacian(2), {150, 33, 7}, Precision::float64, name) < 1e-12);
      REQUIRE(disagreement(shape, Streams::jet(space), {37, 18}, Precision::float64, name) < 1e-12);
      REQUIRE(disagreement(shape, Streams::laplacian(2), {150, 33, 7}, Precision::float32, name) < 1e-5);
      REQUIRE(disagreement(shape, Streams::jet(space), {37, 18}, Precision::float32, name) < 1e-4);
    }
}

TEST_CASE("An instruction set that does not exist is refused", "[kernel]") {
  const auto ask = [] {
    make_fused_kernel({1, {2}, 1, Activation::tanh}, Streams::laplacian(1), Precision::float32, "avx1024");
  };
  REQUIRE(contains(message_of(ask), "'avx1024'"));
}

TEST_CASE("Activations keep their accuracy far from and near to zero, and NaN stays NaN", "[kernel]") {
  for (const auto activation : activations)
    for (const double scale : {1e-12, 1e-3, 1.0, 30.0, 2e5}) {
      const TrainableShape shape{1, {1}, 1, activation};
      const auto reference = make_reference_kernel(shape, Streams::laplacian(1));
      const auto fused = make_fused_kernel(shape, Streams::laplacian(1));
      Batch batch(*reference, 1, {50}, 3);
      batch.parameters[0] = {scale, 0, 1, 0};
      const auto expected = batch.values(*reference), found = batch.values(*fused);
      for (std::size_t i = 0; i < expected[0].size(); ++i) {
        INFO("activation " << static_cast<int>(activation) << ", scale " << scale << ", entry " << i);
        REQUIRE(found[0][i] == Approx(expected[0][i]).epsilon(1e-12).margin(1e-13 * scale * scale));
      }
      batch.parameters[0][0] = std::nan("");
      const auto lost = batch.values(*fused);
      for (double value : lost[0]) REQUIRE(std::isnan(value));
    }
}
