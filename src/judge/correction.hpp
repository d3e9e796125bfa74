// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "solver/monitor.hpp"
#include "solver/nonlinear/linear_problem.hpp"

namespace ddpinn {

/// What a richer space adds to fields.
struct Correction {
  Field field;             ///< of the networks that cover rows of this rank
  bool converged = false;  ///< to a percent
  /// Sum of squares of the linearised rows that it leaves, over all ranks; of weak forms none.
  double objective = 0;
  /// How the fields change with the unknowns, by a standard deviation of these in independent directions.
  std::vector<Field> uncertain = {};
};

/// What the rows of a richer space are linearised to.
struct RichRows {
  const Rows& rows;
  const Linearisation& linear;
  std::vector<std::vector<double>> gradient;  ///< of a weak form, by block
};

/// Changes of fields, and of the model's unknowns with them, that minimise the rows of a richer space,
/// linearised at the fields.
class Corrections {
 public:
  /// @param shared whether what one problem is solved by is kept for the next, whose rows may be congruent
  Corrections(const Communicator&, const SolverOptions&, const Monitor&, bool shared = false);
  Corrections(Corrections&&) noexcept;
  ~Corrections();

  /// @param solved the problem by which the fields were found, whose coordinates and preconditioner serve
  /// again; null: all is made anew, at several times the cost @throws Interrupted @note Collective.
  Correction find(Rows& rich, const std::vector<FieldValues>& fields,
                  const std::shared_ptr<const LinearProblem>& solved);

  /// Whether the last problem has left something that the next may share: not that of one before.
  bool made() const { return made_; }
  /// Makes the same as `find` did. @note Collective.
  void make(Rows& rich, const std::shared_ptr<const LinearProblem>& solved);

 private:
  struct Enrichment;
  bool serves(const Rows& rich, const Linearisation&, const LinearProblem& solved);
  bool enrich(const Rows& rich, const Linearisation&, const std::shared_ptr<const LinearProblem>& solved,
              SharedMatrices& blocks);
  Correction anew(const RichRows&, SharedMatrices blocks) const;
  bool shares(const Rows& rich) const { return shared_ && !rich.model().is_weak(); }

  const Communicator& comm_;
  const SolverOptions& options_;
  Monitor monitor_;
  bool shared_, made_ = false;
  std::unique_ptr<Enrichment> kept_;
};

}  // namespace ddpinn
