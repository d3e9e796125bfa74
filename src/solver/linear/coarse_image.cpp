// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "solver/linear/coarse_image.hpp"

#include "dense/lapack.hpp"

#include <algorithm>
#include <set>

namespace ddpinn {

using petsc::check;

namespace {

using Functions = std::map<int, CoarseFunctions>;

/// op(A_lm) Z_m, a part of the rows of subdomain l.
struct Term {
  const Matrix* block;
  Op op;
  const CoarseFunctions* functions;
};

/// By subdomain whose rows they are.
std::map<int, std::vector<Term>> terms_of(const NormalBlocks& normal, const Functions& functions) {
  std::map<int, std::vector<Term>> result;
  for (const auto& [pair, block] : normal.owned()) {
    const auto [l, m] = pair;
    if (const auto z = functions.find(m); z != functions.end())
      result[l].push_back({block.get(), Op::none, &z->second});
    if (const auto z = functions.find(l); l != m && z != functions.end())
      result[m].push_back({block.get(), Op::transpose, &z->second});
  }
  return result;
}

std::vector<int> boxes_of(const std::vector<Term>& terms) {
  std::set<int> boxes;
  for (const auto& term : terms) boxes.insert(term.functions->boxes.begin(), term.functions->boxes.end());
  return {boxes.begin(), boxes.end()};
}

/// The sum of the terms. @param first column of each box of each term, one term after the other
Matrix sum_of(const std::vector<Term>& terms, const DofLayout& coarse, const std::vector<std::size_t>& first,
              std::size_t columns) {
  const auto& front = terms.front();
  Matrix result(front.op == Op::none ? front.block->rows() : front.block->columns(), columns);
  auto place = first.begin();
  for (const auto& [block, op, functions] : terms) {
    const auto part = product(op, *block, Op::none, *functions->z);
    const double* from = part.data();
    for (int box : functions->boxes) {
      double* to = result.column(*place++);
      for (std::size_t i = 0; i < coarse.size(box) * result.rows(); ++i) to[i] += *from++;
    }
  }
  return result;
}

std::vector<CoarseImage::Row> rows_of(const NormalBlocks& normal, const DofLayout& coarse,
                                      const Functions& functions) {
  std::vector<CoarseImage::Row> rows;
  DerivedMatrices made;
  for (const auto& [l, terms] : terms_of(normal, functions)) {
    CoarseImage::Row row{l, boxes_of(terms), {}};
    std::map<int, std::size_t> column;
    std::size_t columns = 0;
    for (int box : row.boxes) {
      column[box] = columns;
      columns += coarse.size(box);
    }
    std::vector<const Matrix*> from;
    std::vector<std::size_t> how, first;
    for (const auto& term : terms) {
      from.insert(from.end(), {term.block, term.functions->z.get()});
      how.push_back(term.op == Op::none ? 0 : 1);
      for (int box : term.functions->boxes) first.push_back(column.at(box));
    }
    how.insert(how.end(), first.begin(), first.end());
    row.block = made(from, how, [&] { return sum_of(terms, coarse, first, columns); });
    rows.push_back(std::move(row));
  }
  return rows;
}

std::vector<int> subdomains_of(const std::vector<CoarseImage::Row>& rows) {
  std::vector<int> result;
  for (const auto& row : rows) result.push_back(row.subdomain);
  return result;
}

std::vector<int> boxes_of(const std::vector<CoarseImage::Row>& rows) {
  std::set<int> result;
  for (const auto& row : rows) result.insert(row.boxes.begin(), row.boxes.end());
  return {result.begin(), result.end()};
}

}  // namespace

CoarseImage::CoarseImage(const JacobianOperator& jacobian, const NormalBlocks& normal,
                         const DofLayout& coarse, const std::map<int, CoarseFunctions>& functions)
    : CoarseImage(jacobian, coarse, rows_of(normal, coarse, functions)) {}

CoarseImage::CoarseImage(const JacobianOperator& jacobian, const DofLayout& coarse, std::vector<Row> rows)
    : rows_(std::move(rows)),
      fine_ghosts_(jacobian.communicator(), jacobian.layout(), subdomains_of(rows_)),
      coarse_ghosts_(jacobian.communicator(), coarse, boxes_of(rows_)) {
  find_batches(coarse);
}

void CoarseImage::find_batches(const DofLayout& coarse) {
  constexpr std::size_t most = 64;  // few enough that what is multiplied stays in cache
  std::map<const Matrix*, std::size_t> open;
  for (const auto& row : rows_) {
    const auto [place, is_new] = open.try_emplace(row.block.get(), batches_.size());
    if (!is_new && batches_[place->second].fine.size() == most) place->second = batches_.size();
    if (place->second == batches_.size()) batches_.push_back({row.block, {}, {}, {}});
    auto& batch = batches_[place->second];
    batch.fine.push_back(fine_ghosts_.offset_of(row.subdomain));
    auto &begins = batch.coarse.emplace_back(), &sizes = batch.size.emplace_back();
    for (int box : row.boxes) {
      begins.push_back(coarse_ghosts_.offset_of(box));
      sizes.push_back(coarse.size(box));
    }
  }
}

void CoarseImage::subtract(::Vec c, ::Vec r) const {
  std::vector<double> from(coarse_ghosts_.size()), to(fine_ghosts_.size()), x, y;
  coarse_ghosts_.gather(c, from);
  for (const auto& [block, fine, coarse, size] : batches_) {
    x.clear();
    for (std::size_t i = 0; i < fine.size(); ++i)
      for (std::size_t b = 0; b < coarse[i].size(); ++b) {
        const auto begin = from.begin() + static_cast<std::ptrdiff_t>(coarse[i][b]);
        x.insert(x.end(), begin, begin + static_cast<std::ptrdiff_t>(size[i][b]));
      }
    y.resize(block->rows() * fine.size());
    multiply(-1, Op::none, *block, x.data(), fine.size(), 0, y.data());
    for (std::size_t i = 0; i < fine.size(); ++i)
      std::copy_n(y.data() + i * block->rows(), block->rows(), to.data() + fine[i]);
  }
  fine_ghosts_.add(to, r);
}

void CoarseImage::multiply_transposed(::Vec v, ::Vec c) const {
  std::vector<double> from(fine_ghosts_.size()), to(coarse_ghosts_.size(), 0.0), x, y;
  fine_ghosts_.gather(v, from);
  for (const auto& [block, fine, coarse, size] : batches_) {
    x.clear();
    for (auto begin : fine) x.insert(x.end(), from.data() + begin, from.data() + begin + block->rows());
    y.resize(block->columns() * fine.size());
    multiply(1, Op::transpose, *block, x.data(), fine.size(), 0, y.data());
    const double* part = y.data();
    for (std::size_t i = 0; i < fine.size(); ++i)
      for (std::size_t b = 0; b < coarse[i].size(); ++b)
        for (std::size_t j = 0; j < size[i][b]; ++j) to[coarse[i][b] + j] += *part++;
  }
  check(VecZeroEntries(c));
  coarse_ghosts_.add(to, c);
}

}  // namespace ddpinn
