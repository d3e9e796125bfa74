// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "dense/matrix.hpp"
#include "solver/linear/krylov.hpp"

#include <ddpinn/problem.hpp>

#include <vector>

namespace ddpinn {

/// What a singular system S n = g says about scalars n.
struct Determined {
  std::vector<bool> solved;  ///< one solution has these, and zero for all others
  std::vector<bool> unique;  ///< all solutions have the same value
};

/// @param seen scalars that any row depends on
Determined determined(const Matrix& s, const std::vector<bool>& seen);

/// Errors of the rows of this rank.
struct RowErrors {
  std::vector<double> independent;  ///< standard deviation by row; of no more rows: 0
  /// Rows that err by the values at them: those of a cluster together, as what discretisation leaves of a
  /// statement in a subdomain. Clusters err independently of each other, or all to the same side: the squares
  /// of both are added.
  std::vector<std::vector<std::size_t>> clusters = {};
  std::vector<double> values = {};  ///< by row
};

/// Few scalars n beside the many unknowns y of a linear least-squares problem: min |J y + K n + r|, K with a
/// dense column for each scalar. With Q = (I - P) K, P the projection on the range of J, the scalars solve
/// the small problem (Q^T Q) n = -Q^T (r + J y_0), where y_0 is the solution for n = 0. The columns of Q come
/// from solves with the same operator and preconditioner as y_0.
class Border {
 public:
  /// @param columns K by column: a value for each row of this rank @note Collective.
  Border(const JacobianOperator&, const Preconditioner&, const SolverOptions&,
         const std::vector<std::vector<double>>& columns, const Monitor&, int nonlinear);

  /// Without unknowns y: Q = K. @param negligible sum of squares below which a column is only rounding
  /// @note Collective.
  Border(const Communicator&, std::vector<std::vector<double>> columns, std::vector<double> negligible);

  int iterations() const { return iterations_; }  ///< Krylov iterations of all solves

  /// For each scalar, how y answers to a change of it by one: min |J y + K_i|.
  /// @pre there are unknowns y
  const std::vector<petsc::Vec>& answers() const { return answers_; }

  /// The scalars n within the bounds, which hold 0. A scalar that would leave them stays at its bound while
  /// the others are solved for anew. One that no row depends on (in the span of J, to rounding) stays 0, and
  /// so does one whose effect is that of scalars before it.
  /// @param residual r + J y_0 @param damping added to the diagonal of Q^T Q, as a fraction of it
  /// @note Collective.
  std::vector<double> solve(const std::vector<double>& residual, const std::vector<double>& lower,
                            const std::vector<double>& upper, double damping = 0) const;

  /// With which combinations of scalars that the rows do not tell, as a and b where only a b matters, stay:
  /// what rounding makes of their columns has eigenvalues far below it.
  static constexpr double least_damping = 1e-6;

  /// How much less |r + J y_0 + Q n|^2 is than |r + J y_0|^2. @note Collective.
  double decrease(const std::vector<double>& residual, const std::vector<double>& scalars) const;

  /// S^-1 (Q^T C Q) S^-1 with S = Q^T Q, C the covariance of the rows' errors; zero for scalars that stay 0
  /// in solve(). @note Collective.
  Matrix covariance(const RowErrors&) const;

  /// Roots of its diagonal: standard deviations of the scalars; infinite for scalars that no row depends on,
  /// or whose effect others can have. @note Collective.
  std::vector<double> standard_errors(const RowErrors&) const;

 private:
  void reduce();  ///< to the small problem
  Matrix gram() const;
  Matrix spread(const RowErrors&) const;

  const Communicator* comm_;
  std::vector<petsc::Vec> answers_;
  std::vector<std::vector<double>> projected_;  ///< columns of Q
  std::vector<double> negligible_;              ///< |Q_i|^2 that is rounding only
  Matrix schur_;                                ///< Q^T Q
  Determined determined_;
  int iterations_ = 0;
};

/// Changes of scalars that are independent of each other and add up to this covariance: C = sum of d d^T.
std::vector<std::vector<double>> deviations(const Matrix& covariance);

/// How far scalars with these values may move within their bounds.
struct Room {
  std::vector<double> lower, upper;
};
Room room(const std::vector<Unknown>&, const std::vector<double>& values);

/// value + step within the bounds, and exactly at the one that the step leads to, which rounding would miss.
double moved(double value, double step, const Unknown&);

/// min 1/2 n^T S n + g^T n within bounds by fixing scalars at the bounds that they would leave. Scalars with
/// `free[i]` false stay 0.
std::vector<double> bounded_minimum(const Matrix& s, const std::vector<double>& g, std::vector<bool> free,
                                    const std::vector<double>& lower, const std::vector<double>& upper);

}  // namespace ddpinn
