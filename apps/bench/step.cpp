// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "bench/step.hpp"

#include <cblas.h>
#include <fmt/format.h>

#include <algorithm>
#include <cstdio>
#include <ctime>

namespace ddpinn::bench {

StepCase::StepCase(std::string case_name, const TrainableShape& network, const Streams& carried,
                   std::size_t networks, Precision computed_in)
    : name(std::move(case_name)),
      shape(network),
      streams(carried),
      precision(computed_in),
      gradients(networks, std::vector<double>(network.parameters())),
      parameters_(gradients) {
  for (std::size_t i = 0; i < networks; ++i) initialise(shape, 1, i, parameters_[i]);
}

void StepCase::add_group(const std::vector<std::size_t>& networks, const std::vector<std::vector<Point>>& xi,
                         const Directional& laplacian) {
  auto& group = groups_.emplace_back();
  for (std::size_t c = 0; c < networks.size(); ++c) {
    xi_.push_back(std::make_unique<std::vector<Point>>(xi[c]));
    group.covers.push_back({networks[c], *xi_.back(), laplacian});
    evaluations_ += xi[c].size();
  }
  points += group.points();
}

double StepCase::step(const NetworkKernel& kernel) {
  for (auto& gradient : gradients) std::ranges::fill(gradient, 0.0);
  const std::vector<std::span<const double>> parameters(parameters_.begin(), parameters_.end());
  const std::vector<std::span<double>> targets(gradients.begin(), gradients.end());
  double loss = 0;
  kernel.gradient(
      parameters, groups_, [&](const PointBlock& block) { loss += rows_(block); }, targets);
  return loss;
}

/// What enters the first layer has constant derivatives, and nothing goes back to the points.
double StepCase::product_flops() const {
  const auto layers = shape.layers();
  double weights = 0;
  for (std::size_t l = 1; l < layers.size(); ++l)
    weights += 3.0 * (layers[l].inputs * layers[l].outputs * streams.size());
  weights += 2.0 * (layers[0].inputs * layers[0].outputs);
  return 2 * weights * static_cast<double>(evaluations_);
}

namespace {

/// Processor time of this thread: the time on the clock where the core is ours alone, and unlike it where it
/// is shared.
double now() {
  timespec t{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
  return static_cast<double>(t.tv_sec) + 1e-9 * static_cast<double>(t.tv_nsec);
}

/// The shortest of many repetitions: others can only make it longer.
template <class Work>
double shortest(Work&& work, double budget) {
  work();
  double best = 1e300, spent = 0;
  for (int i = 0; i < 5 || (spent < budget && i < 1000); ++i) {
    const double start = now();
    work();
    const double seconds = now() - start;
    best = std::min(best, seconds);
    spent += seconds;
  }
  return best;
}

template <class Real>
double peak_flops() {
  constexpr int n = 1024;
  std::vector<Real> a(n * n, Real(1)), b(n * n, Real(0.5)), c(n * n);
  const double seconds = shortest(
      [&] {
        if constexpr (sizeof(Real) == 4)
          cblas_sgemm(CblasRowMajor, CblasNoTrans, CblasNoTrans, n, n, n, 1, a.data(), n, b.data(), n, 0,
                      c.data(), n);
        else
          cblas_dgemm(CblasRowMajor, CblasNoTrans, CblasNoTrans, n, n, n, 1, a.data(), n, b.data(), n, 0,
                      c.data(), n);
      },
      0.5);
  return 2.0 * n * n * n / seconds;
}

void measure(StepCase& step_case, double peak) {
  const bool single = step_case.precision == Precision::float32;
  for (const bool fused : {true, false}) {
    const auto kernel = fused
                            ? make_fused_kernel(step_case.shape, step_case.streams, step_case.precision)
                            : make_reference_kernel(step_case.shape, step_case.streams, step_case.precision);
    const double seconds = shortest([&] { step_case.step(*kernel); }, 1);
    fmt::print("step: net={} points={} precision={} kernel={} seconds={:.3g} gemm_fraction={:.2f}\n",
               step_case.name, step_case.points, single ? "float32" : "float64",
               fused ? "fused" : "reference", seconds, step_case.product_flops() / peak / seconds);
    std::fflush(stdout);
  }
}

}  // namespace

void run_steps() {
  const double single = peak_flops<float>(), twice = peak_flops<double>();
  fmt::print("peak: size=1024 float32_gflops={:.1f} float64_gflops={:.1f}\n", single / 1e9, twice / 1e9);
  for (const int width : {64, 128})
    for (const auto precision : {Precision::float32, Precision::float64}) {
      auto poisson = poisson_step(width, precision);
      measure(poisson, precision == Precision::float32 ? single : twice);
    }
  auto burgers = burgers_step();
  measure(burgers, single);
  auto cosine = cosine_step();
  measure(cosine, single);
}

}  // namespace ddpinn::bench
