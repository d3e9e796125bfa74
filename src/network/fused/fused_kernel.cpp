// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
// The kernel for processors: blocks of points that stay in the cache go forward and back through all layers.
#include "network/fused/network_pass.hpp"
#include "network/kernel.hpp"

#include <algorithm>

namespace ddpinn {

namespace {

using namespace fused;

/// What the tiles of all covers of a block may take of the second-level cache, and how many tiles are enough.
constexpr std::size_t cache_bytes = 400'000;
constexpr std::size_t most_tiles = 8;

template <class Real>
class FusedKernel final : public NetworkKernel {
 public:
  FusedKernel(const TrainableShape& shape, const Streams& streams, const std::string& instructions)
      : NetworkKernel(kernel_size(shape), streams),
        shape_(shape),
        operations_(choose_operations<Real>(instructions)),
        tables_(streams) {}

 private:
  using Numbers = std::vector<Real>;

  std::size_t block_points(std::size_t covers) const {
    const auto bytes =
        NetworkPass<Real>::tile_bytes(shape_, streams(), operations_) * std::max<std::size_t>(covers, 1);
    const std::size_t tiles = std::clamp<std::size_t>(cache_bytes / bytes, 1, most_tiles);
    return tiles * operations_.points;
  }

  /// A pass for each cover, with place for blocks of any group.
  void reserve(std::size_t covers) const {
    while (passes_.size() < covers) passes_.emplace_back(shape_, streams(), operations_, most_tiles);
  }

  StreamFunction<Real> function(const NetworkCover& cover) const {
    return tables_.function(shape_.activation, cover.laplacian);
  }

  static std::vector<Numbers> converted(ConstArrays parameters) {
    std::vector<Numbers> result;
    for (auto p : parameters) {
      result.emplace_back(p.begin(), p.end());
    }
    return result;
  }

  /// Copies a block of a cover from or to the array of its whole group.
  template <class Copy>
  void for_block_rows(std::size_t first, std::size_t count, std::size_t points, Copy&& copy) const {
    for (std::size_t v = 0; v < values(); ++v) copy(v * count, v * points + first);
  }

  void do_evaluate(ConstArrays parameters, std::span<const NetworkGroup> groups,
                   Arrays results) const override {
    const auto networks = converted(parameters);
    reserve(1);
    std::vector<double> block;
    std::size_t i = 0;
    for (const auto& group : groups)
      for (const auto& cover : group.covers)
        evaluate_cover(cover, networks[cover.network], results[i++], block);
  }

  void evaluate_cover(const NetworkCover& cover, const Numbers& parameters, std::span<double> result,
                      std::vector<double>& block) const {
    const auto n = cover.xi.size(), step = block_points(1);
    for (std::size_t first = 0; first < n; first += step) {
      const auto count = std::min(step, n - first);
      block.resize(values() * count);
      passes_[0].forward(parameters.data(), tables_, function(cover), cover.xi.subspan(first, count), block);
      for_block_rows(first, count, n, [&](std::size_t from, std::size_t to) {
        std::copy_n(&block[from], count, &result[to]);
      });
    }
  }

  void do_gradient(ConstArrays parameters, std::span<const NetworkGroup> groups, const Cotangents& cotangents,
                   Arrays gradients) const override {
    const auto networks = converted(parameters);
    std::vector<Numbers> sums;
    for (const auto& network : networks) sums.emplace_back(network.size());
    for (std::size_t g = 0; g < groups.size(); ++g) {
      const auto n = groups[g].points(), step = block_points(groups[g].covers.size());
      for (std::size_t first = 0; first < n; first += step)
        block_gradient(networks, groups[g], {g, first, std::min(step, n - first), {}, {}}, cotangents, sums);
    }
    for (std::size_t i = 0; i < sums.size(); ++i)
      std::ranges::transform(sums[i], gradients[i], gradients[i].begin(),
                             [](Real a, double b) { return a + b; });
  }

  void block_gradient(const std::vector<Numbers>& networks, const NetworkGroup& group, PointBlock block,
                      const Cotangents& cotangents, std::vector<Numbers>& sums) const {
    const auto covers = group.covers.size(), size = values() * block.count;
    reserve(covers);
    values_.resize(covers * size);
    cotangents_.assign(covers * size, 0.0);
    std::vector<std::span<const double>> in;
    std::vector<std::span<double>> out;
    for (std::size_t c = 0; c < covers; ++c) {
      const auto& cover = group.covers[c];
      const auto results = std::span(values_).subspan(c * size, size);
      passes_[c].forward(networks[cover.network].data(), tables_, function(cover),
                         cover.xi.subspan(block.first, block.count), results);
      in.emplace_back(results);
      out.push_back(std::span(cotangents_).subspan(c * size, size));
    }
    block.values = in;
    block.cotangents = out;
    cotangents(block);
    for (std::size_t c = 0; c < covers; ++c) {
      const auto& cover = group.covers[c];
      passes_[c].backward(networks[cover.network].data(), function(cover), out[c],
                          sums[cover.network].data());
    }
  }

  void do_jacobian(const RowTask& task) const override {
    const std::span<const double> only[] = {task.parameters};
    const auto parameters = converted(only).front();
    const auto n = task.cover.xi.size(), step = block_points(1);
    reserve(1);
    for (std::size_t first = 0; first < n; first += step) {
      const auto count = std::min(step, n - first);
      values_.resize(values() * count);
      passes_[0].forward(parameters.data(), tables_, function(task.cover),
                         task.cover.xi.subspan(first, count), values_);
      for_block_rows(first, count, n, [&](std::size_t to, std::size_t from) {
        std::copy_n(&task.coefficients[from], count, &values_[to]);
      });
      passes_[0].rows(parameters.data(), function(task.cover), values_, task.rows.data() + first, n);
    }
  }

  TrainableShape shape_;
  const Operations<Real>& operations_;
  StreamTables<Real> tables_;
  // Kept from call to call: fresh memory of this size would cost more than a small step itself.
  mutable std::vector<NetworkPass<Real>> passes_;
  mutable std::vector<double> values_, cotangents_;
};

}  // namespace

std::unique_ptr<NetworkKernel> make_fused_kernel(const TrainableShape& shape, const Streams& streams,
                                                 Precision precision, const std::string& instructions) {
  if (precision == Precision::float32)
    return std::make_unique<FusedKernel<float>>(shape, streams, instructions);
  return std::make_unique<FusedKernel<double>>(shape, streams, instructions);
}

}  // namespace ddpinn
