// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "assembly/rows.hpp"
#include "io/checkpoint/journal.hpp"
#include "judge/corrected_field.hpp"
#include "judge/correction.hpp"

#include <ddpinn/options.hpp>
#include <ddpinn/result.hpp>

#include <map>
#include <string>
#include <vector>

namespace ddpinn {

/// Whether the points of all cores are few enough for errors to be estimated, which takes several times as
/// many and networks of some times the unknowns. @param options of the solve
bool can_estimate(const Decomposition&, const Options&);

/// Estimates of the fields' errors: the problem, linearised at the solution, is solved for what is left of
/// the rows at fresh points in a richer space (hierarchical error estimation: Bank, Smith, SIAM J. Numer.
/// Anal. 30, 1993). What it finds is the error as far as the richer space represents it, amplified as the
/// problem itself amplifies residuals: a small residual is no small error where errors grow. In time slabs
/// the error of one enters the next.
class ErrorEstimates {
 public:
  ErrorEstimates(const Communicator&, const Options&, const Monitor&);

  /// Adds a solution, of one time slab after the other.
  /// @param rows for which it was solved @param field complete
  /// @param coefficients that were solved for, all subdomains together
  /// @param continued what it takes over from the slab before
  /// @param solved the linear problem that was solved last, null where there was none @throws Interrupted,
  /// after which estimates say nothing @note Collective.
  void add(const Rows& rows, const Field& field, long long coefficients,
           const std::vector<Derivative>& continued, const std::shared_ptr<const LinearProblem>& solved);

  /// Adds what an independent deviation of the unknowns changes of a solution, of one time slab after the
  /// other. @param both complete @param factor by which the difference counts
  void add_uncertainty(const Field& field, const Field& changed, double factor);

  /// Whether all corrections were found, without which estimates say nothing.
  bool converged() const { return converged_; }

  /// The core with the largest part of a field's squared error.
  struct Worst {
    Box core;
    double square = 0;
    double share = 0;
  };
  /// @pre result() has an entry for the field
  Worst worst(std::size_t field) const;

  /// By statement, what part of its terms it misses at fresh points, in the worst slab.
  const std::map<std::string, double>& fresh() const { return fresh_; }

  /// Relative errors of all fields over all slabs so far. Those of a field that is zero but for rounding are
  /// relative to the size that its statements suppose (field_sizes.hpp). @note Collective.
  std::vector<ErrorEstimate> result() const;

  /// The solutions with their corrections, one for each slab that was added or restored; none are left.
  std::vector<CorrectedField> take_corrected() { return std::move(corrected_); }

  /// All but the corrected fields.
  void put(Record&) const;
  void get(const Record&, const std::vector<std::string>& fields);
  /// The corrected field of the slab that was added last.
  void put_corrected(Record&) const;
  /// Restores that of the next slab. @param all others as of `add` @note Collective.
  void get_corrected(const Record&, const Journal&, const Rows& rows, const Field& field,
                     long long coefficients, const std::vector<Derivative>& continued,
                     const std::shared_ptr<const LinearProblem>& solved);

 private:
  struct Sums {
    double square = 0, sum = 0, measure = 0;
  };

  Rows rich_rows(const Rows&, const Field&, const Space& rich_space,
                 const std::vector<Derivative>& continued) const;
  /// @param factor of the difference between the fields that the error is
  void measure(const Field& field, const Field& better, double factor);

  const Communicator& comm_;
  const Options& options_;
  Corrections corrections_;
  std::vector<std::string> fields_;
  std::vector<Worst> worst_;               ///< by field
  std::vector<CorrectedField> corrected_;  ///< by slab
  std::vector<Sums> sums_;                 ///< by field, over quadrature points of this rank
  std::vector<double> squares_;            ///< of errors, by field, over all ranks
  /// The same of what does not converge in the cores (resolution.hpp), for corrections know smooth errors
  /// only.
  std::vector<double> stagnant_;
  std::map<std::string, double> fresh_;
  std::vector<double> supposed_;   ///< sizes by field, of those that are zero what their statements suppose
  std::vector<double> unmet_;      ///< what parts of their terms statements with the field miss for good
  std::vector<double> uncertain_;  ///< the same of what unknowns leave uncertain, over this rank
  bool converged_ = true;
};

}  // namespace ddpinn
