// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "scaling/model.hpp"

#include "scaling/blocks.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <string_view>

namespace ddpinn {
namespace {

constexpr std::array<std::string_view, 4> iterating{"krylov", "interface iteration", "coarse solve",
                                                    "line search"};

/// One measured value of a phase: t = a x + b y.
struct Sample {
  double x = 0, y = 0, t = 0, weight = 1;
};

struct Coefficients {
  double a = 0, b = 0;
};

double misfit(const std::vector<Sample>& samples, Coefficients c) {
  double sum = 0;
  for (const auto& s : samples) sum += std::pow(s.weight * (c.a * s.x + c.b * s.y - s.t), 2);
  return sum;
}

/// Least squares with neither coefficient negative: the best of both, one, the other.
Coefficients fit_nonnegative(const std::vector<Sample>& samples) {
  double xx = 0, xy = 0, yy = 0, xt = 0, yt = 0;
  for (const auto& s : samples) {
    const double w = s.weight * s.weight;
    xx += w * s.x * s.x;
    xy += w * s.x * s.y;
    yy += w * s.y * s.y;
    xt += w * s.x * s.t;
    yt += w * s.y * s.t;
  }
  const double determinant = xx * yy - xy * xy;
  std::vector<Coefficients> candidates{{xx > 0 ? std::max(0.0, xt / xx) : 0, 0},
                                       {0, yy > 0 ? std::max(0.0, yt / yy) : 0}};
  if (determinant > 1e-12 * xx * yy) {
    const Coefficients both{(xt * yy - yt * xy) / determinant, (yt * xx - xt * xy) / determinant};
    if (both.a >= 0 && both.b >= 0) candidates.push_back(both);
  }
  return *std::ranges::min_element(candidates, {}, [&](Coefficients c) { return misfit(samples, c); });
}

}  // namespace

ScalingModel::ScalingModel(const ScalingResults& results, ScalingClock clock,
                           std::optional<NetworkSpeed> network)
    : results_(results), clock_(clock), network_(network) {
  for (const auto& name : results_.phase_names) phases_.push_back(fit(name));
}

const ScalingPoint* ScalingModel::point_of(double ranks) const {
  const auto found = std::ranges::find(results_.points, ranks, &ScalingPoint::ranks);
  return found == results_.points.end() ? nullptr : &*found;
}

double ScalingModel::seconds(const ScalingPoint& point, const std::string& phase) const {
  return point.median([&](const Measurement& run) {
    return clock_ == ScalingClock::wall ? run.phase(phase).seconds : run.phase(phase).cpu;
  });
}

double ScalingModel::measured(const ScalingPoint& point) const {
  return point.median([&](const Measurement& run) { return seconds(run); });
}

double ScalingModel::seconds(const Measurement& run) const {
  return clock_ == ScalingClock::wall ? run.seconds : run.cpu();
}

double ScalingModel::subdomains(double ranks) const {
  if (const auto* point = point_of(ranks))
    return point->median([](const auto& run) { return run.subdomains; });
  const auto& last = results_.points.back();
  const double all = last.median([](const auto& run) { return run.subdomains; });
  return results_.weak ? all * ranks / last.ranks : all;
}

double ScalingModel::largest_share(double ranks) const { return std::ceil(subdomains(ranks) / ranks - 1e-9); }

/// Relative to the first point: the geometric mean of both rates. Beyond the measured ranks nodes are full.
double ScalingModel::slowdown(double ranks) const {
  if (clock_ == ScalingClock::processor) return 1;
  const auto rate = [](const Measurement& run) {
    return run.machine ? std::sqrt(run.machine->multiply_rate * run.machine->copy_rate) : 0;
  };
  const auto* point = point_of(ranks);
  const double first = results_.points.front().median(rate);
  const double here = (point ? *point : results_.points.back()).median(rate);
  return first > 0 && here > 0 ? first / here : 1;
}

/// Of a coarse problem, relative to the first point.
double ScalingModel::growth(const PhaseFit& phase, double ranks) const {
  if (!phase.coarse) return 1;
  const double first = subdomains(results_.points.front().ranks), ratio = subdomains(ranks) / first;
  if (results_.dimension < 2) return ratio;
  const bool three = results_.dimension > 2;
  if (!phase.iterates) return std::pow(ratio, three ? 2.0 : 1.5);
  return three ? std::pow(ratio, 4.0 / 3) : ratio * std::log(1 + subdomains(ranks)) / std::log(1 + first);
}

/// Relative to the first point. Beyond the measured ones they grow with the logarithm of the ranks as they
/// did, or stay.
double ScalingModel::iterations(double ranks) const {
  const auto count = [](const ScalingPoint& point) {
    return std::max(1.0, point.median([](const auto& run) { return run.iterations; }));
  };
  const double first = count(results_.points.front());
  if (const auto* point = point_of(ranks)) return count(*point) / first;
  std::vector<Sample> samples;
  for (const auto& point : results_.points)
    samples.push_back({std::log2(point.ranks), 1, count(point) / first, 1});
  const auto [slope, constant] = fit_nonnegative(samples);
  return std::max(constant + slope * std::log2(ranks), count(results_.points.back()) / first);
}

double ScalingModel::sending(const PhaseFit& phase, double ranks) const {
  if (ranks <= 1) return 0;
  const auto* point = point_of(ranks);
  const auto& counted = point ? *point : results_.points.back();
  if (counted.ranks == 1) return 0;
  const auto median = [&](double PhaseMeasure::*member) {
    return counted.median([&](const Measurement& run) { return run.phase(phase.name).*member; });
  };
  const auto network = [&](double NetworkSpeed::*member) {
    return counted.median(
        [&](const Measurement& run) { return run.machine ? run.machine->network.*member : 0; });
  };
  NetworkSpeed speed{network(&NetworkSpeed::latency), network(&NetworkSpeed::bandwidth),
                     network(&NetworkSpeed::stage)};
  if (!point && network_) speed = *network_;
  const Blocks here(results_.dimension, subdomains(ranks), ranks);
  const Blocks there(results_.dimension, subdomains(counted.ranks), counted.ranks);
  const double more = phase.iterates ? iterations(ranks) / iterations(counted.ranks) : 1;
  const double messages = median(&PhaseMeasure::messages) * here.neighbours() / there.neighbours();
  const double bytes = median(&PhaseMeasure::bytes) * here.surface() / there.surface();
  const double reductions = median(&PhaseMeasure::reductions);
  return more * (messages * speed.latency + (speed.bandwidth > 0 ? bytes / speed.bandwidth : 0) +
                 reductions * speed.stage * std::ceil(std::log2(ranks)));
}

ScalingModel::PhaseFit ScalingModel::fit(const std::string& name) const {
  PhaseFit phase{name, std::ranges::find(iterating, name) != iterating.end(), name.starts_with("coarse "), 0,
                 0};
  std::vector<Sample> samples;
  for (const auto& point : results_.points) {
    const double factor = slowdown(point.ranks) * (phase.iterates ? iterations(point.ranks) : 1);
    const double grown = growth(phase, point.ranks);
    const double share = phase.coarse ? grown / point.ranks : largest_share(point.ranks);
    const double all = measured(point);
    const double sent = clock_ == ScalingClock::wall ? sending(phase, point.ranks) : 0;
    samples.push_back(
        {factor * share, factor * grown, std::max(0.0, seconds(point, name) - sent), all > 0 ? 1 / all : 1});
  }
  const auto [a, b] = fit_nonnegative(samples);
  phase.work = a;
  phase.fixed = b;
  return phase;
}

Prediction ScalingModel::predict(double ranks) const {
  Prediction prediction{.ranks = ranks};
  for (const auto& phase : phases_) {
    const double factor = slowdown(ranks) * (phase.iterates ? iterations(ranks) : 1);
    const double grown = growth(phase, ranks);
    if (phase.coarse) {
      // A sparse factorisation stops gaining from more ranks than it was measured with.
      const double helping = std::min(ranks, static_cast<double>(results_.points.back().ranks));
      prediction.coarse += factor * grown * (phase.work / helping + phase.fixed);
    } else {
      prediction.work += factor * phase.work * largest_share(ranks);
      prediction.fixed += factor * phase.fixed;
    }
    if (clock_ == ScalingClock::wall) prediction.messages += sending(phase, ranks);
  }
  return prediction;
}

std::optional<Prediction> predict_last(const ScalingResults& results, ScalingClock clock) {
  if (results.points.size() < 3) return std::nullopt;
  auto fewer = results;
  fewer.points.pop_back();
  return ScalingModel(fewer, clock).predict(results.points.back().ranks);
}

}  // namespace ddpinn
