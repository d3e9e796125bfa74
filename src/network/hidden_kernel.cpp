// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
// The kernel of kinds without one of their own: their features under a linear output layer.
#include "network/hidden_network.hpp"

#include "dense/lapack.hpp"

#include <algorithm>
#include <numeric>

namespace ddpinn {

namespace {

/// Points that go through a network together: enough that the work outweighs a call, few enough that what a
/// pass keeps takes some tens of megabytes.
constexpr std::size_t block_points = 512;

/// Blocks of the streams of numbers by points, cut out of an array of all points or put back.
template <class Copy>
void for_columns(std::size_t numbers, std::size_t first, std::size_t count, std::size_t points, Copy&& copy) {
  for (std::size_t v = 0; v < numbers; ++v) copy(v * count, v * points + first);
}

class HiddenKernel final : public NetworkKernel {
 public:
  HiddenKernel(std::unique_ptr<const HiddenNetwork> hidden, const NetworkKind& kind, const KernelSize& size)
      : NetworkKernel(size, hidden->streams()),
        hidden_(std::move(hidden)),
        width_(kind.width()),
        first_(kind.parameters()),
        outputs_(size.outputs) {}

 private:
  MatrixView weights(std::span<const double> parameters) const {
    return {parameters.data() + first_, width_, outputs_, width_};
  }
  std::size_t bias() const { return first_ + width_ * outputs_; }

  /// One stream of numbers by points as a matrix of points by numbers.
  static MatrixView stream(std::span<const double> numbers, std::size_t s, std::size_t count,
                           std::size_t points) {
    return {numbers.data() + s * count * points, points, count, points};
  }

  /// values = features * weights + bias
  void outputs(std::span<const double> parameters, std::span<const double> features, std::size_t n,
               double* values) const {
    for (std::size_t s = 0; s < streams().size(); ++s)
      multiply(1, Op::none, stream(features, s, width_, n), Op::none, weights(parameters), 0,
               values + s * outputs_ * n, n);
    for (std::size_t o = 0; o < outputs_; ++o)
      for (std::size_t k = 0; k < n; ++k) values[o * n + k] += parameters[bias() + o];
  }

  /// Cotangents of the features from those of the values.
  std::vector<double> pulled(std::span<const double> parameters, std::span<const double> cotangents,
                             std::size_t n) const {
    std::vector<double> result(streams().size() * width_ * n);
    for (std::size_t s = 0; s < streams().size(); ++s)
      multiply(1, Op::none, stream(cotangents, s, outputs_, n), Op::transpose, weights(parameters), 0,
               result.data() + s * width_ * n, n);
    return result;
  }

  void do_evaluate(ConstArrays parameters, std::span<const NetworkGroup> groups,
                   Arrays values_out) const override {
    std::size_t i = 0;
    for (const auto& group : groups)
      for (const auto& cover : group.covers)
        evaluate_cover(cover, parameters[cover.network], values_out[i++]);
  }

  void evaluate_cover(const NetworkCover& cover, std::span<const double> parameters,
                      std::span<double> result) const {
    const auto n = cover.xi.size();
    std::vector<double> block;
    for (std::size_t first = 0; first < n; first += block_points) {
      const auto count = std::min(block_points, n - first);
      const auto pass =
          hidden_->forward(parameters.first(first_), cover.xi.subspan(first, count), cover.laplacian, false);
      block.resize(values() * count);
      outputs(parameters, pass->features(), count, block.data());
      for_columns(values(), first, count, n,
                  [&](std::size_t from, std::size_t to) { std::copy_n(&block[from], count, &result[to]); });
    }
  }

  void do_gradient(ConstArrays parameters, std::span<const NetworkGroup> groups, const Cotangents& cotangents,
                   Arrays gradients) const override {
    for (std::size_t g = 0; g < groups.size(); ++g)
      for (std::size_t first = 0; first < groups[g].points(); first += block_points) {
        const auto count = std::min(block_points, groups[g].points() - first);
        block_gradient(parameters, groups[g], {g, first, count, {}, {}}, cotangents, gradients);
      }
  }

