// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "assembly/rows.hpp"
#include "parallel/rounds.hpp"

#include <map>
#include <span>
#include <vector>

namespace ddpinn {

/// New coordinates for the output coefficients of every network, c = T y, in which the columns of each
/// Jacobian block are orthonormal over all rows of all ranks.
struct Compression {
  SharedMatrices transform;       ///< T by block of this rank: columns by unknowns
  std::vector<std::size_t> size;  ///< unknowns of every subdomain, the same on every rank
  std::map<int, SharedMatrix>
      polynomial;  ///< of owned subdomains: coordinates y of the coarse polynomial features of all fields

  /// The output coefficients c = T y of block b's network. @param coefficients features by fields
  void expand(std::size_t b, std::span<const double> y, Matrix& coefficients) const;
  /// The same of all blocks. @param y of one block after the other, as JacobianOperator::gather has them
  /// @param field receives them
  void expand(const std::vector<Block>&, std::span<const double> y, Field& field) const;
};

/// As many unknowns as a network may have that covers this many rows: 1.7 rows per direction for each, in
/// three directions at most. Where a
/// shape leaves little of a box, more would fit the rows and swing between them: on an L-shape whose removed
/// cores reach into the domain by thin strips, 12 points per direction, the error is 2e-6 with this rule, and
/// 9e-4 with one and a half rows per unknown.
std::size_t most_unknowns(std::size_t rows, int dimension);

/// New coordinates, c = T y, for a block with this triangular factor R (of any number of rows, such as
/// several factors below each other): R T has orthonormal columns. T = D^-1 V S^-1 with the column norms D
/// and the singular values and vectors of R D^-1. Singular values below `tolerance` times the largest are
/// dropped, and the smallest where there are more than `most`. Where R is square and well conditioned
/// (polynomial features), T = R^-1 instead, which takes no singular values.
class Orthonormalisation {
 public:
  Orthonormalisation(Matrix r, double tolerance, std::size_t most);

  /// Columns of T.
  std::size_t rank() const { return rank_; }
  Matrix transform() const;
  /// y of one column's coefficient 1, to `y`: column e_j of S V^T D (or of R), the left inverse of T. It is
  /// not computed as (R T)^T R e_j, in whose entries for the smallest singular values s the rounding of R T,
  /// 1e-16 / s, is all there is: they are of the order of s.
  void coordinates(std::size_t column, double* y) const;

 private:
  std::vector<double> norms_;   ///< D
  std::vector<double> values_;  ///< S; empty where T = R^-1
  Matrix factor_;               ///< V, or R D^-1
  std::size_t rank_ = 0;
};

/// The T of an Orthonormalisation.
Matrix orthonormalising_transform(Matrix r, double tolerance, std::size_t most);

/// Compresses the Jacobian blocks, and replaces them by J T. The ranks that hold rows of a block send the
/// triangular factor of their part to its owner (a QR decomposition of a tall matrix in one step of TSQR:
/// Demmel, Grigori, Hoemmen, Langou, SIAM J. Sci. Comput. 34, 2012), which decomposes them together by
/// singular values, drops the small ones (see above) and sends T back. No rank needs rows of another. Blocks
/// that are one matrix, on every rank that has a part of them, have one T.
/// @throws Interrupted @note Collective.
Compression compress(const Communicator&, const Rows&, double tolerance, SharedMatrices& jacobian,
                     const StopTest& stop = {});

}  // namespace ddpinn
