// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "scaling/blocks.hpp"
#include "scaling/example_results.hpp"
#include "scaling/model.hpp"
#include "support/catch.hpp"

#include <cmath>

using namespace ddpinn;
using namespace ddpinn::test;

namespace {

double shared(int ranks, double subdomains) { return 0.1 * std::ceil(subdomains / ranks); }

}  // namespace

TEST_CASE("The model finds what is shared out and what every rank does", "[scaling]") {
  const auto results = example_results({1, 2, 4}, false, shared);
  const ScalingModel model(results, ScalingClock::wall);
  for (const auto& point : results.points)
    REQUIRE(model.predict(point.ranks).total() == Approx(model.measured(point)).epsilon(0.02));
  const auto far = model.predict(16);
  REQUIRE(far.work == Approx(0.1 * 4));
  REQUIRE(far.fixed == Approx(0.5));
  REQUIRE(far.messages > 0.02 + 0.03 * 4);  // more neighbours than two ranks have
}

TEST_CASE("Strong scaling ends where every rank has one subdomain", "[scaling]") {
  const ScalingModel model(example_results({1, 2}, false, shared), ScalingClock::wall);
  REQUIRE(model.predict(64).work == Approx(model.predict(1000).work));
  REQUIRE(model.predict(64).work == Approx(0.1).epsilon(0.02));
  REQUIRE(model.predict(1000).messages > model.predict(64).messages);
}

TEST_CASE("Ranks that do not divide the subdomains wait for the one with most", "[scaling]") {
  const ScalingModel model(example_results({1, 2}, false, shared), ScalingClock::wall);
  REQUIRE(model.predict(40).work == Approx(model.predict(32).work));  // two subdomains on some
}

TEST_CASE("In weak scaling the shared work stays, and reductions grow with the logarithm", "[scaling]") {
  const auto results = example_results({1, 2, 4}, true, shared);
  const ScalingModel model(results, ScalingClock::wall);
  REQUIRE(model.subdomains(1e5) == Approx(64e5));
  const auto far = model.predict(1e5);
  REQUIRE(far.work + far.fixed == Approx(6.4 + 0.5));  // nothing tells them apart
  REQUIRE(model.predict(4096).messages > model.predict(64).messages);
}

TEST_CASE("A given network replaces the measured one beyond the measured ranks", "[scaling]") {
  const auto results = example_results({1, 2}, false, shared);
  const ScalingModel here(results, ScalingClock::wall);
  const ScalingModel faster(results, ScalingClock::wall, NetworkSpeed{1e-6, 1e10, 1e-6});
  REQUIRE(faster.predict(2).total() == Approx(here.predict(2).total()));
  REQUIRE(faster.predict(16).messages < 0.1 * here.predict(16).messages);
}

TEST_CASE("Cores that slow each other down are in the model", "[scaling]") {
  auto results =
      example_results({1, 2}, false, [](int p, double n) { return (p == 2 ? 1.5 : 1) * shared(p, n); });
  results.points[1].runs[0].phases[1].seconds *= 1.5;
  results.points[1].runs[0].machine->multiply_rate /= 1.5;
  results.points[1].runs[0].machine->copy_rate /= 1.5;
  const ScalingModel model(results, ScalingClock::wall);
  REQUIRE(model.predict(2).work == Approx(4.8).epsilon(0.05));
  REQUIRE(model.predict(4).work == Approx(2.4).epsilon(0.05));
}

TEST_CASE("Coarse problems grow as sparse factors do", "[scaling]") {
  auto results = example_results({1, 2}, true, shared);
  results.phase_names = {"coarse set-up", "coarse solve"};
  for (auto& point : results.points) {
    const double n = point.runs[0].subdomains / 64;
    point.runs[0].phases = {{"coarse set-up", n * n, 0}, {"coarse solve", std::pow(n, 4.0 / 3), 0}};
    point.runs[0].seconds = n * n + std::pow(n, 4.0 / 3);
  }
  const ScalingModel model(results, ScalingClock::wall);
  REQUIRE(model.predict(8).coarse == Approx(64 + 16).epsilon(1e-6));
}

TEST_CASE("The last point is predicted from the others where there are three", "[scaling]") {
  REQUIRE_FALSE(predict_last(example_results({1, 2}, false, shared), ScalingClock::wall));
  const auto results = example_results({1, 2, 4}, false, shared);
  REQUIRE(predict_last(results, ScalingClock::wall)->total() ==
          Approx(results.points[2].runs[0].seconds).epsilon(0.05));
}

TEST_CASE("Blocks have the neighbours and surfaces of a grid of ranks", "[scaling]") {
  REQUIRE(Blocks(3, 64, 2).neighbours() == 1);
  REQUIRE(Blocks(3, 64, 8).neighbours() == 7);
  REQUIRE(Blocks(3, 64 * 64, 64).neighbours() == 26);
  REQUIRE(Blocks(2, 400, 100).neighbours() == 8);
  REQUIRE(Blocks(3, 64 * 64, 64).surface() == Approx(6 * 6 * 6 - 4 * 4 * 4));
  REQUIRE(Blocks(3, 1, 1).neighbours() == 1);
}
