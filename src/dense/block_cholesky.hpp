// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "dense/panels.hpp"

#include <ddpinn/choices.hpp>

#include <map>
#include <optional>
#include <utility>
#include <variant>
#include <vector>

namespace ddpinn {

/// The order in which the diagonal blocks of a symmetric block matrix are eliminated, and where its factor
/// has blocks: blocks eliminated one after the other that reach the same others form a front, whose part of
/// the factor is one dense matrix.
struct BlockElimination {
  struct Front {
    std::vector<std::size_t> pivots;  ///< blocks that are eliminated together, in order
    std::vector<std::size_t> border;  ///< later blocks that they reach, in the order of elimination
    std::size_t pivot_rows = 0;       ///< rows of all pivots
    std::size_t rows = 0;             ///< rows of pivots and border
  };
  std::vector<Front> fronts;
  std::vector<std::size_t> position;  ///< turn of each block in the elimination

  /// @param size rows of each diagonal block
  /// @param pairs blocks (i, j), i < j, that are not zero; by minimum degree, which takes as little work here
  /// as nested dissection does
  BlockElimination(const std::vector<std::size_t>& size,
                   const std::vector<std::pair<std::size_t, std::size_t>>& pairs);

  /// Entries that the factor stores.
  std::size_t entries() const;
};

/// A symmetric positive definite matrix of dense blocks: A_ij for i <= j, size[i] by size[j] (those on the
/// diagonal whole); absent ones are zero.
using SymmetricBlocks = std::map<std::pair<std::size_t, std::size_t>, const Matrix*>;

/// Cholesky factorisation of a symmetric positive definite matrix of dense blocks, many of which are zero,
/// and solves with it: by fronts, so that all work is in BLAS and LAPACK. The local matrix of 3^d subdomains,
/// of which only neighbours have a block, takes a third (2D) to a quarter (3D) of the work of a dense one,
/// and two thirds to half of the memory. Of floats it takes half of both.
template <class Real>
class BlockCholesky {
 public:
  /// The smallest shift in {1e-14, 1e-13, ...} (of floats 1e-6 alone) times the largest diagonal entry for
  /// which the factorisation exists is added to the diagonal: a local basis can be dependent to rounding, and
  /// a preconditioner need not be exact.
  /// @return nothing where even a shift of 1e-6 is not enough, or an entry is not finite
  static std::optional<BlockCholesky> make(const std::vector<std::size_t>& size, const SymmetricBlocks&);

  /// Overwrites x, the blocks' parts one after the other, by the solution.
  /// @param count vectors, one after the other
  void solve(double* x, std::size_t count = 1) const;
  std::size_t size() const { return offset_.back(); }
  double shift() const { return shift_; }

 private:
  struct Front {
    std::size_t rows = 0, columns = 0;  ///< of pivots and border; of pivots
    std::vector<Real> entries;          ///< column by column
    Real* column(std::size_t j) { return entries.data() + j * rows; }
    MatrixPanel<Real> pivots() const { return {entries.data(), columns, columns, rows}; }
    MatrixPanel<Real> border() const { return {entries.data() + columns, rows - columns, columns, rows}; }
  };

  BlockCholesky(const std::vector<std::size_t>& size, const SymmetricBlocks&);
  bool factorise_shifted(const SymmetricBlocks&);
  void assemble(const SymmetricBlocks&, double shift);
  bool factorise_fronts();
  void pass_on(std::size_t front);
  std::size_t row_in_front(std::size_t front, std::size_t block) const;
  void gather(const std::vector<std::size_t>& blocks, const double* x, Real* local) const;
  void scatter(const std::vector<std::size_t>& blocks, const Real* local, double* x) const;

  BlockElimination elimination_;
  std::vector<std::size_t> offset_;        ///< of each block in x
  std::vector<std::size_t> front_;         ///< that eliminates a block
  std::vector<std::size_t> front_offset_;  ///< of a block in the columns of its front
  std::vector<Front> factor_;              ///< of the matrix times scale_
  double scale_ = 1;                       ///< a power of two that takes the largest diagonal entry near one
  double shift_ = 0;
};

/// A factorisation for a preconditioner, of floats or of doubles.
class LocalFactor {
 public:
  /// @param precision of the factor; where floats are too few for it to exist, it is of doubles
  /// @throws Error (Status::numerical) where the matrix is not positive definite, or an entry is not finite
  LocalFactor(const std::vector<std::size_t>& size, const SymmetricBlocks&, Precision precision);
  void solve(double* x, std::size_t count = 1) const;
  std::size_t size() const;
  bool is_single() const { return std::holds_alternative<BlockCholesky<float>>(factor_); }

 private:
  std::variant<BlockCholesky<float>, BlockCholesky<double>> factor_;
};

}  // namespace ddpinn
