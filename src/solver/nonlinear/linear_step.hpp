// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "assembly/rows_record.hpp"
#include "parallel/square_sum.hpp"
#include "solver/monitor.hpp"
#include "solver/nonlinear/shared_problem.hpp"
#include "solver/solution.hpp"

#include <memory>
#include <string>
#include <vector>

namespace ddpinn {

/// What a linearised problem is solved for.
///
/// The whole solution is best while steps are long. The step from a poor iterate is rough, its coefficients
/// are large, and what rounding leaves of them in the sum of all steps no later step can represent: on
/// Kovasznay's flow sums of steps ended at errors of 2e-6, whole solutions at 2e-9. Increments are best at
/// the end, where they are small and so is their rounding.
enum class Target { solution, increment };

/// One linearised least-squares problem: its step in coefficients and fields.
struct Step {
  Field change;
  std::vector<FieldValues> fields;  ///< the change at the rows' points
  KrylovResult krylov;
  double linear_objective = 0;  ///< |J dc + r|^2
  double decrement = 0;         ///< of a weak form: dc^T H dc; of an energy twice what its model loses
  bool bent = false;            ///< the model's curvature was taken by its amount, for it is not convex
  long long unknowns = 0;
  long long coarse_unknowns = 0;
};

/// The linearised problems of a Gauss-Newton iteration. Compression and preconditioner cost far more than the
/// Krylov iterations, and serve the next linearisation too where the solution moves little: they are made
/// anew when the iterations with them grow too many (a lagged preconditioner, as PETSc's SNES has it:
/// Knoll, Keyes, J. Comput. Phys. 193, 2004).
class LinearSteps {
 public:
  /// @param work whose record in the journal is followed by the Krylov iterations on the way to the next one;
  /// empty: they are not kept @param shared the problem of rows before, whose place the first one here takes
  /// where that serves no more; of affine statements; may be null
  LinearSteps(const Communicator& comm, const Rows& discretisation, const SolverOptions& options,
              const Monitor& monitor, std::string work = {}, SharedProblem* shared = nullptr)
      : comm_(comm),
        discretisation_(discretisation),
        options_(options),
        monitor_(monitor),
        work_(std::move(work)),
        shared_(shared) {}

  /// Linearises at the present fields and solves. @param curvature how much of the rows the last linear model
  /// missed (missed()) @param nonlinear number of the step, for the monitor @param multipliers what is added
  /// to the residual, by row; empty: nothing @returns a step of zero, not converged, where it was stopped
  /// before there was any @note Collective.
  Step solve(const Solution& present, Target, double curvature, int nonlinear,
             const std::vector<double>& multipliers = {});

  /// The problem of the last step for another to use, without its Jacobian blocks unless it is shared. @post
  /// as after forget()
  std::shared_ptr<const LinearProblem> release() {
    if (problem_ && !shared_) problem_->jacobian.take_blocks();
    return std::move(problem_);
  }

  /// Solves once more, for what the last solve has left: its problem, with the residual of the present fields
  /// as the right-hand side. @param tolerance of the Krylov iteration, relative to that @pre the statements
  /// are affine, and `solve` was called @param multipliers as for solve() @note Collective.
  Step repeat(const Solution& present, double tolerance, int nonlinear,
              const std::vector<double>& multipliers = {});

  /// The problem of the last step.
  const LinearProblem& problem() const { return *problem_; }

  /// Has the next problem made from nothing: the features have changed.
  void forget() { problem_.reset(); }

  /// From what a problem is made again. @note Collective.
  void put(Record&) const;
  /// Makes the problem of a record again, as it was. @note Collective.
  void get(const Record&);

 private:
  /// Where the rows were linearised.
  struct At {
    std::vector<FieldValues> fields;
    std::vector<double> unknowns;
    Rows::Weights weights;
  };
  At here(const std::vector<FieldValues>&) const;
  void put(const At&, const std::string& name, Record&) const;
  At at(const std::string& name, const Record&) const;
  SharedMatrices jacobian(const At&) const;
  Step linearise_and_solve(const Solution& present, Target, double curvature, int nonlinear,
                           const std::vector<double>& multipliers);
  KrylovResult solve_for(SharedMatrices blocks, const std::vector<double>& right, Target, double curvature,
                         int nonlinear);
  KrylovResult solve_shared(const std::vector<double>& right, int nonlinear);
  KrylovResult krylov(const SolverOptions&, const std::vector<double>& right, int nonlinear);
  void take_gradient(const Solution& present);
  Step step(const KrylovResult&, const std::vector<double>& right, const Solution& present, Target) const;

  const Communicator& comm_;
  const Rows& discretisation_;
  const SolverOptions& options_;
  const Monitor& monitor_;
  std::string work_;
  SharedProblem* shared_;
  int numbered_ = 0, solves_ = 0;  ///< the last step, and what has been solved in it
  std::shared_ptr<LinearProblem> problem_;
  At made_at_, last_at_;  ///< of the problem, and of its present Jacobian; where there is a journal
  petsc::Vec solution_;   ///< in the unknowns of the problem
  /// Of a weak form: its first variation by block, what stands in the middle of its second one, and the
  /// residual with multipliers at the present fields.
  std::vector<std::vector<double>> gradient_;
  RowForm form_;
  std::vector<double> present_;
  bool bent_ = false;
  double near_ = 0.05;  ///< curvature up to which the former problem is tried
};

/// Weights the rows anew at these fields, and returns their sum of squares. @note Collective.
double weighted_objective(const Communicator&, Rows&, const std::vector<FieldValues>&);

/// fields + length * direction
std::vector<FieldValues> combined(const std::vector<FieldValues>& fields, double length,
                                  const std::vector<FieldValues>& direction);

/// solution += length * step
void accept(const Step&, double length, Solution&);

/// What the linear model of a step missed of the rows after it, relative to the rows before it: 0 where the
/// next Jacobian is the same, of the order of 1 where it is another.
double missed(const Step&, double before, double after);

/// The largest change of a field relative to its largest value. Derivatives count too, as many widths of the
/// smallest box as they have orders: rows may have no value of a field, and one derivative alone may be zero
/// in the solution. @note Collective.
double change(const Communicator&, const Rows&, const Step&, const Solution&);

/// Takes the longest of the steps 1, 1/2, 1/4, ... that decreases the sum of squares (Armijo's condition), or
/// none. @note Collective.
bool advance(const Communicator&, const Rows&, const Step&, Solution&, double& objective);

}  // namespace ddpinn
