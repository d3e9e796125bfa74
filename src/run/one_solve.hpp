// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "base/timers.hpp"
#include "solver/nonlinear/network_fit.hpp"

#include <ddpinn/solve.hpp>

#include <string>
#include <vector>

namespace ddpinn {

/// How one solve of several, with other numerics each, behaves.
struct OneSolve {
  /// Fields anywhere in the domain from which nonlinear solves start; empty: as the options say. Collective.
  FieldsAt start = {};
  /// Whether it ends with the first time slab that does not converge.
  bool gives_up = false;
  /// What makes any solution of the problem doubtful (problem/advice/advice.hpp), the same for all numerics.
  std::vector<std::string> doubts = {};
  Timers timers = {};  ///< that have run since the whole began
};

/// A solve with the numerics that the options say, whatever accuracy they ask for. @note Collective.
Solved solve_once(const CaseFile&, MPI_Comm, const Monitor&, const OneSolve&);

/// Whether the case leaves it to trials which features its networks have: network.kind = "auto".
bool chooses_features(const CaseFile&);

/// The features that such a case leaves open, about equally many of each kind: hidden layers of tanh, or of
/// sines, unless it gives the activation, and, where it says nothing else of its networks, polynomials of the
/// highest degree of which there are no more (and no higher than one that pays). Points that the case leaves
/// open are enough for all features to count.
struct FeatureCandidate {
  std::string what;  ///< for the reader: "sin"
  CaseFile file;
};
std::vector<FeatureCandidate> feature_candidates(const CaseFile&);

/// Solves a case with the kind of features that leaves least of the statements, at points that it has not
/// seen, on a few representative subdomains (choose_scale); of kinds that are about as good, the first of
/// polynomials, tanh, sin. Nonlinear problems are solved with the first, are linearised there, and, where
/// another is better, solved again from those fields. Weak forms have no such test, and take the first.
/// What was chosen is in the fields' case. @pre chooses_features @note Collective.
Solved solve_with_chosen_features(const CaseFile&, MPI_Comm, const Monitor&, const OneSolve&);

}  // namespace ddpinn
