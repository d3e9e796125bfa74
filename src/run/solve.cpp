// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "base/log.hpp"
#include "base/memory.hpp"
#include "base/threads.hpp"
#include "io/fields/table_file.hpp"
#include "judge/error_estimate.hpp"
#include "judge/identified.hpp"
#include "judge/misfit_warnings.hpp"
#include "judge/verdict.hpp"
#include "parallel/phases.hpp"
#include "parallel/processes.hpp"
#include "parallel/rounds.hpp"
#include "petsc/library.hpp"
#include "problem/advice/advice.hpp"
#include "problem/case/derived_cases.hpp"
#include "problem/case/problem_case.hpp"
#include "problem/forward_problem.hpp"
#include "problem/weak_forms.hpp"
#include "run/accuracy.hpp"
#include "run/collect.hpp"
#include "run/identification_run.hpp"
#include "run/one_solve.hpp"
#include "run/parts.hpp"
#include "run/starts.hpp"
#include "solver/linear/border.hpp"
#include "solver/nonlinear/newton_rules.hpp"

#include <ddpinn/solve.hpp>

#include <fmt/format.h>
#include <cmath>

namespace ddpinn {

namespace {

void require_session() {
  if (!mpi_runs() || !petsc::runs())
    throw Error(Status::usage,
                "solve: MPI or PETSc does not run; let a ddpinn::Session live as long as you solve");
}

/// One solve, from a case to its fields.
class Solve {
 public:
  Solve(const CaseFile& file, MPI_Comm comm, const Monitor& monitor, const OneSolve& how)
      : parts_(std::make_unique<Fields::Parts>(file, comm)),
        file_(parts_->file),
        comm_(parts_->comm),
        user_(monitor),
        how_(how),
        voice_(comm_.rank() == 0),
        estimates_(comm_, file_.options, this->monitor()) {
    parts_->timers = how.timers;
    if (const auto* record = journal().take("judged")) {
      judged_ = record;
      judged_slabs_ = static_cast<int>(record->number("slabs"));
      misfits_ = misfits_from(*record);
    }
  }
  Solve(const Solve&) = delete;
  Solve& operator=(const Solve&) = delete;
  ~Solve() { journal().watch(nullptr); }

  Solved run() {
    fits_forward_solutions(file_.problem, file_.options) ? identify() : march();
    collect_end(result_, parts_->slab(slabs_ - 1), slabs_, file_.options.time.slabs);
    result_.stopped = stopped_;
    if (in_vain_ && !stopped_)
      result_.stop_reason =
          fmt::format("{} Gauss-Newton steps have taken next to nothing off the sum of squares", patience());
    if (stopped_) journal().flush();
    journal().watch(nullptr);
    pronounce();
    result_.ranks = comm_.size();
    result_.peak_memory = max(comm_, peak_memory());
    result_.phases = reduce_phases(comm_, parts_->timers);
    result_.seconds = max(comm_, seconds());
    auto found = warnings();
    return {Fields(std::move(parts_)), std::move(result_), std::move(found)};
  }

 private:
  void march() {
    const auto listening = monitor();
    result_.history = journal().history();
    journal().watch(&result_.history);
    SlabMarch(comm_, listening, how_.start)
        .run(file_, {[this](const Space& space) { announce(space); },
                     [this](TimePart& part, const Solution& solution) {
                       take(part, solution, solution.fields);
                       if (!solution.field.unknowns().empty())
                         noise_ = noise_warning(
                             part.problem(),
                             std::pow(solution.residual / solution.data_emphasis, 2) * solution.rows,
                             "all rows", "more features, points or subdomains");
                     }});
  }

