// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "assembly/compression.hpp"

#include "dense/lapack.hpp"
#include "space/block_exchange.hpp"

#include <algorithm>
#include <cmath>

namespace ddpinn {

namespace {

/// The matrices below each other.
Matrix stack(const std::vector<const TaggedBlock*>& parts) {
  std::size_t rows = 0;
  for (const auto* part : parts) rows += part->block.rows();
  Matrix all(rows, parts.front()->block.columns());
  std::size_t begin = 0;
  for (const auto* part : parts) {
    for (std::size_t j = 0; j < all.columns(); ++j)
      std::copy_n(part->block.column(j), part->block.rows(), all.column(j) + begin);
    begin += part->block.rows();
  }
  return all;
}

/// Divides columns by their norms, which are returned; columns of zeros stay.
std::vector<double> normalise_columns(Matrix& a) {
  std::vector<double> norms(a.columns());
  for (std::size_t j = 0; j < a.columns(); ++j) {
    double sum = 0;
    for (std::size_t i = 0; i < a.rows(); ++i) sum += a(i, j) * a(i, j);
    norms[j] = sum > 0 ? std::sqrt(sum) : 1;
    for (std::size_t i = 0; i < a.rows(); ++i) a(i, j) /= norms[j];
  }
  return norms;
}

/// Above this reciprocal condition number of a triangular factor all columns are kept, and its inverse serves
/// as well as singular values, which cost far more.
constexpr double well_conditioned = 1e-8;

/// Above this one, the factor by A^T A has an error below 1e-4.
constexpr double condition_for_cholesky = 1e-6;

/// T = D^-1 R^-1, upper triangular.
Matrix inverse_transform(Matrix r, const std::vector<double>& norms) {
  invert_upper(r);
  for (std::size_t j = 0; j < r.columns(); ++j)
    for (std::size_t i = 0; i <= j; ++i) r(i, j) /= norms[i];
  return r;
}

bool is_upper(const Matrix& a) {
  if (a.rows() != a.columns()) return false;
  for (std::size_t j = 0; j < a.columns(); ++j)
    for (std::size_t i = j + 1; i < a.rows(); ++i)
      if (a(i, j) != 0) return false;
  return true;
}

}  // namespace

std::size_t most_unknowns(std::size_t rows, int dimension) {
  constexpr double oversampling = 1.7;
  return static_cast<std::size_t>(rows / std::pow(oversampling, std::min(dimension, 3)));
}

Orthonormalisation::Orthonormalisation(Matrix r, double tolerance, std::size_t most)
    : norms_(normalise_columns(r)) {
  const auto n = r.columns();
  if (r.rows() >= n && !is_upper(r)) r = qr_factor(std::move(r));
  if (r.rows() == n && n <= most && reciprocal_condition(r) > std::max(well_conditioned, tolerance)) {
    factor_ = std::move(r);
    rank_ = n;
    return;
  }
  auto [values, vectors] = right_singular(std::move(r));
  while (rank_ < std::min(values.size(), most) && values[rank_] > tolerance * values.front()) ++rank_;
  values_ = std::move(values);
  factor_ = std::move(vectors);
}

Matrix Orthonormalisation::transform() const {
  if (values_.empty()) return inverse_transform(factor_, norms_);
  Matrix result(norms_.size(), rank_);
  for (std::size_t i = 0; i < rank_; ++i)
    for (std::size_t j = 0; j < norms_.size(); ++j) result(j, i) = factor_(j, i) / (values_[i] * norms_[j]);
  return result;
}

void Orthonormalisation::coordinates(std::size_t column, double* y) const {
  for (std::size_t i = 0; i < rank_; ++i)
    y[i] = norms_[column] * (values_.empty() ? factor_(i, column) : values_[i] * factor_(column, i));
}

Matrix orthonormalising_transform(Matrix r, double tolerance, std::size_t most) {
  return Orthonormalisation(std::move(r), tolerance, most).transform();
}

namespace {

/// The coordinates of the coarse space's polynomial columns in the new basis.
Matrix polynomial_coordinates(const Orthonormalisation& basis, const NetworkShape& shape,
                              std::size_t fields) {
  const auto coarse = shape.coarse_polynomials();
  Matrix result(basis.rank(), fields * coarse);
  for (std::size_t f = 0; f < fields; ++f)
    for (std::size_t p = 0; p < coarse; ++p)
      basis.coordinates(f * shape.features() + p, result.column(f * coarse + p));
  return result;
}

/// A triangular factor of a block. Polynomials alone are well enough conditioned for the cheap one, and with
/// random features among them nothing is.
Matrix triangular_factor(const Matrix& block, const NetworkShape& shape) {
  if (shape.width() > 0 || block.rows() < block.columns()) return qr_factor(block);
  auto [r, norms] = cholesky_qr_factor(block);
  if (r.columns() == 0 || reciprocal_condition(r) < condition_for_cholesky) return qr_factor(block);
  for (std::size_t j = 0; j < r.columns(); ++j)
    for (std::size_t i = 0; i <= j; ++i) r(i, j) *= norms[j];
  return r;
}

/// a = a T
void transform_columns(Matrix& a, const Matrix& transform) {
  if (is_upper(transform))
    multiply_upper(a, transform);
  else
    a = product(Op::none, a, Op::none, transform);
}

}  // namespace

void Compression::expand(std::size_t b, std::span<const double> y, Matrix& coefficients) const {
  multiply(1, Op::none, transform[b], y.data(), 0, coefficients.data());
}

void Compression::expand(const std::vector<Block>& blocks, std::span<const double> y, Field& field) const {
  std::size_t offset = 0;
  for (std::size_t b = 0; b < blocks.size(); ++b) {
    expand(b, y.subspan(offset, transform[b].columns()), field[blocks[b].subdomain]);
    offset += transform[b].columns();
  }
}

Compression compress(const Communicator& comm, const Rows& discretisation, double tolerance,
                     std::vector<Matrix>& jacobian, const StopTest& stop) {
  constexpr std::size_t of_a_round = 16;
  const auto& blocks = discretisation.blocks();
  const auto& owner = discretisation.owner();
  std::vector<TaggedBlock> factors;
  in_rounds(comm, blocks.size(), of_a_round, stop, [&](std::size_t b) {
    factors.push_back({owner[blocks[b].subdomain], blocks[b].subdomain, static_cast<int>(blocks[b].rows),
                       triangular_factor(jacobian[b], discretisation.family().shape)});
  });
  factors = exchange_blocks(comm, std::move(factors));

  std::map<int, std::vector<const TaggedBlock*>> parts;
  for (const auto& factor : factors) parts[factor.first].push_back(&factor);
  Compression result;
  std::vector<double> size(owner.size(), 0);
  std::vector<TaggedBlock> transforms;
  auto next = parts.begin();
  in_rounds(comm, parts.size(), of_a_round, stop, [&](std::size_t) {
    const auto& [k, members] = *next++;
    std::size_t rows = 0;
    for (const auto* member : members) rows += static_cast<std::size_t>(member->second);
    // Rows of an energy are no samples of a residual: their rule integrates all products exactly, or nearly.
    const auto most =
        discretisation.model().is_weak() ? rows : most_unknowns(rows, discretisation.model().dimension());
    const Orthonormalisation basis(stack(members), tolerance, most);
    const auto transform = basis.transform();
    size[k] = basis.rank();
    result.polynomial[k] =
        polynomial_coordinates(basis, discretisation.family().shape, discretisation.model().fields.size());
    for (const auto* member : members) transforms.push_back({member->rank, k, 0, transform});
  });
  sum(comm, size);
  for (double s : size) result.size.push_back(static_cast<std::size_t>(s));

  std::map<int, Matrix> received;
  for (auto& transform : exchange_blocks(comm, std::move(transforms)))
    received[transform.first] = std::move(transform.block);
  in_rounds(comm, blocks.size(), of_a_round, stop, [&](std::size_t b) {
    result.transform.push_back(std::move(received.at(blocks[b].subdomain)));
    transform_columns(jacobian[b], result.transform[b]);
  });
  return result;
}

}  // namespace ddpinn
