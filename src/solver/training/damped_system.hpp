// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "assembly/compression.hpp"
#include "assembly/training/trainable_field.hpp"
#include "solver/linear/border.hpp"
#include "solver/linear/krylov.hpp"

#include <map>
#include <memory>
#include <optional>
#include <vector>

namespace ddpinn {

/// The linearised least-squares problem in all parameters, to be solved for steps of any damping:
/// min |J d + r|^2 + mu |d'|^2, with d' all parameters, or with variable projection those of the hidden
/// layers. Then the columns of the output layers are compressed, since undamped they would be dependent to
/// rounding. The model's unknowns are damped too, by a border of dense columns. The damping stands as rows
/// below the others, which only one network each has a part in.
class DampedSystem {
 public:
  /// @note Collective.
  DampedSystem(const TrainableField&, const Linearisation&, bool variable_projection, const SolverOptions&);

  /// The largest squared norm of a damped column.
  double largest_column() const { return largest_column_; }

  struct Step {
    double promised = 0;  ///< |r|^2 - |J d + r|^2
    int krylov_iterations = 0;
    std::vector<double> unknowns;  ///< change of the model's unknowns, within their bounds
  };
  /// Adds the step to the parameters. @note Collective.
  Step solve(double damping, const Monitor&, int nonlinear, ::Vec parameters) const;

  /// Standard errors of the model's unknowns (identification.hpp). @note Collective.
  std::vector<double> standard_errors(const Monitor&, double residual_deviation) const;

 private:
  /// The problem of one damping, with what it takes to solve it.
  struct Problem {
    Rows rows;
    DofLayout layout;
    JacobianOperator jacobian;
    Preconditioner preconditioner;
    Problem(const DampedSystem&, double damping);
  };
  Border border(const Problem&, const Monitor&, int nonlinear) const;
  std::vector<double> step_of_unknowns(const Border&, const std::vector<double>& residual,
                                       double damping) const;
  std::vector<Matrix> build_blocks(bool variable_projection);
  void scale_damped_columns(std::vector<Matrix>& blocks);
  std::unique_ptr<NormalBlocks> damped_normal(double damping) const;
  double damping_row(double unit, double damping) const;
  std::vector<Matrix> damped_blocks(const Rows& damped, double damping) const;
  std::map<int, SharedMatrix> polynomials() const;
  void add_to_parameters(::Vec y, const DofLayout&, ::Vec parameters) const;

  const TrainableField* field_;
  const Linearisation* linear_;
  const SolverOptions* options_;
  Compression compression_;        ///< of the output layers; empty without variable projection
  std::vector<std::size_t> size_;  ///< unknowns of each subdomain
  std::optional<DofLayout> layout_;
  std::optional<JacobianOperator> undamped_;    ///< its blocks: compressed columns, then damped ones
  std::unique_ptr<const NormalBlocks> normal_;  ///< of `undamped_`; null where no solve needs it
  std::size_t damped_ = 0;                      ///< damped columns of each block
  double largest_column_ = 0;
  std::vector<double> unit_;  ///< in which damped parameters are measured, by subdomain and parameter
};

}  // namespace ddpinn
