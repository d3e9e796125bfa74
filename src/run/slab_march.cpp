// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "run/slab_march.hpp"

#include "assembly/field_sizes.hpp"
#include "base/log.hpp"
#include "parallel/agree.hpp"
#include "problem/case/derived_cases.hpp"
#include "run/continuation.hpp"
#include "run/first_guess.hpp"
#include "solver/identification/identification.hpp"
#include "solver/interface/interface_solver.hpp"
#include "solver/nonlinear/feature_scale.hpp"
#include "solver/nonlinear/fitted_solution.hpp"
#include "solver/solution_record.hpp"
#include "solver/training/training.hpp"

#include <fmt/format.h>

#include <cmath>

namespace ddpinn {

namespace {

/// Of random features for energies: there is no misfit to choose it by.
constexpr double usual_scale = 0.7;

/// Whether slabs may have a linear problem in common.
bool shares(const CaseFile& file) {
  return file.options.time.slabs > 1 && file.options.solver.congruence && !file.options.solver.trains();
}

void add_iterations(const Solution& earlier, Solution& solution) {
  solution.nonlinear_iterations += earlier.nonlinear_iterations;
  solution.krylov_iterations += earlier.krylov_iterations;
}

/// The solution on the grid of [coarse], whose own iteration begins with `start`.
std::optional<Solution> on_grid(const CaseFile& file, const TimePart& part, const TimePart* before,
                                const std::optional<Solution>& start, const Monitor& monitor) {
  const auto timed = start_phase(monitor, "grid");
  std::optional<Field> field;
  if (start) field.emplace(start->field).complete();
  return grid_solution(part.discretisation(), file.options.coarse, part.traces_of(before),
                       field ? fields_of(*field) : FieldsAt{});
}

/// How the windowed solve of a time slab begins, where it is nonlinear: with the solution on the grid of
/// [coarse], what the slab before has ended with, or the first guess; and of which scales it chooses, where
/// the case leaves that open: between slabs the scale changes little.
/// @param before null for the first @param first fields to start from; may be empty @note Collective.
Start start_of(const CaseFile& file, TimePart& part, const TimePart* before, const FieldsAt& first,
               const Monitor& monitor) {
  Start start;
  const auto& model = part.discretisation().model();
  if (model.affine) return start;
  const bool from_zero = model.is_weak() && file.options.solver.start == 0;  // where a minimum is found
  if (!before && !first && !from_zero) start.fields = first_guess(file, part, monitor);
  if (!model.unknowns.empty()) return start;
  if (needs_scale(file.options) && !model.is_weak())
    start.choose_scale = before ? ScaleRange::near : ScaleRange::all;
  if (!file.options.coarse.empty() && !first)
    if (auto grid = on_grid(file, part, before, start.fields, monitor)) start.fields = std::move(grid);
  if (start.fields || (!before && !first)) return start;
  const auto timed = start_phase(monitor, "start");
  start.fields = fitted_solution(part.discretisation(), first ? first : part.end_of(*before));
  return start;
}

}  // namespace

std::unique_ptr<TimePart> SlabMarch::run(const CaseFile& file, const Listener& listener,
                                         const std::vector<Solution>* near) {
  auto& journal = journal_of(monitor_);
  std::unique_ptr<TimePart> before;
  for (int slab = 0; slab < file.options.time.slabs; ++slab) {
    if (slab > 0 && monitor_.stop()) break;
    const auto name = fmt::format("slab_{}", slab);
    const auto* record = journal.take(name);
    auto [part, solution] = record ? restored(file, slab, before.get(), listener, *record)
                                   : next(file, slab, before.get(), listener, near);
    if (listener.solved) listener.solved(*part, solution);
    if (!record && journal.is_kept() && !monitor_.stop()) {
      auto left = record_of(part->discretisation(), solution);
      shared_.put(left);
      journal.put(name, std::move(left));
      journal.offer();
    }
    before = std::move(part);
  }
  return before;
}

/// A slab that the journal does not have. @param near as of `run`
SlabMarch::Solved SlabMarch::next(const CaseFile& file, int slab, const TimePart* before,
                                  const Listener& listener, const std::vector<Solution>* near) {
  const auto scope = journal_of(monitor_).enter(fmt::format("slab_{}", slab));
  const auto* from = near && slab < std::ssize(*near) ? &(*near)[slab] : nullptr;
  const auto level = from ? std::nullopt : continue_parameters(file, slab, before);
  auto result = solved(file, slab, before, listener, level ? &*level : from);
  if (level) add_iterations(*level, result.solution);
  return result;
}

SlabMarch::Solved SlabMarch::solved(const CaseFile& file, int slab, const TimePart* before,
                                    const Listener& listener, const Solution* near) {
  auto part = start(file, slab, before, listener, near);
  auto solution = solve(file, *part, before, near);
  part->keep(solution.field);
  return {std::move(part), std::move(solution)};
}

/// What the slab's solution has of the problem that slabs have in common.
void SlabMarch::take_shared(Solution& solution) const {
  if (!shared_.problem()) return;
  solution.congruent = shared_.found();
  solution.problem = shared_.problem();
}

/// A part that was solved before the checkpoint that the run goes on from.
SlabMarch::Solved SlabMarch::restored(const CaseFile& file, int slab, const TimePart* before,
                                      const Listener& listener, const Record& record) {
  auto part = empty(file, slab, listener);
  part->discretise(part->space().family(), before);
  auto solution = solution_from(part->discretisation(), record, journal_of(monitor_));
  part->keep(solution.field);
  if (needs_scale(file.options)) scale_ = part->discretisation().family().scale;
  if (shares(file)) {
    shared_.get(record, comm_, part->discretisation(), file.options.solver.krylov, monitor_);
    take_shared(solution);
  }
  return {std::move(part), std::move(solution)};
}

/// The last of the solutions for other values of the parameters, by which the slab's own starts; empty
/// without any.
std::optional<Solution> SlabMarch::continue_parameters(const CaseFile& file, int slab,
                                                       const TimePart* before) {
  auto& journal = journal_of(monitor_);
  std::optional<Solution> last;
  const auto& solver = file.options.solver;
  for (std::size_t n = 0; n < continuation_steps(solver) && !(last && monitor_.stop()); ++n) {
    const auto step = continuation_case(file, n);
    const auto name = fmt::format("continuation_{}", n);
    const auto* record = journal.take(name);
    auto [part, solution] = [&] {
      if (record) return restored(step, slab, before, {}, *record);
      const auto scope = journal.enter(name);
      return solved(step, slab, before, {}, last ? &*last : nullptr);
    }();
    solution.field = part->field();
    solution.fields.clear();
    if (last && !record) add_iterations(*last, solution);
    if (comm_.rank() == 0 && monitor_.message)
      monitor_.message(
          fmt::format("{}: {}", continuation_text(solver.continuation, n), solution.stop_reason));
    if (!record && journal.is_kept() && !monitor_.stop()) {
      journal.put(name, record_of(part->discretisation(), solution));
      journal.offer();
    }
    last = std::move(solution);
  }
  return last;
}

std::unique_ptr<TimePart> SlabMarch::restore(const CaseFile& file, int slab, const TimePart* before,
                                             const Solution& from) {
  auto part = std::make_unique<TimePart>(file, slab, comm_);
  part->discretise(from.field.space().family(), before);
  auto field = solution_of(part->discretisation(), from.field).field;
  part->keep(std::move(field));
  return part;
}

std::unique_ptr<TimePart> SlabMarch::empty(const CaseFile& file, int slab, const Listener& listener) const {
  auto part = [&] {
    const auto timed = start_phase(monitor_, "set-up");
    return std::make_unique<TimePart>(file, slab, comm_);
  }();
  if (slab == 0 && listener.first) listener.first(part->space());
  return part;
}

/// The slab's points and networks.
std::unique_ptr<TimePart> SlabMarch::start(const CaseFile& file, int slab, const TimePart* before,
                                           const Listener& listener, const Solution* near) {
  auto part = empty(file, slab, listener);
  const bool same_networks = near && !file.options.solver.trains();
  {
    const auto timed = start_phase(monitor_, "points");
    part->discretise(same_networks ? near->field.space().family() : part->space().family(), before);
  }
  auto& rows = part->discretisation();
  if (same_networks) return part;
  try {
    if (rows.model().is_weak()) {
      if (needs_scale(file.options)) rows.set_scale(usual_scale);
      return part;
    }
    if (rows.model().fields.size() > 1) rows.set_sizes(supposed_sizes(rows));
    if (needs_scale(file.options)) rows.set_scale(choose(rows.space()));
  } catch (const AgreedError& error) {  // zero is no start: about the solution both are chosen anyway
    if (error.status() != Status::numerical || rows.model().affine) throw;
  }
  return part;
}

/// The scale of the first slab serves all.
double SlabMarch::choose(const Space& space) {
  auto& journal = journal_of(monitor_);
  if (const auto* record = scale_ ? nullptr : journal.take("scale")) scale_ = record->number("scale");
  if (!scale_) {
    const auto timed = start_phase(monitor_, "scale");
    std::vector<ScaleTrial> trials;
    scale_ = choose_scale(space, trials);
    for (const auto& trial : trials)
      log::debug("scale {}: misfit {:.3e}", trial.scale, std::sqrt(trial.misfit));
    journal.put("scale", {.numbers = {{"scale", {*scale_}}}});
  }
  return *scale_;
}

Solution SlabMarch::solve(const CaseFile& file, TimePart& part, const TimePart* before,
                          const Solution* near) {
  const auto& options = file.options;
  const auto scope = journal_of(monitor_).enter("solve");
  auto& discretisation = part.discretisation();
  if (options.decomposition.coupling == Coupling::interface) return solve_layers(file, part, near);
  if (options.solver.trains()) return train(comm_, discretisation, options, monitor_);
  Start start;
  if (near && !discretisation.model().affine)
    start.fields = solution_of(discretisation, near->field);
  else if (!journal_of(monitor_).resumes())
    start = start_of(file, part, before, first_, monitor_);
  if (continuation_steps(options.solver) > 0 && needs_scale(options)) start.choose_scale = ScaleRange::near;
  if (shares(file) && discretisation.model().affine) start.shared = &shared_;
  auto solution = solve_output_layers(comm_, discretisation, options.solver, monitor_, std::move(start));
  if (shares(file)) take_shared(solution);
  scale_ = discretisation.family().scale;
  return solution;
}

/// By interface coupling.
Solution SlabMarch::solve_layers(const CaseFile& file, TimePart& part, const Solution* near) {
  auto& discretisation = part.discretisation();
  const auto& coarse = file.options.coarse;
  const auto& model = discretisation.model();
  const auto rule = transmission_rule(part.problem(), model, file.options.decomposition.interface, coarse);
  std::optional<GridCorrection> grid;
  std::optional<Solution> start;
  if (!coarse.empty() && rule.time < 0)
    grid.emplace(comm_, model, coarse);
  else if (!coarse.empty() && model.affine && !near)
    log::warning(
        "[coarse] is not used in time for linear equations (layers of subdomains are solved one after the "
        "other, which couples few of them at once); remove it");
  else if (near && !model.affine && !file.options.solver.trains())
    start = solution_of(discretisation, near->field);
  else if (journal_of(monitor_).resumes())
    start.reset();  // the solver has it in its own record
  else if (!coarse.empty() && !model.affine)
    start = grid_solution(discretisation, coarse, {});
  else if (!model.affine && !file.options.solver.trains())
    start = first_guess(file, part, monitor_);
  return solve_interface(comm_, discretisation, rule, file.options, grid ? &*grid : nullptr, monitor_,
                         start ? &*start : nullptr);
}

}  // namespace ddpinn
