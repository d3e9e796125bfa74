// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "assembly/normal_blocks.hpp"

#include "dense/lapack.hpp"
#include "space/block_exchange.hpp"

#include <algorithm>

namespace ddpinn {

namespace {

/// Rows that two blocks share: where they begin in each, and how many.
struct SharedRows {
  std::size_t first;
  std::size_t second;
  std::size_t count;
};
using SharedByPair = std::map<std::pair<std::size_t, std::size_t>, std::vector<SharedRows>>;

/// The rows that each pair of different blocks shares. Rows that the same subdomains cover are consecutive,
/// so no row is copied; what continues the rows before it in both blocks is taken together with them.
SharedByPair shared_rows(const Rows& discretisation) {
  const auto& blocks = discretisation.blocks();
  const auto& chunks = discretisation.rows().chunks;
  std::vector<std::vector<std::pair<std::size_t, std::size_t>>> covering(chunks.size());
  for (std::size_t b = 0; b < blocks.size(); ++b)
    for (const auto& [chunk, offset] : blocks[b].parts) covering[chunk].emplace_back(b, offset);
  SharedByPair shared;
  for (std::size_t c = 0; c < chunks.size(); ++c)
    for (std::size_t i = 0; i < covering[c].size(); ++i)
      for (std::size_t j = i + 1; j < covering[c].size(); ++j) {
        const auto [first, first_row] = covering[c][i];
        const auto [second, second_row] = covering[c][j];
        auto& list = shared[{first, second}];
        if (!list.empty() && list.back().first + list.back().count == first_row &&
            list.back().second + list.back().count == second_row)
          list.back().count += chunks[c].count;
        else
          list.push_back({first_row, second_row, chunks[c].count});
      }
  return shared;
}

MatrixView rows_of(const Matrix& a, std::size_t begin, std::size_t count) {
  return {a.data() + begin, count, a.columns(), a.rows()};
}

void mirror_lower_triangle(Matrix& a) {
  for (std::size_t j = 0; j < a.columns(); ++j)
    for (std::size_t i = j + 1; i < a.rows(); ++i) a(j, i) = a(i, j);
}

/// J^T J
Matrix gram_of(const Matrix& j) {
  Matrix result(j.columns(), j.columns());
  add_gram(j, result.data(), j.columns());
  mirror_lower_triangle(result);
  return result;
}

/// The products of the rows that two blocks share.
Matrix product_of(const Matrix& first, const Matrix& second, const std::vector<SharedRows>& list) {
  auto result = Matrix::uninitialised(first.columns(), second.columns());
  double beta = 0;
  for (const auto& rows : list) {
    multiply(1, Op::transpose, rows_of(first, rows.first, rows.count), Op::none,
             rows_of(second, rows.second, rows.count), beta, result.data(), result.rows());
    beta = 1;
  }
  return result;
}

/// This rank's part of all pairs.
std::vector<SharedBlock> local_products(const JacobianOperator& jacobian, const StopTest& stop) {
  constexpr std::size_t of_a_round = 64;
  const auto& comm = jacobian.communicator();
  const auto& blocks = jacobian.discretisation().blocks();
  const auto& layout = jacobian.layout();
  DerivedMatrices made;
  std::vector<SharedBlock> products;
  in_rounds(comm, blocks.size(), of_a_round, stop, [&](std::size_t b) {
    const auto& j = jacobian.blocks()[b];
    const int k = blocks[b].subdomain;
    products.push_back({layout.owner(k), k, k, made({&j}, {}, [&] { return gram_of(j); })});
  });
  const auto shared = shared_rows(jacobian.discretisation());
  auto next = shared.begin();
  in_rounds(comm, shared.size(), of_a_round, stop, [&](std::size_t) {
    const auto& [pair, list] = *next++;
    const auto &first = jacobian.blocks()[pair.first], &second = jacobian.blocks()[pair.second];
    const int l = blocks[pair.first].subdomain, m = blocks[pair.second].subdomain;
    std::vector<std::size_t> rows;
    for (const auto& part : list) rows.insert(rows.end(), {part.first, part.second, part.count});
    products.push_back({layout.owner(l), l, m,
                        made({&first, &second}, rows, [&] { return product_of(first, second, list); })});
  });
  return products;
}

}  // namespace

NormalBlocks::NormalBlocks(const JacobianOperator& jacobian, const StopTest& stop) {
  const auto incoming = exchange_blocks(jacobian.communicator(), local_products(jacobian, stop));
  std::map<Pair, std::vector<const SharedBlock*>> parts;
  for (const auto& part : incoming) parts[{part.first, part.second}].push_back(&part);
  DerivedMatrices sums;
  for (const auto& [pair, members] : parts) {
    std::vector<const Matrix*> matrices;
    for (const auto* member : members) matrices.push_back(member->block.get());
    blocks_[pair] =
        members.size() == 1 ? members.front()->block : sums(matrices, {}, [&] { return sum_of(matrices); });
  }
  find_neighbours(jacobian.communicator(), jacobian.layout().subdomains());
}

NormalBlocks NormalBlocks::with_diagonal(const std::map<int, std::vector<double>>& diagonal) const {
  auto result = *this;
  for (const auto& [k, values] : diagonal) {
    const auto found = result.blocks_.find({k, k});
    if (found == result.blocks_.end()) continue;
    auto block = *found->second;
    for (std::size_t i = 0; i < values.size(); ++i) block(i, i) += values[i];
    found->second = shared(std::move(block));
  }
  return result;
}

void NormalBlocks::find_neighbours(const Communicator& comm, int subdomains) {
  std::vector<double> pairs;
  for (const auto& [pair, block] : blocks_) {
    pairs.push_back(pair.first);
    pairs.push_back(pair.second);
  }
  pairs = all_gather(comm, pairs);
  neighbours_.resize(subdomains);
  for (std::size_t i = 0; i < pairs.size(); i += 2) {
    const int l = pairs[i], m = pairs[i + 1];
    neighbours_[l].push_back(m);
    if (l != m) neighbours_[m].push_back(l);
  }
  for (auto& list : neighbours_) std::ranges::sort(list);
}

}  // namespace ddpinn
