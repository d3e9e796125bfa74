// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "solver/linear/polynomial_space.hpp"

#include "dense/lapack.hpp"
#include "petsc/symmetric_blocks.hpp"
#include "space/block_exchange.hpp"

#include <algorithm>
#include <cmath>
#include <set>

namespace ddpinn {

using petsc::check;

namespace {

/// An orthonormal basis of the columns; those that depend on the others to 1e-10 are dropped.
Matrix orthonormal(Matrix a) {
  for (std::size_t j = 0; j < a.columns(); ++j) {
    double norm = 0;
    for (std::size_t i = 0; i < a.rows(); ++i) norm += a(i, j) * a(i, j);
    if (norm > 0)
      for (std::size_t i = 0; i < a.rows(); ++i) a(i, j) /= std::sqrt(norm);
  }
  return dominant_columns(std::move(a), 1e-10);
}

/// Z_k of the polynomials of larger boxes. @param own coordinates of the polynomials of subdomain k, of all
/// fields @param theirs coefficients of these, of one field, for the polynomials of each box
Matrix continued(const Matrix& own, const Matrix& theirs) {
  const auto n = theirs.rows(), fields = own.columns() / n, boxes = theirs.columns() / n;
  auto result = Matrix::uninitialised(own.rows(), boxes * own.columns());
  for (std::size_t box = 0; box < boxes; ++box)
    for (std::size_t f = 0; f < fields; ++f)
      multiply(1, Op::none, {own.column(f * n), own.rows(), n, own.rows()}, Op::none,
               {theirs.column(box * n), n, n, n}, 0, result.column((box * fields + f) * n), own.rows());
  return result;
}

/// A block of the coarse matrix, in the making.
using Blocks = std::map<std::pair<int, int>, Matrix>;

void add_block(const Matrix& part, std::size_t row, std::size_t column, std::size_t rows, std::size_t columns,
               Matrix& to) {
  if (to.empty()) to = Matrix(rows, columns);
  for (std::size_t j = 0; j < columns; ++j)
    for (std::size_t i = 0; i < rows; ++i) to(i, j) += part(row + i, column + j);
}

}  // namespace

PolynomialSpace::PolynomialSpace(const JacobianOperator& jacobian, const NormalBlocks& normal,
                                 const std::map<int, SharedMatrix>& polynomial, long long most)
    : layout_(&jacobian.layout()) {
  const auto& comm = jacobian.communicator();
  const auto& rows = jacobian.discretisation();
  const auto& shape = rows.family().shape;
  CoarseBoxes boxes(
      rows.decomposition(), shape,
      cores_per_box(rows.decomposition(), shape.coarse_polynomials() * rows.model().fields.size(), most));
  find_functions(jacobian, polynomial, boxes);
  lay_out(jacobian, boxes);
  const auto functions = collect(jacobian, normal, boxes);
  image_ = std::make_unique<CoarseImage>(jacobian, normal, *coarse_, functions);
  matrix_ = assemble(comm, functions);
  check(MatCreateVecs(matrix_, right_.out(), nullptr));
  solver_ = petsc::SparseCholesky(comm.get(), matrix_, "coarse_");
}

void PolynomialSpace::find_functions(const JacobianOperator& jacobian,
                                     const std::map<int, SharedMatrix>& polynomial, CoarseBoxes& boxes) {
  DerivedMatrices made;
  for (const auto& [k, own] : polynomial) {
    if (jacobian.discretisation().decomposition()[k].level > 0) continue;
    if (boxes.are_subdomains()) {
      functions_[k] = {made({own.get()}, {}, [&] { return orthonormal(*own); }), {k}};
      continue;
    }
    const auto theirs = boxes.polynomials(k);
    functions_[k] = {made({own.get(), theirs.get()}, {}, [&] { return continued(*own, *theirs); }),
                     boxes.over(k)};
  }
}

void PolynomialSpace::lay_out(const JacobianOperator& jacobian, const CoarseBoxes& boxes) {
  const auto& comm = jacobian.communicator();
  std::vector<double> size(boxes.size(), 0);
  std::set<int> reaching;
  for (const auto& [k, functions] : functions_)
    for (int box : functions.boxes) {
      size[box] = static_cast<double>(functions.z->columns() / functions.boxes.size());
      reaching.insert(box);
    }
  max(comm, size);
  std::vector<int> owner;
  for (int box = 0; box < boxes.size(); ++box) owner.push_back(layout_->owner(boxes.home(box)));
  coarse_ = std::make_unique<DofLayout>(owner, std::vector<std::size_t>(size.begin(), size.end()), comm);
  ghosts_ =
      std::make_unique<GhostExchange>(comm, *coarse_, std::vector<int>(reaching.begin(), reaching.end()));
}

/// The functions on all subdomains in pairs of this rank: it has those of the first ones.
std::map<int, CoarseFunctions> PolynomialSpace::collect(const JacobianOperator& jacobian,
                                                        const NormalBlocks& normal,
                                                        const CoarseBoxes& boxes) const {
  std::vector<SharedBlock> outgoing;
  for (const auto& [k, functions] : functions_) {
    std::set<int> ranks{layout_->owner(k)};
    for (int l : normal.neighbours(k))
      if (l < k) ranks.insert(layout_->owner(l));
    for (int rank : ranks) outgoing.push_back({rank, k, 0, functions.z});
  }
  std::map<int, CoarseFunctions> result;
  for (auto& incoming : exchange_blocks(jacobian.communicator(), std::move(outgoing)))
    result[incoming.first] = {std::move(incoming.block), boxes.over(incoming.first)};
  return result;
}

/// Z^T (A Z), of which every rank has parts, summed by the owners of the boxes.
petsc::Mat PolynomialSpace::assemble(const Communicator& comm,
                                     const std::map<int, CoarseFunctions>& functions) const {
  Blocks sums;
  DerivedMatrices made;
  for (const auto& [l, columns, image] : image_->rows()) {
    const auto found = functions.find(l);
    if (found == functions.end()) continue;
    const auto& [z, rows] = found->second;
    const auto part =
        made({z.get(), image.get()}, {}, [&] { return product(Op::transpose, *z, Op::none, *image); });
    std::size_t row = 0;
    for (int k : rows) {
      std::size_t column = 0;
      for (int m : columns) {
        if (k <= m) add_block(*part, row, column, coarse_->size(k), coarse_->size(m), sums[{k, m}]);
        column += coarse_->size(m);
      }
      row += coarse_->size(k);
    }
  }
  std::vector<TaggedBlock> outgoing;
  for (auto& [pair, block] : sums)
    outgoing.push_back({coarse_->owner(pair.first), pair.first, pair.second, std::move(block)});
  sums.clear();
  for (const auto& part : exchange_blocks(comm, std::move(outgoing)))
    add_block(part.block, 0, 0, part.block.rows(), part.block.columns(), sums[{part.first, part.second}]);
  petsc::SymmetricBlocks blocks;
  for (const auto& [pair, block] : sums)
    blocks.add(coarse_->global_offset(pair.first), coarse_->global_offset(pair.second), block.rows(),
               block.columns(), block.data());
  return blocks.assemble(comm.get(), coarse_->owned_size());
}

petsc::Vec PolynomialSpace::create_coarse() const {
  petsc::Vec c;
  check(VecDuplicate(right_, c.out()));
  return c;
}

void PolynomialSpace::project(::Vec r, ::Vec c) const {
  std::vector<double> coarse(ghosts_->size(), 0.0), local;
  {
    const petsc::ConstLocalArray fine(r);
    for (const auto& [k, functions] : functions_) {
      local.resize(functions.z->columns());
      multiply(1, Op::transpose, *functions.z, fine.get().data() + layout_->local_offset(k), 0, local.data());
      const double* part = local.data();
      for (int box : functions.boxes) {
        double* const to = coarse.data() + ghosts_->offset_of(box);
        for (std::size_t i = 0; i < coarse_->size(box); ++i) to[i] += *part++;
      }
    }
  }
  check(VecZeroEntries(right_));
  ghosts_->add(coarse, right_);
  solver_.solve(right_, c);
}

void PolynomialSpace::project_image(::Vec v, ::Vec c) const {
  image_->multiply_transposed(v, right_);
  solver_.solve(right_, c);
}

void PolynomialSpace::add(::Vec c, ::Vec z) const {
  std::vector<double> coarse(ghosts_->size()), local;
  ghosts_->gather(c, coarse);
  const petsc::LocalArray fine(z);
  for (const auto& [k, functions] : functions_) {
    local.clear();
    for (int box : functions.boxes) {
      const auto begin = coarse.begin() + ghosts_->offset_of(box);
      local.insert(local.end(), begin, begin + coarse_->size(box));
    }
    multiply(1, Op::none, *functions.z, local.data(), 1, fine.get().data() + layout_->local_offset(k));
  }
}

void PolynomialSpace::apply(::Vec r, ::Vec z) const {
  const auto c = create_coarse();
  project(r, c);
  check(VecZeroEntries(z));
  add(c, z);
}

}  // namespace ddpinn
