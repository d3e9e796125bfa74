// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "judge/enriched_coordinates.hpp"

#include "dense/lapack.hpp"
#include "space/block_exchange.hpp"

#include <algorithm>
#include <cmath>

namespace ddpinn {

namespace {

/// Squared part of an added function that its subdomain's own functions cannot represent, below which it is
/// rounding and left out.
constexpr double least_new = 1e-8;

/// Which features of a richer network are its enrichment's, for each field: [first, first + count).
struct Added {
  std::size_t first, count, features, fields;

  explicit Added(const Rows& rich)
      : count(rich.family().shape.enrichment.size()),
        features(rich.family().shape.features()),
        fields(rich.model().fields.size()) {
    first = rich.family().shape.polynomials() - count;
  }
  bool has(std::size_t column) const {
    const auto feature = column % features;
    return feature >= first && feature < first + count;
  }
  std::size_t all() const { return count * fields; }
};

/// The columns of a block that are the enrichment's, or those that are not.
Matrix columns_of(const Matrix& block, const Added& added, bool enrichment) {
  auto result = Matrix::uninitialised(block.rows(), enrichment ? added.all() : block.columns() - added.all());
  std::size_t to = 0;
  for (std::size_t j = 0; j < block.columns(); ++j)
    if (added.has(j) == enrichment) std::copy_n(block.column(j), block.rows(), result.column(to++));
  return result;
}

/// The matrices beside each other.
Matrix beside(const Matrix& left, const Matrix& right) {
  auto both = Matrix::uninitialised(left.rows(), left.columns() + right.columns());
  std::ranges::copy(left.entries(), both.data());
  std::ranges::copy(right.entries(), both.column(left.columns()));
  return both;
}

/// A x for all columns x of a matrix with the inverse A of a factorised one.
Matrix solve(const Cholesky& factor, Matrix right) {
  for (std::size_t j = 0; j < right.columns(); ++j) factor.solve(right.column(j));
  return right;
}

/// Part of a symmetric matrix of which the lower triangle is known: rows and columns from `row` and `column`.
Matrix part(const Matrix& lower, std::size_t row, std::size_t rows, std::size_t column, std::size_t columns) {
  Matrix result(rows, columns);
  for (std::size_t j = 0; j < columns; ++j)
    for (std::size_t i = 0; i < rows; ++i)
      result(i, j) = lower(std::max(row + i, column + j), std::min(row + i, column + j));
  return result;
}

/// The added functions of a subdomain, one a column: minus their projection on its own functions, in y_S, and
/// below it the coefficients of the enrichment.
/// @param gram of the own functions, in y_S, and of the enrichment; lower triangle @param most columns
Matrix added_functions(const Matrix& gram, std::size_t own, std::size_t most) {
  const auto all = gram.columns() - own;
  const auto coupling = part(gram, 0, own, own, all);
  auto projection = solve(Cholesky(part(gram, 0, own, 0, own)), coupling);
  auto rest = part(gram, own, all, own, all);
  std::vector<double> norm(all);
  for (std::size_t j = 0; j < all; ++j) norm[j] = rest(j, j) > 0 ? std::sqrt(rest(j, j)) : 1;
  multiply(-1, Op::transpose, coupling, Op::none, projection, 1, rest.data(), all);
  for (std::size_t j = 0; j < all; ++j)
    for (std::size_t i = 0; i < all; ++i) rest(i, j) /= norm[i] * norm[j];
  const auto [values, vectors] = right_singular(std::move(rest));
  std::size_t rank = 0;
  while (rank < std::min(all, most) && values[rank] > least_new) ++rank;
  Matrix enrichment(all, rank), result(own + all, rank);
  for (std::size_t i = 0; i < rank; ++i)
    for (std::size_t j = 0; j < all; ++j) enrichment(j, i) = vectors(j, i) / (std::sqrt(values[i]) * norm[j]);
  const auto projected = product(Op::none, projection, Op::none, enrichment);
  for (std::size_t i = 0; i < rank; ++i) {
    for (std::size_t j = 0; j < own; ++j) result(j, i) = -projected(j, i);
    std::copy_n(enrichment.column(i), all, result.column(i) + own);
  }
  return result;
}

/// The solved problem's T of each block; empty where there is none.
SharedMatrices own_transforms(const Rows& rich, const LinearProblem& solved) {
  std::map<int, SharedMatrix> known;
  const auto& blocks = solved.jacobian.discretisation().blocks();
  for (std::size_t b = 0; b < blocks.size(); ++b)
    known[blocks[b].subdomain] = solved.compression.transform.at(b);
  SharedMatrices result;
  for (const auto& block : rich.blocks()) {
    const auto found = known.find(block.subdomain);
    if (found == known.end()) return {};
    result.push_back(found->second);
  }
  return result;
}

/// How many more unknowns a network may have that covers so many rows: three rows for two of all. By the
/// stricter rule of a solve (most_unknowns) some estimates missed all but a tenth of the error.
std::size_t most_added(std::size_t rows, std::size_t own) {
  const auto most = 2 * rows / 3;
  return most > own ? most - own : 0;
}

/// The added functions of all blocks of this rank, which their owners choose.
/// @param columns own functions and enrichment over the rows of this rank, by block
SharedMatrices choose(const Communicator& comm, const Rows& rich, const SharedMatrices& columns,
                      const std::vector<std::size_t>& own, std::vector<double>& size) {
  DerivedMatrices grams, sums, additions;
  std::vector<SharedBlock> outgoing, chosen;
  for (std::size_t b = 0; b < columns.size(); ++b) {
    const int k = rich.blocks()[b].subdomain;
    const auto& block = columns[b];
    const auto gram = grams({&block}, {}, [&] {
      Matrix result(block.columns(), block.columns());
      add_gram(block, result.data(), result.rows());
      return result;
    });
    outgoing.push_back({rich.owner()[k], k, static_cast<int>(block.rows()), gram});
  }
  const auto incoming = exchange_blocks(comm, std::move(outgoing));
  std::map<int, std::vector<const SharedBlock*>> parts;
  for (const auto& part : incoming) parts[part.first].push_back(&part);
  for (const auto& [k, members] : parts) {
    std::vector<const Matrix*> matrices;
    std::size_t rows = 0;
    for (const auto* member : members) {
      matrices.push_back(member->block.get());
      rows += static_cast<std::size_t>(member->second);
    }
    const auto added = additions(matrices, {own[k], rows}, [&] {
      return added_functions(sum_of(matrices), own[k], most_added(rows, own[k]));
    });
    size[k] = static_cast<double>(own[k] + added->columns());
    for (const auto* member : members) chosen.push_back({member->rank, k, 0, added});
  }
  std::map<int, SharedMatrix> received;
  for (auto& block : exchange_blocks(comm, std::move(chosen))) received[block.first] = std::move(block.block);
  SharedMatrices result;
  for (const auto& block : rich.blocks()) result.push_back(received.at(block.subdomain));
  return result;
}

/// The first columns of a matrix, and after them its product with another.
Matrix with_added(const Matrix& columns, std::size_t own, const Matrix& added) {
  auto left = Matrix::uninitialised(columns.rows(), own);
  std::copy_n(columns.data(), left.entries().size(), left.data());
  return beside(left, product(Op::none, columns, Op::none, added));
}

}  // namespace

std::optional<EnrichedCoordinates> EnrichedCoordinates::make(const Communicator& comm, const Rows& rich,
                                                             const LinearProblem& solved,
                                                             SharedMatrices& blocks) {
  EnrichedCoordinates result;
  result.own_ = own_transforms(rich, solved);
  if (any(comm, result.own_.size() != blocks.size())) return {};
  const Added added(rich);
  replace_each(blocks, result.own_, [&](std::size_t b, const Matrix& block) {
    return beside(product(Op::none, columns_of(block, added, false), Op::none, result.own_[b]),
                  columns_of(block, added, true));
  });
  std::vector<double> size(rich.owner().size(), 0.0);
  result.added_ = choose(comm, rich, blocks, solved.compression.size, size);
  sum(comm, size);
  replace_each(blocks, result.added_, [&](std::size_t b, const Matrix& columns) {
    return with_added(columns, result.own_[b].columns(), result.added_[b]);
  });
  result.layout_ =
      std::make_unique<DofLayout>(rich.owner(), std::vector<std::size_t>(size.begin(), size.end()), comm);
  return result;
}

std::map<int, SharedMatrix> EnrichedCoordinates::polynomials(const LinearProblem& solved) const {
  DerivedMatrices made;
  std::map<int, SharedMatrix> result;
  for (const auto& [k, own] : solved.compression.polynomial)
    result[k] = made({own.get()}, {layout_->size(k)}, [&] {
      Matrix all(layout_->size(k), own->columns());
      for (std::size_t j = 0; j < own->columns(); ++j)
        std::copy_n(own->column(j), own->rows(), all.column(j));
      return all;
    });
  return result;
}

Field EnrichedCoordinates::expand(const Rows& rich, std::span<const double> y) const {
  auto field = rich.zero_field();
  const Added added(rich);
  std::size_t offset = 0;
  for (std::size_t b = 0; b < own_.size(); ++b) {
    const auto own = own_[b].columns(), more = added_[b].columns();
    std::vector<double> mixed(added_[b].rows(), 0.0), coefficients(own_[b].rows());
    std::copy_n(y.data() + offset, own, mixed.data());
    if (more > 0) multiply(1, Op::none, added_[b], y.data() + offset + own, 1, mixed.data());
    multiply(1, Op::none, own_[b], mixed.data(), 0, coefficients.data());
    auto& to = field[rich.blocks()[b].subdomain];
    std::size_t from_own = 0, from_added = own;
    for (std::size_t j = 0; j < to.entries().size(); ++j)
      to.entries()[j] = added.has(j) ? mixed[from_added++] : coefficients[from_own++];
    offset += own + more;
  }
  return field;
}

}  // namespace ddpinn
