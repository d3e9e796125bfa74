// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "problem/time_slabs.hpp"
#include "solver/nonlinear/least_squares.hpp"
#include "solver/nonlinear/network_fit.hpp"
#include "space/setup.hpp"

#include <map>
#include <optional>

namespace ddpinn {

/// One time slab, or all of the time where there is one only: what is needed to solve for it, and then to
/// evaluate it.
class TimePart {
 public:
  /// @throws Error (Status::case_file)
  TimePart(const CaseFile& whole, int slab, int ranks);
  TimePart(const TimePart&) = delete;
  TimePart& operator=(const TimePart&) = delete;

  /// Draws the points, and takes over starting values from the part before. @param before null for the first
  /// @note Collective.
  void discretise(const Communicator&, const TimePart* before);

  /// Keeps what the solver found. @note Collective.
  void keep(const Communicator&, const Solution&);

  /// What another part, the one before, has ended with, constant in time from then on.
  FieldsAt end_of(const Communicator&, const TimePart& before) const;
  /// The fields and derivatives there that this part continues; null without a part before.
  std::function<FieldValues(const std::vector<Point>&)> traces_of(const Communicator&,
                                                                  const TimePart* before) const;

  const Problem& problem() const { return file_.problem; }
  const TimeSlab& slab() const { return slab_; }
  Setup& setup() { return setup_; }
  Discretisation& discretisation() { return *discretisation_; }
  const Discretisation& discretisation() const { return *discretisation_; }
  const std::map<int, Matrix>& coefficients() const { return coefficients_; }

 private:
  void take_over(const Communicator&, const TimePart& before);

  CaseFile file_;
  std::vector<Derivative> continued_;
  TimeSlab slab_;
  Setup setup_;
  std::optional<Discretisation> discretisation_;
  std::map<int, Matrix> coefficients_;
};

}  // namespace ddpinn
