// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <optional>
#include <string>
#include <vector>

namespace ddpinn {

/// Error norms of one field against its exact solution or its reference values, over the points inside the
/// domain.
struct FieldError {
  std::string field;
  double l2_relative = 0;  ///< sqrt(sum (u-u*)^2) / sqrt(sum u*^2)
  double linf = 0;         ///< max |u-u*|
  double l1_over_std = 0;  ///< mean |u-u*| / std(u*)
  long long points = 0;
};

/// Residuals of an equation or condition at points that were not used in the solve.
struct FreshResidual {
  std::string name;
  bool condition = false;
  double rms = 0;      ///< root mean square
  double largest = 0;  ///< absolute value
  long long points = 0;
  int order = 0;  ///< highest order of differentiation
};

/// What part of its terms an equation or condition misses, root mean squares over all points
/// (docs/running.md): at the points of the solve, and at others.
struct StatementResidual {
  std::string name;
  bool condition = false;
  double at_points = 0;
  double at_fresh_points = 0;
};

/// An estimate of a field's relative L2 error, made without knowing the solution.
struct ErrorEstimate {
  std::string field;
  double l2_relative = 0;
  /// The same error relative to the field's standard deviation over the domain, where that is at least a
  /// tenth of the field: 300 K +- 10 K are known to 1 % where they are known to 0.1 K.
  double of_variation = 0;
  /// The part of `l2_relative` that comes from what data leave uncertain of the unknowns.
  double of_unknowns = 0;
  /// Whether the solution shows features that richer networks do not resolve: kinks, jumps, singular corners.
  bool rough = false;
};

/// What flows through one face or shape out of the domain, integrated over it.
struct BoundaryFlux {
  std::string place;
  double flux = 0;
};

/// The balance of a conservation law over the whole domain.
struct Balance {
  std::string name;
  std::vector<BoundaryFlux> fluxes;
  double net_flux = 0;  ///< the sum of them
  double source = 0;    ///< integral of the source
  double relative_defect =
      0;  ///< |net_flux - source| over half of the integrals of |flux| and |source| together
};

/// A quantity of the case, as found.
struct QuantityValue {
  std::string name;
  double value = 0;
  std::vector<double> slabs;  ///< the same of each time slab alone; NaN where it has no part in it
};

/// A scalar that was identified together with the fields.
struct Identified {
  std::string name;
  double value = 0;
  double standard_error = 0;  ///< infinite where the data do not determine it
};

/// One line of the history: the state after an iteration.
struct Iteration {
  int nonlinear = 0;      ///< Gauss-Newton step, from 1; 1 for linear problems
  int krylov = 0;         ///< Krylov iteration within the step, from 0
  double residual = 0;    ///< relative norm that the stopping test watches
  double objective = 0;   ///< 1/2 |W r|^2, where known; NaN elsewhere
  double seconds = 0;     ///< since the start of the run
  bool step_end = false;  ///< a nonlinear step ended: `residual` is its change of the fields, or what is left
                          ///< of the first residual
};

/// Where the time went: seconds of one phase over the ranks.
struct Phase {
  std::string name;
  double min = 0;
  double mean = 0;
  double max = 0;
};

/// What an interface coupling found and sent.
struct InterfaceReport {
  int outer_iterations = 0;  ///< of all layers in time and Newton steps together
  double jump = 0;  ///< root mean square difference between a field and its traces, relative to these
  long long trace_rows = 0;  ///< transmission rows of all subdomains
  long long messages = 0;    ///< that a rank sends in an outer iteration, traces only; the most of any rank
  long long bytes = 0;       ///< the same in bytes
  long long classes = 0;     ///< kinds of local problems, which congruent subdomains have in common
};

/// What a run found; the same on every rank.
struct Result {
  std::vector<FieldError> errors;              ///< empty without exact solution and reference
  std::vector<FieldError> comparison;          ///< against Criteria::compare_with
  std::vector<ErrorEstimate> estimates;        ///< of every field, in a richer space (docs/mathematics.md)
  std::vector<StatementResidual> statements;   ///< of the worst time slab, without data
  std::vector<FreshResidual> fresh_residuals;  ///< where Criteria::a_posteriori asks for them
  std::vector<ErrorEstimate> grid_estimates;   ///< the same, of linear cases: errors by a grid's correction
  std::vector<Balance> balances;               ///< the same, of the case's conservation laws
  std::vector<Identified> identified;
  std::vector<QuantityValue> quantities;  ///< of the case
  std::vector<Iteration> history;
  std::vector<Phase> phases;
  std::string stop_reason;             ///< one line: which test stopped the iteration
  bool converged = false;              ///< the iterations have, and the solution is resolved
  bool finished = false;               ///< the iterations have met their tests
  bool resolved = false;               ///< by error estimate and residuals
  std::string unresolved_because;      ///< why not, where, and what to do
  bool stopped = false;                ///< by a signal or the time limit
  std::optional<double> solved_until;  ///< in time slabs: the time up to which all slabs have converged
  int nonlinear_iterations = 0;
  int iterations = 0;   ///< Krylov iterations, all steps together
  double residual = 0;  ///< sqrt(sum of squares of the weighted rows / number of rows)
  std::optional<double> energy;  ///< of the solution, where one was made smallest; of all time slabs together
  double seconds = 0;   ///< wall time of the whole run
  int ranks = 1;
  int subdomains = 0;
  int congruent_slabs = 0;  ///< time slabs that were solved with the factorisation of one before
  long long unknowns = 0;   ///< after compression
  long long rows = 0;
  long long data_rows = 0;  ///< of these, observations
  int forward_solves = 0;   ///< of the whole case for given unknowns, where unknowns are fitted to these
  long long bytes_exchanged =
      0;                   ///< parameters and gradients of networks sent between ranks by Adam, all ranks
  double scale = 0;        ///< range of the first layer's weights that was used
  double peak_memory = 0;  ///< bytes, largest over the ranks
  std::optional<InterfaceReport> interface;  ///< with coupling = "interface"
};

}  // namespace ddpinn