  void block_gradient(ConstArrays parameters, const NetworkGroup& group, PointBlock block,
                      const Cotangents& cotangents, Arrays gradients) const {
    const auto covers = group.covers.size(), n = block.count;
    std::vector<std::unique_ptr<HiddenPass>> passes;
    std::vector<double> results(covers * values() * n), slopes(covers * values() * n, 0.0);
    std::vector<std::span<const double>> in;
    std::vector<std::span<double>> out;
    for (std::size_t c = 0; c < covers; ++c) {
      const auto& cover = group.covers[c];
      const auto own = parameters[cover.network];
      passes.push_back(
          hidden_->forward(own.first(first_), cover.xi.subspan(block.first, n), cover.laplacian, true));
      in.push_back(std::span(results).subspan(c * values() * n, values() * n));
      out.push_back(std::span(slopes).subspan(c * values() * n, values() * n));
      outputs(own, passes.back()->features(), n, results.data() + c * values() * n);
    }
    block.values = in;
    block.cotangents = out;
    cotangents(block);
    for (std::size_t c = 0; c < covers; ++c) {
      const auto network = group.covers[c].network;
      passes[c]->add_gradient(pulled(parameters[network], out[c], n), gradients[network].first(first_));
      add_output_gradient(passes[c]->features(), out[c], n, gradients[network]);
    }
  }

  void add_output_gradient(std::span<const double> features, std::span<const double> cotangents,
                           std::size_t n, std::span<double> gradient) const {
    for (std::size_t s = 0; s < streams().size(); ++s)
      multiply(1, Op::transpose, stream(features, s, width_, n), Op::none, stream(cotangents, s, outputs_, n),
               1, gradient.data() + first_, width_);
    for (std::size_t o = 0; o < outputs_; ++o) {
      const auto slopes = cotangents.subspan(o * n, n);
      gradient[bias() + o] += std::accumulate(slopes.begin(), slopes.end(), 0.0);
    }
  }

  void do_jacobian(const RowTask& task) const override {
    const auto n = task.cover.xi.size();
    std::vector<double> coefficients, rows;
    for (std::size_t first = 0; first < n; first += block_points) {
      const auto count = std::min(block_points, n - first);
      coefficients.resize(values() * count);
      for_columns(values(), first, count, n, [&](std::size_t to, std::size_t from) {
        std::copy_n(&task.coefficients[from], count, &coefficients[to]);
      });
      rows.assign(size().parameters * count, 0.0);
      block_rows(task, task.cover.xi.subspan(first, count), coefficients, rows);
      for_columns(size().parameters, first, count, n,
                  [&](std::size_t from, std::size_t to) { std::copy_n(&rows[from], count, &task.rows[to]); });
    }
  }

  void block_rows(const RowTask& task, std::span<const Point> xi, std::span<const double> coefficients,
                  std::span<double> rows) const {
    const auto n = xi.size();
    const auto hidden = task.parameters.first(first_);
    hidden_->rows(hidden, xi, task.cover.laplacian, pulled(task.parameters, coefficients, n),
                  rows.first(first_ * n));
    const auto pass = hidden_->forward(hidden, xi, task.cover.laplacian, false);
    for (std::size_t s = 0; s < streams().size(); ++s)
      for (std::size_t o = 0; o < outputs_; ++o)
        for (std::size_t j = 0; j < width_; ++j) {
          const double* coefficient = &coefficients[(s * outputs_ + o) * n];
          const double* feature = &pass->features()[(s * width_ + j) * n];
          double* row = &rows[(first_ + o * width_ + j) * n];
          for (std::size_t k = 0; k < n; ++k) row[k] += coefficient[k] * feature[k];
        }
    std::copy_n(coefficients.begin(), outputs_ * n, rows.begin() + bias() * n);
  }

  std::unique_ptr<const HiddenNetwork> hidden_;
  std::size_t width_;
  std::size_t first_;  ///< parameters of the hidden layers, which come first
  std::size_t outputs_;
};

}  // namespace

std::unique_ptr<NetworkKernel> make_kernel(std::unique_ptr<const HiddenNetwork> hidden,
                                           const NetworkKind& kind, int outputs) {
  const KernelSize size{hidden->streams().dimension(), outputs,
                        kind.parameters() + (kind.width() + 1) * outputs};
  return std::make_unique<HiddenKernel>(std::move(hidden), kind, size);
}

}  // namespace ddpinn
