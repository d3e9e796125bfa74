// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "assembly/rows.hpp"

#include <ddpinn/result.hpp>

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace ddpinn {

struct LinearProblem;

/// What a solver found.
struct Solution {
  Field field;                      ///< of the networks that cover rows of this rank, unless it was completed
  std::vector<FieldValues> fields;  ///< at the rows' points, by group
  bool converged = false;
  bool stationary = false;  ///< the iteration has ended, but where some statement is not met
  std::string stop_reason = {};
  int nonlinear_iterations = 0;
  int krylov_iterations = 0;
  std::vector<double> standard_errors = {};  ///< of the field's unknowns, see docs/mathematics.md
  double data_emphasis = 1;                  ///< how many times more than usual noisy data count
  double residual = 0;                       ///< root mean square of the weighted rows
  std::optional<double> energy = {};         ///< where one was made smallest
  long long unknowns = 0;
  long long rows = 0;
  long long coarse_unknowns = 0;
  long long bytes_exchanged = 0;                  ///< by the training, see Result
  std::optional<InterfaceReport> interface = {};  ///< of the interface coupling only
  bool congruent = false;                         ///< solved with the linear problem of a time slab before
  /// The linear problem that was solved last, where that was of the output layers of the whole domain, for as
  /// long as the rows live. Its Jacobian blocks are gone, unless other time slabs share it.
  std::shared_ptr<const LinearProblem> problem = {};
};

/// All networks zero.
Solution zero_solution(const Rows&);

/// These fields, as a solution on the rows: on their networks, with the unknowns that they have.
/// @pre the field knows the networks that cover rows of this rank
Solution solution_of(const Rows&, const Field&);

}  // namespace ddpinn