  /// The unknowns first; then the fields for them are taken.
  void identify() {
    auto listening = monitor();
    listening.iteration = user_.iteration;
    const auto found = identify_by_march(
        comm_, file_, listening, [this](const Space& space) { announce(space); },
        [this](const IdentificationRun& run) { report(run); });
    parts_->model = found.file;
    std::unique_ptr<TimePart> before;
    for (const auto& from : found.parts) {
      auto part = SlabMarch(comm_, listening).restore(found.file, slabs_, before.get(), from);
      take(*part, from, solution_of(part->discretisation(), part->field()).fields);
      before = std::move(part);
    }
    if (!stopped_) uncertainty(found);
    collect(result_, found, file_.problem);
    if (found.fit.converged)
      noise_ = noise_warning(file_.problem, found.fit.square, "the misfits", "more features or subdomains");
  }

  /// What deviations of the unknowns change of the fields, by solutions for a part of each.
  void uncertainty(const IdentificationRun& found) {
    constexpr double part = 0.1;
    const auto timed = start_phase(monitor(), "error estimate");
    auto silent = monitor();
    silent.iteration = {};
    silent.phase = {};
    for (const auto& deviation : found.fit.deviations) {
      auto values = found.fit.values;
      for (std::size_t i = 0; i < values.size(); ++i)
        values[i] = moved(values[i], part * deviation[i], file_.problem.unknowns[i]);
      auto file = forward_case(file_, values);
      file.options.solver.method = {Method::least_squares};
      std::size_t slab = 0;
      SlabMarch(comm_, silent)
          .run(file,
               {{},
                [&](TimePart& changed, const Solution&) {
                  estimates_.add_uncertainty(parts_->slabs[slab++], changed.field(), 1 / part);
                }},
               &found.parts);
    }
  }

  void report(const IdentificationRun& run) {
    const auto& fit = run.fit;
    if (result_.history.empty()) first_square_ = fit.square;
    const double relative = first_square_ > 0 ? std::sqrt(fit.square / first_square_) : 0;
    result_.history.push_back({fit.iterations, 0, relative, fit.square / 2, seconds(), true});
    std::string values;
    for (std::size_t i = 0; i < fit.values.size(); ++i)
      values += fmt::format("{}{} = {:.6g} +- {:.1e}", i > 0 ? ", " : "", file_.problem.unknowns[i].name,
                            fit.values[i], fit.standard_errors[i]);
    say(fmt::format("iteration {}: {} (sum of squares {:.3e}, {} solves)", fit.iterations, values, fit.square,
                    run.solves));
  }

  /// Says whether the solution can be relied on.
  void pronounce() {
    result_.estimates = estimates_.result();
    for (const auto& [name, fresh] : estimates_.fresh())
      if (const auto found = misfits_.find(name); found != misfits_.end())
        result_.statements.push_back({name, found->second.condition, found->second.relative, fresh});
    result_.finished = result_.converged;
    if (stopped_) {
      result_.converged = false;
      result_.unresolved_because = "it was not judged, for the solve has been stopped";
      return;
    }
    const auto reason =
        unresolved(file_.problem, estimates_, misfits_, how_.doubts, file_.options.solver.accuracy);
    result_.resolved = !reason;
    result_.unresolved_because = reason.value_or("");
    result_.converged = result_.resolved && (result_.finished || exact_to_rounding(result_.estimates));
    parts_->corrected = estimates_.take_corrected();
  }

  Monitor monitor() {
    Monitor monitor = user_;
    monitor.timers = &parts_->timers;
    monitor.iteration = [this](Iteration iteration) {
      watch(iteration);
      iteration.nonlinear += result_.nonlinear_iterations;  // of the slabs before
      iteration.seconds += journal().earlier_seconds();
      result_.history.push_back(iteration);
      if (user_.iteration) user_.iteration(iteration);
    };
    monitor.stop = [this] { return stop_requested(); };
    return monitor;
  }

  bool stop_requested() {
    const auto& limit = file_.options.solver.time_limit;
    const bool late = limit && parts_->timers.elapsed() + journal().cost() > *limit;
    stopped_ = any(comm_, late || (user_.stop && user_.stop()));
    if (stopped_) journal().close();
    const bool in_vain = is_in_vain();
    if (in_vain) squares_.clear();  // only this iteration ends
    in_vain_ = in_vain_ || in_vain;
    return stopped_ || in_vain || (how_.gives_up && !parts_->ended);
  }

