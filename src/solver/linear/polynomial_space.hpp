// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "petsc/sparse_cholesky.hpp"
#include "solver/linear/coarse_boxes.hpp"
#include "solver/linear/coarse_image.hpp"

#include <map>
#include <memory>
#include <vector>

namespace ddpinn {

/// The coarse space of the two-level method: the polynomial features of every network times their windows
/// (Nicolaides-type; of degree at least the order of the operator, or the iterations grow with the number of
/// subdomains). Only the finest level of the decomposition takes part: the windows of every level sum to one,
/// so that the polynomials of a coarser level are in the span of these. Where subdomains are so many that a
/// factorisation would take most of the time and memory, polynomials on larger boxes take their place
/// (coarse_boxes.hpp). The coarse matrix Z^T A Z is sparse, and solved by PETSc: its options begin with
/// -coarse_.
class PolynomialSpace {
 public:
  /// @param polynomial coordinates of the polynomial features of each owned subdomain
  /// (Compression::polynomial)
  /// @param most coarse functions; 0: as of cores_per_box
  /// @note Collective.
  PolynomialSpace(const JacobianOperator&, const NormalBlocks&, const std::map<int, SharedMatrix>& polynomial,
                  long long most = 0);

  /// z = Z (Z^T A Z)^-1 Z^T r. @note Collective.
  void apply(::Vec r, ::Vec z) const;

  petsc::Vec create_coarse() const;
  /// c = (Z^T A Z)^-1 Z^T r. @note Collective.
  void project(::Vec r, ::Vec c) const;
  /// c = (Z^T A Z)^-1 (A Z)^T v. @note Collective.
  void project_image(::Vec v, ::Vec c) const;
  /// r -= A Z c. @note Collective.
  void subtract_image(::Vec c, ::Vec r) const { image_->subtract(c, r); }
  /// z += Z c. @note Collective.
  void add(::Vec c, ::Vec z) const;

  long long dimension() const { return coarse_->total(); }

 private:
  void find_functions(const JacobianOperator&, const std::map<int, SharedMatrix>& polynomial, CoarseBoxes&);
  void lay_out(const JacobianOperator&, const CoarseBoxes&);
  std::map<int, CoarseFunctions> collect(const JacobianOperator&, const NormalBlocks&,
                                         const CoarseBoxes&) const;
  petsc::Mat assemble(const Communicator&, const std::map<int, CoarseFunctions>&) const;

  const DofLayout* layout_;
  std::map<int, CoarseFunctions> functions_;  ///< of owned subdomains
  std::unique_ptr<DofLayout> coarse_;         ///< by box
  std::unique_ptr<GhostExchange> ghosts_;     ///< coarse unknowns that reach owned subdomains
  std::unique_ptr<CoarseImage> image_;
  petsc::Mat matrix_;
  petsc::SparseCholesky solver_;
  petsc::Vec right_;
};

}  // namespace ddpinn
