// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "assembly/rows.hpp"
#include "problem/time_slabs.hpp"
#include "solver/nonlinear/network_fit.hpp"

#include <functional>
#include <optional>

namespace ddpinn {

/// One time slab, or all of the time where there is one only: what is needed to solve for it, and then its
/// fields.
class TimePart {
 public:
  /// @throws Error (Status::case_file)
  TimePart(const CaseFile& whole, int slab, const Communicator&);
  TimePart(const TimePart&) = delete;
  TimePart& operator=(const TimePart&) = delete;

  /// Draws the points for networks of this family, and takes over starting values from the part before.
  /// @param before null for the first @note Collective.
  void discretise(const NetworkFamily&, const TimePart* before);

  /// Keeps what the solver found, and makes it complete. @note Collective.
  void keep(Field);

  /// What another part, the one before, has ended with, constant in time from then on.
  FieldsAt end_of(const TimePart& before) const;
  /// The fields and derivatives there that this part continues; null without a part before.
  std::function<FieldValues(const std::vector<Point>&)> traces_of(const TimePart* before) const;

  /// Whether errors are estimated: not where the points of richer networks would fill the memory, nor where
  /// the points here are those of some of the cores (judged_part).
  bool is_estimated() const { return estimated_; }
  /// The fields and derivatives that it continues from the part before.
  const std::vector<Derivative>& continued() const { return continued_; }
  const Problem& problem() const { return file_.problem; }
  const TimeSlab& slab() const { return slab_; }
  /// With the networks that the case tells.
  const Space& space() const { return space_; }
  Rows& discretisation() { return *discretisation_; }
  const Rows& discretisation() const { return *discretisation_; }
  /// @pre it was kept
  const Field& field() const { return *field_; }

 private:
  CaseFile file_;
  std::vector<Derivative> continued_;
  TimeSlab slab_;
  Space space_;
  bool estimated_ = true;
  std::optional<Rows> discretisation_;
  std::optional<Field> field_;
};

}  // namespace ddpinn
