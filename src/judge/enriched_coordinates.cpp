// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "judge/enriched_coordinates.hpp"

#include "assembly/compression.hpp"
#include "dense/panels.hpp"
#include "space/block_exchange.hpp"

#include <algorithm>
#include <cmath>
#include <functional>

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

/// Coefficients of functions that are orthonormal in this Gram matrix, of functions of norm one or less, one
/// a column; at most `most`. Polynomials are mostly well enough conditioned for its Cholesky factor, which
/// takes no singular values.
Matrix orthonormalised(Matrix gram, std::size_t most) {
  const auto n = gram.columns();
  auto lower = gram;
  if (n > 0 && factorise(n, lower.data(), n)) {
    Matrix upper(n, n);
    for (std::size_t j = 0; j < n; ++j)
      for (std::size_t i = 0; i <= j; ++i) upper(i, j) = lower(j, i);
    return orthonormalising_transform(std::move(upper), std::sqrt(least_new), most);
  }
  const auto [values, vectors] = right_singular(std::move(gram));
  std::size_t rank = 0;
  while (rank < std::min(n, most) && values[rank] > least_new) ++rank;
  Matrix result(n, rank);
  for (std::size_t i = 0; i < rank; ++i)
    for (std::size_t j = 0; j < n; ++j) result(j, i) = vectors(j, i) / std::sqrt(values[i]);
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
  auto enrichment = orthonormalised(std::move(rest), most);
  const auto rank = enrichment.columns();
  for (std::size_t i = 0; i < rank; ++i)
    for (std::size_t j = 0; j < all; ++j) enrichment(j, i) /= norm[j];
  Matrix result(own + all, rank);
  const auto projected = product(Op::none, projection, Op::none, enrichment);
  for (std::size_t i = 0; i < rank; ++i) {
    for (std::size_t j = 0; j < own; ++j) result(j, i) = -projected(j, i);
    std::copy_n(enrichment.column(i), all, result.column(i) + own);
  }
  return result;
}

/// From coordinates to coefficients. @param own T of the solved problem @param functions that were added, as
/// above
Matrix whole_transform(const Matrix& own, const Matrix& functions, const Added& added) {
  Matrix mixed(own.columns(), own.columns() + functions.columns());
  for (std::size_t j = 0; j < own.columns(); ++j) mixed(j, j) = 1;
  for (std::size_t j = 0; j < functions.columns(); ++j)
    std::copy_n(functions.column(j), own.columns(), mixed.column(own.columns() + j));
  const auto known = product(Op::none, own, Op::none, mixed);
  Matrix result(own.rows() + added.all(), mixed.columns());
  std::size_t from_own = 0, from_added = own.columns();
  for (std::size_t i = 0; i < result.rows(); ++i)
    if (added.has(i)) {
      for (std::size_t j = 0; j < functions.columns(); ++j)
        result(i, own.columns() + j) = functions(from_added, j);
      ++from_added;
    } else {
      for (std::size_t j = 0; j < result.columns(); ++j) result(i, j) = known(from_own, j);
      ++from_own;
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

void for_all(std::size_t count, const std::function<void(std::size_t)>& work) {
  for (std::size_t i = 0; i < count; ++i) work(i);
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
  const auto own = own_transforms(rich, solved);
  if (any(comm, own.size() != blocks.size())) return {};
  const Added added(rich);
  replace_each(blocks, own, for_all, [&](std::size_t b, const Matrix& block) {
    return beside(product(Op::none, columns_of(block, added, false), Op::none, own[b]),
                  columns_of(block, added, true));
  });
  std::vector<double> size(rich.owner().size(), 0.0);
  const auto functions = choose(comm, rich, blocks, solved.compression.size, size);
  sum(comm, size);
  replace_each(blocks, functions, for_all, [&](std::size_t b, const Matrix& columns) {
    return with_added(columns, own[b].columns(), functions[b]);
  });
  EnrichedCoordinates result;
  DerivedMatrices whole;
  for (std::size_t b = 0; b < own.size(); ++b)
    result.transforms_.push_back(
        whole({&own[b], &functions[b]}, {}, [&] { return whole_transform(own[b], functions[b], added); }));
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
  std::size_t offset = 0;
  for (std::size_t b = 0; b < transforms_.size(); ++b) {
    multiply(1, Op::none, transforms_[b], y.data() + offset, 0, field[rich.blocks()[b].subdomain].data());
    offset += transforms_[b].columns();
  }
  return field;
}

}  // namespace ddpinn
