// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "run/time_part.hpp"

#include "assembly/continued_values.hpp"
#include "base/random.hpp"
#include "judge/error_estimate.hpp"
#include "parallel/agree.hpp"
#include "problem/case/derived_cases.hpp"
#include "solver/interface/local_class.hpp"
#include "solver/nonlinear/fitted_solution.hpp"

namespace ddpinn {

TimePart::TimePart(const CaseFile& whole, int slab, const Communicator& comm)
    : file_(slab_case(whole, slab)),
      continued_(slab > 0 ? ddpinn::continued(whole.problem) : std::vector<Derivative>{}),
      slab_(time_slab(whole.problem, whole.options.time, slab)),
      space_(comm, lay_out(file_, comm.size())) {}

namespace {

/// Owners of the cores whose points are drawn: -1 for the others. Which these are depends on no rank.
std::vector<int> judged_owners(const Space& space, double part) {
  auto owner = space.owner();
  for (std::size_t k = 0; k < owner.size(); ++k)
    if (Random(0, k).uniform() >= part) owner[k] = -1;
  return owner;
}

}  // namespace

void TimePart::discretise(const NetworkFamily& family, const TimePart* before) {
  const auto& options = file_.options;
  const double part = judged_part(space_.model(), space_.decomposition(), options);
  const auto owner = judged_owners(space_, part);
  estimated_ = part == 1 && can_estimate(space_.decomposition(), options);
  collectively(space_.communicator(), [&] {
    discretisation_.emplace(space_.with(family),
                            draw_rows(space_.model(), space_.decomposition(), owner,
                                      space_.communicator().rank(), options.points, family.seed));
  });
  discretisation_->set_congruence(options.solver.congruence);
  if (before) take_over(*discretisation_, traces_of(before));
}

FieldsAt TimePart::end_of(const TimePart& before) const {
  return [this, &before](std::vector<Point> points) {
    for (auto& x : points) x[slab_.direction] = slab_.lower;
    return fields_of(before.field())(points);
  };
}

std::function<FieldValues(const std::vector<Point>&)> TimePart::traces_of(const TimePart* before) const {
  if (!before) return {};
  return [this, before](const std::vector<Point>& points) {
    return before->field().anywhere(points, continued_);
  };
}

void TimePart::keep(Field field) { field_.emplace(std::move(field)).complete(); }

}  // namespace ddpinn