  /// Keeps the sum of squares after each step of a Gauss-Newton iteration for all fields, which ends fast or
  /// not at all.
  void watch(const Iteration& iteration) {
    const auto& problem = file_.problem;
    const bool slow = file_.options.solver.trains() || !problem.unknowns.empty() || is_weak(problem) ||
                      file_.options.decomposition.coupling == Coupling::interface ||
                      file_.given.contains("solver.max_iterations");
    if (!iteration.step_end || slow) return;
    if (iteration.nonlinear == 1) squares_.clear();
    squares_.push_back(iteration.objective);
  }

  /// Whether the last steps have taken little of the sum of squares: of one attempt of several less than
  /// half, else next to nothing. The first ones, between which the weights change, don't compare.
  bool is_in_vain() const {
    const double enough = how_.gives_up ? 0.5 : 0.95;
    return squares_.size() > patience() + reweighted_steps &&
           squares_.back() > enough * squares_[squares_.size() - 1 - patience()];
  }
  std::size_t patience() const { return how_.gives_up ? 15 : 25; }

  void say(const std::string& line) const {
    if (comm_.rank() == 0 && user_.message) user_.message(line);
  }

  void announce(const Space& space) const {
    say(fmt::format(
        "{}: {} subdomains{}, {} features each, {} rank(s), {}",
        file_.problem.title.empty() ? file_.path : file_.problem.title, space.decomposition().live(),
        file_.options.time.slabs > 1 ? fmt::format(" in each of {} time slabs", file_.options.time.slabs)
                                     : "",
        space.family().shape.features(), comm_.size(), blas_description()));
  }

  /// Takes a solved part. A solve can end regularly and far from a solution: its misfits tell.
  /// @param fields at the points of the part's rows
  void take(const TimePart& part, const Solution& solution, const std::vector<FieldValues>& fields) {
    if (stopped_) journal().flush();  // what comes now takes time
    squares_.clear();
    parts_->ended = parts_->ended && (solution.converged || solution.stationary);
    too_large_ = too_large_ || !part.is_estimated();
    if (slabs_ >= judged_slabs_)
      judge(part, solution, fields);
    else
      restore_judgement(part, solution);
    parts_->slabs.push_back(part.field());
    collect(result_, solution, part, slabs_++, file_.options.time.slabs);
  }

  void judge(const TimePart& part, const Solution& solution, const std::vector<FieldValues>& fields) {
    {
      const auto timed = start_phase(monitor(), "misfit");
      auto found = misfits(part.discretisation(), fields, part.field());
      if (part.slab().direction >= 0)
        for (auto& [name, misfit] : found) misfit.when = part.slab();
      keep_worst(misfits_, found);
    }
    if (stopped_ || !part.is_estimated() || (!parts_->ended && how_.gives_up)) return;
    if (!estimate(part, solution)) return;
    if (!journal().is_kept() || stop_requested()) return;
    Record record{.numbers = {{"slabs", {slabs_ + 1.0}}}};
    put_misfits(misfits_, record);
    estimates_.put(record);
    Record corrected;
    estimates_.put_corrected(corrected);
    journal().put(corrected_record(), std::move(corrected));
    journal().put("judged", std::move(record));
  }

  /// @returns false where it was stopped
  bool estimate(const TimePart& part, const Solution& solution) {
    const auto timed = start_phase(monitor(), "error estimate");
    try {
      estimates_.add(part.discretisation(), part.field(), solution.unknowns, part.continued(),
                     solution.problem);
      return true;
    } catch (const Interrupted&) {
      recover(comm_);
      return false;
    }
  }

  /// What the journal has of the judgement of a slab.
  void restore_judgement(const TimePart& part, const Solution& solution) {
    const auto* corrected = journal().take(corrected_record());
    if (!corrected)
      throw AgreedError(Status::input_output,
                        fmt::format("checkpoint: the error estimate of time slab {} is missing (it was "
                                    "written by another version); start anew, without --restart",
                                    slabs_ + 1));
    estimates_.get_corrected(*corrected, journal(), part.discretisation(), part.field(), solution.unknowns,
                             part.continued(), solution.problem);
    if (slabs_ + 1 == judged_slabs_) estimates_.get(*judged_, part.discretisation().model().fields);
  }

