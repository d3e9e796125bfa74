// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "base/log.hpp"
#include "base/memory.hpp"
#include "base/threads.hpp"
#include "io/directory.hpp"
#include "io/fields/field_file.hpp"
#include "io/fields/table_file.hpp"
#include "io/pictures/picture.hpp"
#include "io/report/history.hpp"
#include "io/report/phase_table.hpp"
#include "io/report/progress.hpp"
#include "io/report/summary.hpp"
#include "io/report/versions.hpp"
#include "judge/a_posteriori.hpp"
#include "judge/conservation.hpp"
#include "judge/error_norms.hpp"
#include "judge/identified.hpp"
#include "judge/misfit.hpp"
#include "parallel/agree.hpp"
#include "parallel/phases.hpp"
#include "problem/forward_problem.hpp"
#include "run/collect.hpp"
#include "run/identification_run.hpp"
#include "run/output_grid.hpp"
#include "solver/linear/petsc_options.hpp"
#include "space/solution_file.hpp"

#include <ddpinn/solve.hpp>

#include <fmt/format.h>
#include <unistd.h>

#include <array>
#include <cmath>
#include <memory>

namespace ddpinn {

namespace {

std::string host_name() {
  std::array<char, 256> name{};
  return gethostname(name.data(), name.size() - 1) == 0 ? name.data() : "unknown";
}

std::map<std::string, std::string> version_map() {
  const auto v = versions();
  return {{"ddpinn", v.ddpinn},  {"mpi", v.mpi},   {"petsc", v.petsc},
          {"libtorch", v.torch}, {"hdf5", v.hdf5}, {"blas", v.blas}};
}

/// One run, from the case to its files.
class Run {
 public:
  Run(const std::string& path, const std::vector<std::string>& overrides, const RunControl& control)
      : comm_(MPI_COMM_WORLD),
        control_(control),
        progress_(standard_progress(comm_.rank(), control.quiet)),
        file_(read_case(path, overrides, read_table)),
        norms_(file_, file_.problem.reference_file) {
    if (!control_.compare_with.empty()) comparison_.emplace(file_, Text{control_.compare_with, {}});
  }

  Result run() {
    if (control_.a_posteriori && file_.options.time.slabs > 1)
      throw Error(Status::usage,
                  "--a-posteriori with time.slabs > 1 (the estimate is for the whole time at once); leave it "
                  "out, or use time.slabs = 1");
    for (const auto& remark : file_.remarks) log::warning("{}", remark);
    check_petsc_options(
        comm_, file_.options.solver, control_.petsc_options,
        file_.options.decomposition.coupling == Coupling::interface ? std::vector<std::string>{"interface_",
                                                                                               "grid_"}
                                                                    : std::vector<std::string>{});
    prepare_directory(comm_, file_.options.output.directory, file_.original, resolved_case(file_));
    const auto last = fits_forward_solutions(file_.problem, file_.options) ? identify() : march();
    write(*last);
    return result_;
  }

 private:
  std::unique_ptr<TimePart> march() {
    const auto listening = monitor();
    return SlabMarch(comm_, listening)
        .run(file_, {[this](const Space& space) { announce(space); },
                     [this](TimePart& part, const Solution& solution) {
                       judge(part, solution.fields);
                       take(part, solution);
                       if (!solution.field.unknowns().empty())
                         noise_ = noise_warning(
                             part.problem(),
                             solution.residual * solution.residual * static_cast<double>(solution.rows),
                             "all rows", "more features, points or subdomains");
                     }});
  }

