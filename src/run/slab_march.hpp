// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "run/time_part.hpp"
#include "solver/monitor.hpp"
#include "solver/nonlinear/network_fit.hpp"
#include "solver/nonlinear/shared_problem.hpp"
#include "solver/solution.hpp"

#include <functional>
#include <memory>
#include <optional>
#include <vector>

namespace ddpinn {

/// Solves a case, its parts in time one after the other (one part: all of the time at once), by whatever
/// coupling and method its options say.
class SlabMarch {
 public:
  /// Called as it goes; both are collective.
  struct Listener {
    std::function<void(const Space&)> first = {};  ///< the first part is set up
    std::function<void(TimePart&, const Solution&)> solved =
        {};  ///< a part is solved, and keeps its solution
  };

  /// @param first fields anywhere in the domain from which nonlinear solves of output layers start; may be
  /// empty
  SlabMarch(const Communicator& comm, const Monitor& monitor, FieldsAt first = {})
      : comm_(comm), monitor_(monitor), first_(std::move(first)) {}

  /// Ends early where the monitor says so. @param near parts of a solution of a case that differs in numbers
  /// only: scales and, unless they are trained, hidden layers are taken from there, and nonlinear solves
  /// start from it; may be null, and the fields at the points of their rows may be left out @returns the last
  /// part @note Collective.
  std::unique_ptr<TimePart> run(const CaseFile&, const Listener&,
                                const std::vector<Solution>* near = nullptr);

  /// A part again, from what is left of it: nothing is solved. @param before null for the first @note
  /// Collective.
  std::unique_ptr<TimePart> restore(const CaseFile&, int slab, const TimePart* before, const Solution&);

  /// Range of the first layer's weights that was chosen; where the case leaves it open.
  std::optional<double> scale() const { return scale_; }
  void set_scale(double scale) { scale_ = scale; }

 private:
  struct Solved {
    std::unique_ptr<TimePart> part;  ///< that keeps the solution
    Solution solution;
  };
  Solved solved(const CaseFile&, int slab, const TimePart* before, const Listener&, const Solution* near);
  Solved restored(const CaseFile&, int slab, const TimePart* before, const Listener&, const Record&);
  Solved next(const CaseFile&, int slab, const TimePart* before, const Listener&,
              const std::vector<Solution>* near);
  std::unique_ptr<TimePart> empty(const CaseFile&, int slab, const Listener&) const;
  std::unique_ptr<TimePart> start(const CaseFile&, int slab, const TimePart* before, const Listener&,
                                  const Solution* near);
  std::optional<Solution> continue_parameters(const CaseFile&, int slab, const TimePart* before);
  void take_shared(Solution&) const;
  double choose(const Space&);
  Solution solve(const CaseFile&, TimePart&, const TimePart* before, const Solution* near);
  Solution solve_layers(const CaseFile&, TimePart&, const Solution* near);

  const Communicator& comm_;
  const Monitor& monitor_;
  FieldsAt first_;
  SharedProblem shared_;
  std::optional<double> scale_;  ///< where the case says "auto": what was chosen for the last part
};

}  // namespace ddpinn
