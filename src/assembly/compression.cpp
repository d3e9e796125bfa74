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
Matrix stack(const std::vector<const Matrix*>& parts) {
  std::size_t rows = 0;
  for (const auto* part : parts) rows += part->rows();
  Matrix all(rows, parts.front()->columns());
  std::size_t begin = 0;
  for (const auto* part : parts) {
    for (std::size_t j = 0; j < all.columns(); ++j)
      std::copy_n(part->column(j), part->rows(), all.column(j) + begin);
    begin += part->rows();
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

/// a T
Matrix transformed(const Matrix& a, const Matrix& transform) {
  if (!is_upper(transform)) return product(Op::none, a, Op::none, transform);
  auto result = a;
  multiply_upper(result, transform);
  return result;
}

/// What the owner of a subdomain makes of the triangular factors of its parts.
struct Coordinates {
  SharedMatrix transform, polynomial;
};

/// The coordinates of subdomains, made once for all that have the same factors on the same ranks.
class CoordinatesOf {
 public:
  CoordinatesOf(const Rows& rows, double tolerance) : rows_(rows), tolerance_(tolerance) {}

  /// @param factors of one subdomain, that live as long as this
  const Coordinates& operator()(const std::vector<const SharedBlock*>& factors) {
    std::vector<const Matrix*> parts;
    std::size_t rows = 0;
    for (const auto* factor : factors) {
      parts.push_back(factor->block.get());
      rows += static_cast<std::size_t>(factor->second);
    }
    const auto [known, is_new] = known_.try_emplace(parts);
    if (!is_new) return known->second;
    // Rows of an energy are no samples of a residual: their rule integrates all products exactly, or nearly.
    const auto most = rows_.model().is_weak() ? rows : most_unknowns(rows, rows_.model().dimension());
    const Orthonormalisation basis(stack(parts), tolerance_, most);
    known->second = {shared(basis.transform()), shared(polynomial_coordinates(basis, rows_.family().shape,
                                                                              rows_.model().fields.size()))};
    return known->second;
  }

 private:
  const Rows& rows_;
  double tolerance_;
  std::map<std::vector<const Matrix*>, Coordinates> known_;
};

constexpr std::size_t of_a_round = 16;  ///< blocks between questions whether to stop

/// Triangular factors of all blocks, for the owners of their subdomains.
std::vector<SharedBlock> factors_of(const Communicator& comm, const Rows& rows,
                                    const SharedMatrices& jacobian, const StopTest& stop) {
  std::vector<SharedBlock> result(jacobian.size());
  const auto classes = jacobian.classes();
  in_rounds(comm, classes.size(), of_a_round, stop, [&](std::size_t c) {
    const auto& places = classes[c];
    const auto factor = shared(triangular_factor(jacobian[places.front()], rows.family().shape));
    for (auto b : places) {
      const auto& block = rows.blocks()[b];
      result[b] = {rows.owner()[block.subdomain], block.subdomain, static_cast<int>(block.rows), factor};
    }
  });
  return result;
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
                     SharedMatrices& jacobian, const StopTest& stop) {
  const auto& blocks = discretisation.blocks();
  const auto factors = exchange_blocks(comm, factors_of(comm, discretisation, jacobian, stop));
  std::map<int, std::vector<const SharedBlock*>> parts;
  for (const auto& factor : factors) parts[factor.first].push_back(&factor);
  Compression result;
  std::vector<double> size(discretisation.owner().size(), 0);
  std::vector<SharedBlock> transforms;
  CoordinatesOf coordinates_of(discretisation, tolerance);
  auto next = parts.begin();
  in_rounds(comm, parts.size(), of_a_round, stop, [&](std::size_t) {
    const auto& [k, members] = *next++;
    const auto& [transform, polynomial] = coordinates_of(members);
    size[k] = static_cast<double>(transform->columns());
    result.polynomial[k] = polynomial;
    for (const auto* member : members) transforms.push_back({member->rank, k, 0, transform});
  });
  sum(comm, size);
  for (double s : size) result.size.push_back(static_cast<std::size_t>(s));

  std::map<int, SharedMatrix> received;
  for (auto& transform : exchange_blocks(comm, std::move(transforms)))
    received[transform.first] = std::move(transform.block);
  for (const auto& block : blocks) result.transform.push_back(received.at(block.subdomain));
  replace_each(
      jacobian, result.transform,
      [&](std::size_t count, const auto& work) { in_rounds(comm, count, of_a_round, stop, work); },
      [&](std::size_t b, const Matrix& block) { return transformed(block, result.transform[b]); });
  return result;
}

}  // namespace ddpinn