  /// The unknowns first; then the solution for them is sampled.
  std::unique_ptr<TimePart> identify() {
    auto listening = monitor();
    listening.iteration = [this](const Iteration& iteration) {
      progress_.iterate(iteration.krylov, iteration.residual, file_.options.solver.tolerance);
    };
    const auto found = identify_by_march(
        comm_, file_, listening, [this](const Space& space) { announce(space); },
        [this](const IdentificationRun& run) { report(run); });
    std::unique_ptr<TimePart> before;
    for (const auto& from : found.parts) {
      auto part = SlabMarch(comm_, listening).restore(found.file, slabs_, before.get(), from);
      judge(*part, solution_of(part->discretisation(), part->field()).fields);
      take(*part, from);
      before = std::move(part);
    }
    fitted_ = found.file;
    collect(result_, found, file_.problem);
    if (found.fit.converged)
      noise_ = noise_warning(file_.problem, found.fit.square, "the misfits", "more features or subdomains");
    return before;
  }

  void report(const IdentificationRun& run) {
    const auto& fit = run.fit;
    if (result_.history.empty()) first_square_ = fit.square;
    const double relative = first_square_ > 0 ? std::sqrt(fit.square / first_square_) : 0;
    result_.history.push_back({fit.iterations, 0, relative, fit.square / 2, timers_.elapsed(), true});
    if (control_.quiet) return;
    progress_.end();
    std::string values;
    for (std::size_t i = 0; i < fit.values.size(); ++i)
      values += fmt::format("{}{} = {:.6g} +- {:.1e}", i > 0 ? ", " : "", file_.problem.unknowns[i].name,
                            fit.values[i], fit.standard_errors[i]);
    log::info("iteration {}: {} (sum of squares {:.3e}, {} solves)", fit.iterations, values, fit.square,
              run.solves);
  }

  Timers::Scope begin(const std::string& phase, long long steps = 0) {
    progress_.begin(phase, steps);
    return timers_.scope(phase);
  }

  Monitor monitor() {
    Monitor monitor;
    monitor.timers = &timers_;
    monitor.phase = [this](const std::string& name) { progress_.begin(name); };
    monitor.iteration = [this](Iteration iteration) {
      iteration.nonlinear += result_.nonlinear_iterations;  // of the slabs before
      result_.history.push_back(iteration);
      progress_.iterate(iteration.krylov, iteration.residual, file_.options.solver.tolerance);
    };
    monitor.stop = [this] { return stop_requested(); };
    return monitor;
  }

  bool stop_requested() {
    const auto& limit = file_.options.solver.time_limit;
    const bool late = limit && timers_.elapsed() > *limit;
    stopped_ = any(comm_, late || (control_.stop && control_.stop()));
    return stopped_;
  }

  void announce(const Space& space) const {
    if (control_.quiet) return;
    log::info("{}: {} subdomains{}, {} features each, {} rank(s), {}",
              file_.problem.title.empty() ? file_.path : file_.problem.title, space.decomposition().live(),
              file_.options.time.slabs > 1
                  ? fmt::format(" in each of {} time slabs", file_.options.time.slabs)
                  : "",
              space.family().shape.features(), comm_.size(), blas_description());
  }

  /// Takes a solved part into the sample and the result.
  void take(const TimePart& part, const Solution& solution) {
    sample(part);
    fields_.push_back(part.field());
    collect(result_, solution, part, slabs_++, file_.options.time.slabs);
  }

  void sample(const TimePart& part) {
    const auto timed = begin("sampling");
    auto grid = collectively(comm_, [&] { return sample_grid(file_, part.field(), numbered_); });
    numbered_ += part.space().decomposition().size();
    norms_.add(part.field(), grid, part.slab());
    if (comparison_) comparison_->add(part.field(), grid, part.slab());
    append(sample_, std::move(grid));
  }

  /// A solve can end regularly and far from a solution.
  void judge(const TimePart& part, const std::vector<FieldValues>& fields) {
    const auto timed = begin("misfit");
    keep_worst(misfits_, misfits(part.discretisation(), fields, part.field()));
  }

