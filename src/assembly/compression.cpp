// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "assembly/compression.hpp"

#include "assembly/block_exchange.hpp"
#include "dense/lapack.hpp"

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

}  // namespace

std::size_t most_unknowns(std::size_t rows, int dimension) {
  constexpr double oversampling = 1.7;
  return static_cast<std::size_t>(static_cast<double>(rows) / std::pow(oversampling, dimension));
}

Matrix orthonormalising_transform(Matrix r, double tolerance, std::size_t most) {
  const auto norms = normalise_columns(r);
  const auto n = r.columns();
  const auto [values, vectors] = right_singular(std::move(r));
  std::size_t rank = 0;
  while (rank < std::min(values.size(), most) && values[rank] > tolerance * values.front()) ++rank;
  Matrix transform(n, rank);
  for (std::size_t i = 0; i < rank; ++i)
    for (std::size_t j = 0; j < n; ++j) transform(j, i) = vectors(j, i) / (values[i] * norms[j]);
  return transform;
}

namespace {

/// The coordinates of the polynomial columns in the new basis: (R T)^T R e_j, since the columns of R T are
/// orthonormal.
Matrix polynomial_coordinates(const Matrix& r, const Matrix& transform, const NetworkShape& shape,
                              std::size_t fields) {
  Matrix columns(r.rows(), fields * shape.polynomials());
  for (std::size_t f = 0; f < fields; ++f)
    for (std::size_t p = 0; p < shape.polynomials(); ++p)
      std::copy_n(r.column(f * shape.features() + p), r.rows(), columns.column(f * shape.polynomials() + p));
  return product(Op::transpose, product(Op::none, r, Op::none, transform), Op::none, columns);
}

}  // namespace

Compression compress(const Communicator& comm, const Discretisation& discretisation, double tolerance,
                     std::vector<Matrix>& jacobian) {
  const auto& blocks = discretisation.blocks();
  const auto& owner = discretisation.owner();
  std::vector<TaggedBlock> factors;
  for (std::size_t b = 0; b < blocks.size(); ++b)
    factors.push_back({owner[static_cast<std::size_t>(blocks[b].subdomain)], blocks[b].subdomain,
                       static_cast<int>(blocks[b].rows), qr_factor(jacobian[b])});
  factors = exchange_blocks(comm, std::move(factors));

  std::map<int, std::vector<const TaggedBlock*>> parts;
  for (const auto& factor : factors) parts[factor.first].push_back(&factor);
  Compression result;
  std::vector<double> size(owner.size(), 0);
  std::vector<TaggedBlock> transforms;
  for (const auto& [k, members] : parts) {
    std::size_t rows = 0;
    for (const auto* member : members) rows += static_cast<std::size_t>(member->second);
    const auto r = stack(members);
    const auto transform =
        orthonormalising_transform(r, tolerance, most_unknowns(rows, discretisation.model().dimension()));
    size[static_cast<std::size_t>(k)] = static_cast<double>(transform.columns());
    result.polynomial[k] = polynomial_coordinates(r, transform, discretisation.family().shape,
                                                  discretisation.model().fields.size());
    for (const auto* member : members) transforms.push_back({member->rank, k, 0, transform});
  }
  sum(comm, size);
  for (double s : size) result.size.push_back(static_cast<std::size_t>(s));

  std::map<int, Matrix> received;
  for (auto& transform : exchange_blocks(comm, std::move(transforms)))
    received[transform.first] = std::move(transform.block);
  for (std::size_t b = 0; b < blocks.size(); ++b) {
    result.transform.push_back(std::move(received.at(blocks[b].subdomain)));
    jacobian[b] = product(Op::none, jacobian[b], Op::none, result.transform[b]);
  }
  return result;
}

}  // namespace ddpinn
