// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "run/time_part.hpp"

#include "assembly/field_evaluation.hpp"
#include "parallel/agree.hpp"
#include "problem/case/derived_cases.hpp"
#include "solver/nonlinear/start.hpp"

namespace ddpinn {

TimePart::TimePart(const CaseFile& whole, int slab, int ranks)
    : file_(slab_case(whole, slab)),
      continued_(slab > 0 ? continued(whole.problem) : std::vector<Derivative>{}),
      slab_(time_slab(whole.problem, whole.options.time, slab)),
      setup_(set_up(file_, ranks)) {}

void TimePart::discretise(const Communicator& comm, const TimePart* before) {
  collectively(comm, [&] {
    discretisation_.emplace(setup_.model, setup_.decomposition, setup_.owner, comm.rank(), setup_.family,
                            file_.options.points);
  });
  if (before) take_over(comm, *before);
}

void TimePart::take_over(const Communicator& comm, const TimePart& before) {
  const auto& groups = discretisation_->rows().groups;
  for (std::size_t g = 0; g < groups.size(); ++g)
    if (groups[g].statements->given_columns > 0 && !groups[g].statements->is_data())
      discretisation_->set_given(g, traces_of(comm, &before)(groups[g].points.x));
}

FieldsAt TimePart::end_of(const Communicator& comm, const TimePart& before) const {
  return [&, time = static_cast<std::size_t>(slab_.direction)](std::vector<Point> points) {
    for (auto& x : points) x[time] = slab_.lower;
    return fields_of(comm, *before.discretisation_, before.coefficients_)(points);
  };
}

std::function<FieldValues(const std::vector<Point>&)> TimePart::traces_of(const Communicator& comm,
                                                                          const TimePart* before) const {
  if (!before) return {};
  return [this, &comm, before](const std::vector<Point>& points) {
    return evaluate_anywhere(comm, *before->discretisation_, before->coefficients_, points, continued_);
  };
}

void TimePart::keep(const Communicator& comm, const Solution& solution) {
  coefficients_ = covering_coefficients(comm, *discretisation_, solution.coefficients);
}

}  // namespace ddpinn
