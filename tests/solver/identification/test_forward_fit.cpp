// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
// Unknowns are fitted to any model of the fields: u(x) = a exp(-b x) and the like, in a line each.
#include "parallel/agree.hpp"
#include "solver/identification/forward_fit.hpp"
#include "support/catch.hpp"

#include <cmath>
#include <limits>

using namespace ddpinn;

namespace {

constexpr double infinite = std::numeric_limits<double>::infinity();

/// Observations of 2 exp(-3 x) at twenty points, with errors of alternating sign.
Problem decay(double error, std::optional<double> deviation) {
  Problem problem;
  auto& data = problem.data.emplace_back();
  data.standard_deviation = deviation;
  data.observed.push_back({"u", {}});
  for (int i = 0; i < 20; ++i) {
    const double x = i / 20.0;
    data.points.push_back({x});
    data.observed[0].second.push_back(2 * std::exp(-3 * x) + (i % 2 == 0 ? error : -error));
  }
  return problem;
}

/// A fit of u(values, x) to the observations.
class Fitted {
 public:
  using Field = std::function<double(const std::vector<double>& values, double x)>;

  Fitted(const Problem& problem, std::vector<Unknown> unknowns, const Field& field, int solves = 1000)
      : comm_(MPI_COMM_SELF) {
    const Observations observations(comm_, problem);
    const auto& data = problem.data[0];
    const double deviation = data.standard_deviation.value_or(0);
    const double weight = deviation > 0 ? observations.noise() / deviation : 100;
    const ForwardModel model{
        [&](const std::vector<double>& values, bool) -> std::optional<std::vector<double>> {
          if (solves-- == 0) return {};
          std::vector<double> misfits;
          for (std::size_t i = 0; i < data.points.size(); ++i)
            misfits.push_back(weight * (field(values, data.points[i][0]) - data.observed[0].second[i]));
          return misfits;
        },
        [] {}};
    fit = fit_unknowns(comm_, unknowns, observations, model, [](const Fit&) {});
  }

  Fit fit;

 private:
  Communicator comm_;
};

double exponential(const std::vector<double>& v, double x) { return v[0] * std::exp(-v[1] * x); }

}  // namespace

TEST_CASE("Two unknowns of a nonlinear model are fitted, with the standard errors of the regression") {
  const auto problem = decay(1e-3, 1e-3);
  const auto fit = Fitted(problem, {{"a", 1}, {"b", 0}}, exponential).fit;
  // (J^T J)^-1 s^2 by hand, J = (exp(-b x), -a x exp(-b x)) at the values found.
  double aa = 0, ab = 0, bb = 0;
  for (const auto& x : problem.data[0].points) {
    const double da = std::exp(-fit.values[1] * x[0]), db = -fit.values[0] * x[0] * da;
    aa += da * da;
    ab += da * db;
    bb += db * db;
  }
  const double determinant = aa * bb - ab * ab;
  INFO(fit.stop_reason);
  REQUIRE(fit.converged);
  REQUIRE(fit.standard_errors[0] == Approx(1e-3 * std::sqrt(bb / determinant)).epsilon(1e-2));
  REQUIRE(fit.standard_errors[1] == Approx(1e-3 * std::sqrt(aa / determinant)).epsilon(1e-2));
  REQUIRE(std::abs(fit.values[0] - 2) < 3 * fit.standard_errors[0]);
  REQUIRE(std::abs(fit.values[1] - 3) < 3 * fit.standard_errors[1]);
}

TEST_CASE("Exact observations are fitted to the accuracy of the model, with or without a deviation") {
  for (const auto& deviation : {std::optional<double>{}, std::optional<double>{0.1}}) {
    const auto fit = Fitted(decay(0, deviation), {{"a", 1}, {"b", 1}}, exponential).fit;
    REQUIRE(fit.converged);
    REQUIRE(fit.values[0] == Approx(2).epsilon(1e-3));
    REQUIRE(fit.values[1] == Approx(3).epsilon(1e-3));
  }
}

TEST_CASE("Unknowns stay within their bounds, and the others fit what is left") {
  const auto fit = Fitted(decay(1e-3, 1e-3), {{"a", 1, 0, 1.5}, {"b", 1, 0.5, 10}}, exponential).fit;
  REQUIRE(fit.converged);
  REQUIRE(fit.values[0] == 1.5);
  REQUIRE(fit.values[1] > 0.5);
  REQUIRE(fit.values[1] < 3);
}

TEST_CASE("An unknown that no observation depends on keeps its value, with an infinite standard error") {
  const auto fit = Fitted(decay(1e-3, 1e-3), {{"a", 1}, {"b", 0.7}}, [](const auto& v, double x) {
                     return v[0] * std::exp(-3 * x);
                   }).fit;
  REQUIRE(fit.converged);
  REQUIRE(fit.values[1] == 0.7);
  REQUIRE(fit.standard_errors[1] == infinite);
  REQUIRE(fit.values[0] == Approx(2).epsilon(1e-2));
}

TEST_CASE(
    "Of unknowns whose product alone matters the product is fitted, and their standard errors tell so") {
  const auto fit = Fitted(decay(1e-3, 1e-3), {{"a", 0.5}, {"b", 1}}, [](const auto& v, double x) {
                     return v[0] * v[1] * std::exp(-3 * x);
                   }).fit;
  REQUIRE(fit.converged);
  REQUIRE(fit.values[0] * fit.values[1] == Approx(2).epsilon(1e-3));
  REQUIRE(fit.standard_errors[0] > 10);
  REQUIRE(fit.standard_errors[1] > 10);
}

TEST_CASE("Values without a solution shorten the step") {
  const auto field = [](const std::vector<double>& v, double x) {
    if (v[0] > 2.5) throw AgreedError(Status::numerical, "no solution");
    if (v[0] > 2.2) return infinite;
    return v[0] * std::sqrt(v[0]) * std::exp(-3 * x) / std::sqrt(2);
  };
  const auto fit = Fitted(decay(1e-3, 1e-3), {{"a", 0.01}}, field).fit;
  REQUIRE(fit.converged);
  REQUIRE(fit.values[0] == Approx(2).epsilon(1e-2));
  REQUIRE_THROWS_AS(Fitted(decay(1e-3, 1e-3), {{"a", 3}}, field), Error);
}

TEST_CASE("A fit that is stopped has the best values so far") {
  for (int solves : {0, 1, 2, 4, 7}) {
    const auto fit = Fitted(decay(1e-3, 1e-3), {{"a", 1}, {"b", 1}}, exponential, solves).fit;
    REQUIRE_FALSE(fit.converged);
    REQUIRE(fit.stop_reason == "stopped by a signal or the time limit");
    REQUIRE((solves >= 7 || fit.values == std::vector<double>{1, 1}));
  }
}