  void write(const TimePart& last) {
    result_.errors = norms_.result(comm_);
    if (comparison_) result_.comparison = comparison_->result(comm_);
    const std::filesystem::path directory = file_.options.output.directory;
    GridSlices slices;
    {
      const auto timed = begin("files");
      write_fields(comm_, directory, sample_,
                   {{"title", file_.problem.title}, {"ddpinn", versions().ddpinn}});
      save(fields_, fitted_ ? *fitted_ : file_, directory / "solution.h5");
      slices = gather_slices(comm_, sample_);
    }
    if (control_.a_posteriori) look_back(last);
    if (file_.options.output.pictures) {
      const auto timed = begin("pictures");
      on_root(comm_, [&] {
        for (const auto& remark : draw_pictures(directory, slices, result_.history, file_.problem.title))
          remarks_.push_back(remark);
      });
    }
    finish(directory);
  }

  void look_back(const TimePart& part) {
    const auto timed = begin("a posteriori");
    result_.fresh_residuals = fresh_residuals(part.field());
    if (file_.problem.unknowns.empty()) estimate(part);
    result_.balances = balances(part.field());
  }

  /// What no grid can estimate (the same on every rank) costs the estimates only.
  void estimate(const TimePart& part) {
    try {
      result_.estimates =
          estimate_by_residual(part.field(), result_.fresh_residuals, file_.options.points.interior);
    } catch (const Error& error) {
      if (error.status() != Status::case_file) throw;
      remarks_.push_back(fmt::format("no error estimate: {}", error.what()));
    }
  }

  void finish(const std::filesystem::path& directory) {
    progress_.end();
    result_.stopped = stopped_;
    result_.ranks = comm_.size();
    result_.peak_memory = max(comm_, peak_memory());
    result_.phases = reduce_phases(comm_, timers_);
    result_.seconds = max(comm_, timers_.elapsed());
    on_root(comm_, [&] {
      write_history(directory, result_.history);
      write_summary(
          directory, result_,
          {file_.problem.title, file_.path, file_.options, version_map(), host_name(), set_threads()});
    });
    if (comm_.rank() != 0) return;
    for (const auto& warning : warnings()) log::warning("{}", warning);
    if (!control_.quiet) {
      log::info("{}", phase_table(result_.phases, result_.seconds));
      const char* regular = file_.options.solver.trains() ? "finished" : "converged";
      log::info("{}: {}; results in {}", result_.converged ? regular : "NOT CONVERGED", result_.stop_reason,
                directory.string());
    }
    for (const auto& line : a_posteriori_lines(result_)) log::info("{}", line);
    for (const auto& line : result_lines(result_)) log::info("{}", line);
  }

  /// What else is left of the rows than noise needs no telling where the solution is not met at all.
  std::vector<std::string> warnings() const {
    auto all = misfit_warnings(misfits_);
    if (all.empty() && noise_) all.push_back(*noise_);
    const auto add = [&](const std::vector<std::string>& more) {
      all.insert(all.end(), more.begin(), more.end());
    };
    add(identification_warnings(file_.problem, result_));
    add(remarks_);
    return all;
  }

  Timers timers_;
  Communicator comm_;
  RunControl control_;
  Progress progress_;
  CaseFile file_;
  ErrorNorms norms_;
  std::optional<ErrorNorms> comparison_;  ///< against RunControl::compare_with
  GridSample sample_;
  std::vector<Field> fields_;       ///< of the slabs in the result
  std::optional<CaseFile> fitted_;  ///< with the values found of unknowns, where they were fitted
  int slabs_ = 0;                   ///< in the result
  int numbered_ = 0;                ///< subdomains of these slabs
  double first_square_ = 0;         ///< of the misfits for the initial unknowns
  Result result_;
  std::vector<std::string> remarks_;  ///< warnings at the end
  std::optional<std::string> noise_;  ///< the same, where the rows are worse than the noise of the data
  bool stopped_ = false;
  std::map<std::string, Misfit> misfits_;  ///< by statement, the largest of all time slabs
};

}  // namespace

Result solve_case(const std::string& path, const std::vector<std::string>& overrides,
                  const RunControl& control) {
  return Run(path, overrides, control).run();
}

}  // namespace ddpinn