  std::string corrected_record() const { return fmt::format("corrected_{}", slabs_); }

  Journal& journal() const { return journal_of(user_); }

  /// That the run has taken, those before a checkpoint that it goes on from included.
  double seconds() const { return journal().earlier_seconds() + parts_->timers.elapsed(); }

  /// What else is left of the rows than noise needs no telling where the solution is not met at all.
  std::vector<std::string> warnings() const {
    auto all = misfit_warnings(misfits_);
    if (all.empty() && noise_) all.push_back(*noise_);
    if (too_large_)
      all.push_back(
          fmt::format("{} subdomains are too many to estimate errors (by richer networks in all of them, at "
                      "fresh points); compare with a run on fewer or more subdomains",
                      result_.subdomains));
    const auto unknowns = identification_warnings(file_.problem, result_);
    all.insert(all.end(), unknowns.begin(), unknowns.end());
    return all;
  }

  std::unique_ptr<Fields::Parts> parts_;
  const CaseFile& file_;
  const Communicator& comm_;
  const Monitor& user_;
  const OneSolve& how_;
  log::Voice voice_;
  ErrorEstimates estimates_;
  std::vector<double> squares_;  ///< by step of the nonlinear iteration
  bool in_vain_ = false;         ///< whether one was given up
  int slabs_ = 0;                ///< in the result
  double first_square_ = 0;      ///< of the misfits for the initial unknowns
  Result result_;
  std::optional<std::string> noise_;  ///< where the rows are worse than the noise of the data
  bool stopped_ = false;
  const Record* judged_ = nullptr;  ///< what the journal has of the first slabs, and of how many
  int judged_slabs_ = 0;
  bool too_large_ = false;                 ///< for errors to be estimated
  std::map<std::string, Misfit> misfits_;  ///< by statement, the largest of all time slabs
};

}  // namespace

CaseFile read_case(const std::string& path, const std::vector<std::string>& overrides) {
  return read_case(path, overrides, read_table);
}

Solved solve(const CaseFile& file, MPI_Comm comm, const Monitor& monitor) {
  require_session();
  const Communicator ranks(comm);
  OneSolve how;
  how.doubts = collectively(ranks, [&] { return doubts(file.problem); });
  if (file.options.solver.accuracy) return solve_to_accuracy(file, comm, monitor, how);
  int number = 0;
  return solve_from_starts(file, ranks, monitor, [&](const CaseFile& way, bool gives_up) {
    const auto scope = journal_of(monitor).enter(fmt::format("solve_{}", number++));
    how.gives_up = gives_up;
    auto solved = solve_once(way, comm, monitor, how);
    how.timers = solved.fields.parts().timers;
    return solved;
  });
}

Solved solve_once(const CaseFile& file, MPI_Comm comm, const Monitor& monitor, const OneSolve& how) {
  auto& journal = journal_of(monitor);
  if (const auto* record = journal.take("failed"))
    throw AgreedError(Status::numerical, record->texts.at("message"));
  try {
    if (chooses_features(file)) return solve_with_chosen_features(file, comm, monitor, how);
    return Solve(file, comm, monitor, how).run();
  } catch (const AgreedError& error) {
    recover(Communicator(comm));
    if (error.status() == Status::numerical) journal.put("failed", {.texts = {{"message", error.what()}}});
    throw;
  }
}

Solved solve(const Problem& problem, const Options& options, MPI_Comm comm, const Monitor& monitor) {
  require_session();
  const auto file =
      collectively(Communicator(comm), [&] { return problem_case(problem, options, read_table); });
  auto solved = solve(file, comm, monitor);
  solved.warnings.insert(solved.warnings.begin(), file.remarks.begin(), file.remarks.end());
  return solved;
}

}  // namespace ddpinn
