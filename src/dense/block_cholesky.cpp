// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "dense/block_cholesky.hpp"

#include <ddpinn/error.hpp>

#include <algorithm>
#include <cmath>
#include <memory>
#include <numeric>
#include <set>
#include <span>
#include <string>
#include <type_traits>

namespace ddpinn {

namespace {

using Graph = std::vector<std::set<std::size_t>>;

/// The block whose elimination joins the fewest others, weighted by their rows; the first of several.
std::size_t next_pivot(const Graph& graph, const std::vector<std::size_t>& size,
                       const std::set<std::size_t>& left) {
  const auto degree = [&](std::size_t k) {
    std::size_t rows = 0;
    for (auto j : graph[k]) rows += size[j];
    return rows;
  };
  return *std::ranges::min_element(left, {}, degree);
}

/// Takes a block out of the graph; those that it reached are neighbours afterwards.
std::set<std::size_t> eliminate(Graph& graph, std::size_t pivot) {
  const auto reached = graph[pivot];
  for (auto i : reached) {
    graph[i].insert(reached.begin(), reached.end());
    graph[i].erase(i);
    graph[i].erase(pivot);
  }
  return reached;
}

}  // namespace

BlockElimination::BlockElimination(const std::vector<std::size_t>& size,
                                   const std::vector<std::pair<std::size_t, std::size_t>>& pairs)
    : position(size.size()) {
  Graph graph(size.size());
  for (const auto& [i, j] : pairs) {
    graph[i].insert(j);
    graph[j].insert(i);
  }
  std::set<std::size_t> left;
  for (std::size_t k = 0; k < size.size(); ++k) left.insert(left.end(), k);
  std::set<std::size_t> border;
  for (std::size_t turn = 0; turn < size.size(); ++turn) {
    // The next pivot joins the front where it reaches just what is left of the front's border.
    auto pivot = next_pivot(graph, size, left);
    const bool joins = [&] {
      for (auto k : border)
        if (graph[k].size() + 1 == border.size()) {
          pivot = k;
          return true;
        }
      return false;
    }();
    if (!joins) fronts.emplace_back();
    border = eliminate(graph, pivot);
    left.erase(pivot);
    position[pivot] = turn;
    auto& front = fronts.back();
    front.pivots.push_back(pivot);
    front.pivot_rows += size[pivot];
    front.border.assign(border.begin(), border.end());
  }
  for (auto& front : fronts) {
    std::ranges::sort(front.border, {}, [&](std::size_t k) { return position[k]; });
    front.rows = front.pivot_rows;
    for (auto k : front.border) front.rows += size[k];
  }
}

std::size_t BlockElimination::entries() const {
  std::size_t total = 0;
  for (const auto& front : fronts) total += front.rows * front.pivot_rows;
  return total;
}

namespace {

std::vector<std::pair<std::size_t, std::size_t>> pairs_of(const SymmetricBlocks& blocks) {
  std::vector<std::pair<std::size_t, std::size_t>> pairs;
  for (const auto& [pair, block] : blocks)
    if (pair.first != pair.second) pairs.push_back(pair);
  return pairs;
}

double largest_diagonal(const SymmetricBlocks& blocks) {
  double largest = 0;
  for (const auto& [pair, block] : blocks)
    if (pair.first == pair.second)
      for (std::size_t i = 0; i < block->rows(); ++i) largest = std::max(largest, std::abs((*block)(i, i)));
  return largest;
}

bool all_finite(const SymmetricBlocks& blocks) {
  return std::ranges::all_of(blocks, [](const auto& entry) {
    return std::ranges::all_of(entry.second->entries(), [](double v) { return std::isfinite(v); });
  });
}

/// target = scale a, whose columns are `stride` apart.
template <class Real>
void copy_scaled(const Matrix& a, double scale, Real* target, std::size_t stride) {
  for (std::size_t j = 0; j < a.columns(); ++j)
    for (std::size_t i = 0; i < a.rows(); ++i) target[i + j * stride] = static_cast<Real>(scale * a(i, j));
}

/// target = scale a^T, whose columns are `stride` apart.
template <class Real>
void copy_transposed(const Matrix& a, double scale, Real* target, std::size_t stride) {
  constexpr std::size_t tile = 8;  // columns of a whose targets share a cache line
  for (std::size_t begin = 0; begin < a.columns(); begin += tile) {
    const auto end = std::min(begin + tile, a.columns());
    for (std::size_t i = 0; i < a.rows(); ++i)
      for (std::size_t j = begin; j < end; ++j) target[j + i * stride] = static_cast<Real>(scale * a(i, j));
  }
}

/// The power of two at or below the largest of these numbers; 1 where all are zero, or one is not finite.
double unit_of(std::span<const double> numbers) {
  double largest = 0;
  for (double value : numbers) largest = std::max(largest, std::abs(value));
  return largest > 0 && std::isfinite(largest) ? std::ldexp(1.0, std::ilogb(largest)) : 1;
}

template <class Real>
std::vector<double> shifts() {
  if constexpr (std::is_same_v<Real, float>) return {1e-6};
  return {1e-14, 1e-13, 1e-12, 1e-11, 1e-10, 1e-9, 1e-8, 1e-7, 1e-6};
}

}  // namespace

template <class Real>
std::optional<BlockCholesky<Real>> BlockCholesky<Real>::make(const std::vector<std::size_t>& size,
                                                             const SymmetricBlocks& blocks) {
  BlockCholesky result(size, blocks);
  if (!all_finite(blocks) || !result.factorise_shifted(blocks)) return {};  // not every LAPACK notices
  return result;
}

template <class Real>
BlockCholesky<Real>::BlockCholesky(const std::vector<std::size_t>& size, const SymmetricBlocks& blocks)
    : elimination_(size, pairs_of(blocks)),
      offset_(size.size() + 1, 0),
      front_(size.size()),
      front_offset_(size.size()) {
  for (std::size_t k = 0; k < size.size(); ++k) offset_[k + 1] = offset_[k] + size[k];
  for (std::size_t f = 0; f < elimination_.fronts.size(); ++f) {
    std::size_t offset = 0;
    for (auto k : elimination_.fronts[f].pivots) {
      front_[k] = f;
      front_offset_[k] = offset;
      offset += size[k];
    }
  }
}

template <class Real>
bool BlockCholesky<Real>::factorise_shifted(const SymmetricBlocks& blocks) {
  const double largest = largest_diagonal(blocks);
  scale_ = 1 / unit_of({&largest, 1});
  for (double shift : shifts<Real>()) {
    shift_ = shift * largest;
    assemble(blocks, shift_);
    if (factorise_fronts()) return true;
  }
  return false;
}

/// The matrix itself in the places of the factor.
template <class Real>
void BlockCholesky<Real>::assemble(const SymmetricBlocks& blocks, double shift) {
  factor_.clear();
  for (const auto& front : elimination_.fronts)
    factor_.push_back({front.rows, front.pivot_rows, std::vector<Real>(front.rows * front.pivot_rows)});
  for (const auto& [pair, block] : blocks) {
    const bool swapped = elimination_.position[pair.first] > elimination_.position[pair.second];
    const auto column = swapped ? pair.second : pair.first, row = swapped ? pair.first : pair.second;
    auto& target = factor_[front_[column]];
    Real* begin = target.column(front_offset_[column]) + row_in_front(front_[column], row);
    if (swapped)
      copy_scaled(*block, scale_, begin, target.rows);
    else
      copy_transposed(*block, scale_, begin, target.rows);
    if (row == column)
      for (std::size_t i = 0; i < block->rows(); ++i)
        begin[i * (target.rows + 1)] += static_cast<Real>(scale_ * shift);
  }
}

/// Where a block's rows are in a front.
template <class Real>
std::size_t BlockCholesky<Real>::row_in_front(std::size_t f, std::size_t block) const {
  const auto& front = elimination_.fronts[f];
  if (front_[block] == f) return front_offset_[block];
  std::size_t row = front.pivot_rows;
  for (auto k : front.border) {
    if (k == block) break;
    row += offset_[k + 1] - offset_[k];
  }
  return row;
}

template <class Real>
bool BlockCholesky<Real>::factorise_fronts() {
  for (std::size_t f = 0; f < factor_.size(); ++f) {
    auto& front = factor_[f];
    if (!factorise(front.columns, front.entries.data(), front.rows)) return false;
    if (front.rows == front.columns) continue;
    solve_from_right(front.pivots(), front.rows - front.columns, front.entries.data() + front.columns,
                     front.rows);
    pass_on(f);
  }
  return true;
}

/// Subtracts what the elimination of a front's pivots takes from its border.
template <class Real>
void BlockCholesky<Real>::pass_on(std::size_t f) {
  const auto& front = elimination_.fronts[f];
  const auto rows = front.rows - front.pivot_rows;
  const auto update = std::make_unique_for_overwrite<Real[]>(rows * rows);
  gram_of_rows(factor_[f].border(), update.get(), rows);
  std::size_t column = 0;
  for (std::size_t a = 0; a < front.border.size(); ++a) {
    const auto k = front.border[a];
    auto& target = factor_[front_[k]];
    const auto width = offset_[k + 1] - offset_[k];
    std::size_t row = column;
    for (std::size_t b = a; b < front.border.size(); ++b) {
      const auto l = front.border[b];
      const auto height = offset_[l + 1] - offset_[l];
      Real* begin = target.column(front_offset_[k]) + row_in_front(front_[k], l);
      for (std::size_t j = 0; j < width; ++j) {
        const Real* from = update.get() + (column + j) * rows + row;
        Real* to = begin + j * target.rows;
        for (std::size_t i = l == k ? j : 0; i < height; ++i) to[i] -= from[i];
      }
      row += height;
    }
    column += width;
  }
}

template <class Real>
void BlockCholesky<Real>::gather(const std::vector<std::size_t>& blocks, const double* x, Real* local) const {
  for (auto k : blocks)
    local = std::transform(x + offset_[k], x + offset_[k + 1], local,
                           [](double value) { return static_cast<Real>(value); });
}

template <class Real>
void BlockCholesky<Real>::scatter(const std::vector<std::size_t>& blocks, const Real* local,
                                  double* x) const {
  for (auto k : blocks) {
    const auto count = offset_[k + 1] - offset_[k];
    std::copy_n(local, count, x + offset_[k]);
    local += count;
  }
}

template <class Real>
void BlockCholesky<Real>::solve(double* x, std::size_t count) const {
  std::vector<Real> local;
  const auto visit = [&](std::size_t f, auto&& change) {
    const auto& [pivots, border, pivot_rows, rows] = elimination_.fronts[f];
    const auto below = rows - pivot_rows;
    local.resize(rows * count);
    Real* const of_border = local.data() + pivot_rows * count;
    for (std::size_t c = 0; c < count; ++c) {
      gather(pivots, x + c * size(), local.data() + c * pivot_rows);
      gather(border, x + c * size(), of_border + c * below);
    }
    change(factor_[f], local.data(), of_border);
    for (std::size_t c = 0; c < count; ++c) {
      scatter(pivots, local.data() + c * pivot_rows, x + c * size());
      scatter(border, of_border + c * below, x + c * size());
    }
  };
  const std::span all(x, count * size());
  const double unit = unit_of(all);  // floats reach neither 1e-40 nor 1e40
  for (double& value : all) value /= unit;
  for (std::size_t f = 0; f < factor_.size(); ++f)
    visit(f, [&](const Front& front, Real* pivots, Real* border) {
      solve_lower(Op::none, front.pivots(), pivots, count);
      subtract_product(Op::none, front.border(), pivots, count, border);
    });
  for (std::size_t f = factor_.size(); f-- > 0;)
    visit(f, [&](const Front& front, Real* pivots, const Real* border) {
      subtract_product(Op::transpose, front.border(), border, count, pivots);
      solve_lower(Op::transpose, front.pivots(), pivots, count);
    });
  for (double& value : all) value *= scale_ * unit;
}

template class BlockCholesky<float>;
template class BlockCholesky<double>;

namespace {

std::variant<BlockCholesky<float>, BlockCholesky<double>> factorised(const std::vector<std::size_t>& size,
                                                                     const SymmetricBlocks& blocks,
                                                                     Precision precision) {
  if (precision == Precision::float32)
    if (auto factor = BlockCholesky<float>::make(size, blocks)) return std::move(*factor);
  if (auto factor = BlockCholesky<double>::make(size, blocks)) return std::move(*factor);
  throw Error(Status::numerical,
              "the Cholesky factorisation of a local matrix of " +
                  std::to_string(std::accumulate(size.begin(), size.end(), std::size_t{0})) +
                  " rows failed (it is not positive definite, or an entry is not finite); "
                  "raise solver.krylov.compression "
                  "or use more points than features");
}

}  // namespace

LocalFactor::LocalFactor(const std::vector<std::size_t>& size, const SymmetricBlocks& blocks,
                         Precision precision)
    : factor_(factorised(size, blocks, precision)) {}

void LocalFactor::solve(double* x, std::size_t count) const {
  std::visit([&](const auto& factor) { factor.solve(x, count); }, factor_);
}

std::size_t LocalFactor::size() const {
  return std::visit([](const auto& factor) { return factor.size(); }, factor_);
}

}  // namespace ddpinn
