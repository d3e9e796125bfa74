// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "run/slab_march.hpp"

#include "base/log.hpp"
#include "run/start_of_part.hpp"
#include "solver/identification/identification.hpp"
#include "solver/interface/interface_solver.hpp"
#include "solver/nonlinear/feature_scale.hpp"
#include "solver/nonlinear/start.hpp"
#include "solver/training/training.hpp"

#include <cmath>

namespace ddpinn {

namespace {

/// A solution with these coefficients on the same networks and points.
Solution with_fields(const Discretisation& discretisation, const Solution& from) {
  Solution solution;
  solution.coefficients = from.coefficients;
  solution.fields = discretisation.lift();
  discretisation.add_fields(solution.coefficients, solution.fields);
  return solution;
}

}  // namespace

std::vector<FieldValues> fields_of(const TimePart& part, const PartSolution& from) {
  return with_fields(part.discretisation(), from.solution).fields;
}

std::unique_ptr<TimePart> SlabMarch::run(const CaseFile& file, const Listener& listener,
                                         const std::vector<PartSolution>* near) {
  std::unique_ptr<TimePart> before;
  for (int slab = 0; slab < file.options.time.slabs; ++slab) {
    if (slab > 0 && monitor_.stop()) break;
    const auto* from = near && slab < std::ssize(*near) ? &(*near)[slab] : nullptr;
    auto part = start(file, slab, before.get(), listener, from);
    const auto solution = solve(file, *part, before.get(), from);
    part->keep(comm_, solution);
    if (listener.solved) listener.solved(*part, solution);
    before = std::move(part);
  }
  return before;
}

std::unique_ptr<TimePart> SlabMarch::restore(const CaseFile& file, int slab, const TimePart* before,
                                             const PartSolution& from) {
  auto part = std::make_unique<TimePart>(file, slab, comm_.size());
  part->setup().family = from.family;
  part->discretise(comm_, before);
  part->keep(comm_, from.solution);
  return part;
}

/// The slab's points and networks.
std::unique_ptr<TimePart> SlabMarch::start(const CaseFile& file, int slab, const TimePart* before,
                                           const Listener& listener, const PartSolution* near) {
  auto part = [&] {
    const auto timed = start_phase(monitor_, "set-up");
    return std::make_unique<TimePart>(file, slab, comm_.size());
  }();
  auto& setup = part->setup();
  if (slab == 0 && listener.first) listener.first(setup);
  if (near && !file.options.solver.trains())
    setup.family = near->family;
  else if (needs_scale(file.options))
    choose(setup);
  const auto timed = start_phase(monitor_, "points");
  part->discretise(comm_, before);
  return part;
}

/// The scale of the first slab serves all.
void SlabMarch::choose(Setup& setup) {
  if (!scale_) {
    const auto timed = start_phase(monitor_, "scale");
    std::vector<ScaleTrial> trials;
    scale_ = choose_scale(comm_, setup.model, setup.decomposition, setup.owner, setup.family, trials);
    for (const auto& [scale, misfit] : trials)
      log::debug("scale {}: misfit {:.3e}", scale, std::sqrt(misfit));
  }
  setup.family.scale = *scale_;
}

Solution SlabMarch::solve(const CaseFile& file, TimePart& part, const TimePart* before,
                          const PartSolution* near) {
  const auto& options = file.options;
  auto& discretisation = part.discretisation();
  if (options.decomposition.coupling == "interface") return solve_layers(file, part, near);
  if (options.solver.trains()) return train(comm_, discretisation, options, monitor_);
  auto start = near && !discretisation.model().affine ? Start{with_fields(discretisation, near->solution)}
                                                      : start_of(comm_, options, part, before, monitor_);
  auto solution = solve_output_layers(comm_, discretisation, options.solver, monitor_, std::move(start));
  scale_ = discretisation.family().scale;
  return solution;
}

/// By interface coupling.
Solution SlabMarch::solve_layers(const CaseFile& file, TimePart& part, const PartSolution* near) {
  auto& discretisation = part.discretisation();
  const auto& coarse = file.options.coarse;
  const auto& model = discretisation.model();
  const auto rule = transmission_rule(part.problem(), model, file.options.decomposition.interface);
  std::optional<GridCorrection> grid;
  std::optional<Solution> start;
  if (!coarse.empty() && rule.time < 0)
    grid.emplace(comm_, model, coarse);
  else if (!coarse.empty() && model.affine && !near)
    log::warning(
        "[coarse] is not used in time for linear equations (layers of subdomains are solved one after the "
        "other, which couples few of them at once); remove it");
  else if (near && !model.affine && !file.options.solver.trains())
    start = with_fields(discretisation, near->solution);
  else if (!coarse.empty() && !model.affine)
    start = grid_solution(comm_, discretisation, coarse, {});
  return solve_interface(comm_, discretisation, rule, file.options, grid ? &*grid : nullptr, monitor_,
                         start ? &*start : nullptr);
}

}  // namespace ddpinn
