// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "base/log.hpp"
#include "base/memory.hpp"
#include "base/signals.hpp"
#include "base/threads.hpp"
#include "driver/a_posteriori.hpp"
#include "driver/conservation.hpp"
#include "driver/error_norms.hpp"
#include "driver/identified.hpp"
#include "driver/misfit.hpp"
#include "driver/output_grid.hpp"
#include "driver/start_of_part.hpp"
#include "driver/time_part.hpp"
#include "io/directory.hpp"
#include "io/field_file.hpp"
#include "io/history.hpp"
#include "io/phase_table.hpp"
#include "io/picture.hpp"
#include "io/progress.hpp"
#include "io/summary.hpp"
#include "io/table_file.hpp"
#include "io/versions.hpp"
#include "parallel/agree.hpp"
#include "parallel/phases.hpp"
#include "solver/feature_scale.hpp"
#include "solver/least_squares.hpp"
#include "solver/petsc_options.hpp"
#include "solver/schwarz/interface_solver.hpp"
#include "solver/start.hpp"
#include "solver/training.hpp"

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
    install_signal_handlers();
    if (control_.a_posteriori && file_.options.time.slabs > 1)
      throw Error(Status::usage,
                  "--a-posteriori with time.slabs > 1 (the estimate is for the whole time at once); leave it "
                  "out, or use time.slabs = 1");
    for (const auto& remark : file_.remarks) log::warning("{}", remark);
    check_petsc_options(
        comm_, file_.options.solver, control_.petsc_options,
        interface_coupling() ? std::vector<std::string>{"interface_", "grid_"} : std::vector<std::string>{});
    prepare_directory(comm_, file_.options.output.directory, file_.original, resolved_case(file_));
    std::unique_ptr<TimePart> before;
    for (int slab = 0; slab < file_.options.time.slabs && !stopped_; ++slab) {
      auto part = start(slab, before.get());
      const auto solution = solve(*part, before.get());
      part->keep(comm_, solution);
      judge(solution, *part);
      sample(*part);
      collect(solution, *part, slab);
      before = std::move(part);
    }
    result_.residual = std::sqrt(squares_ / static_cast<double>(std::max(1LL, result_.rows)));
    write(*before);
    return result_;
  }

 private:
  bool interface_coupling() const { return file_.options.decomposition.coupling == "interface"; }

  Timers::Scope begin(const std::string& phase, long long steps = 0) {
    progress_.begin(phase, steps);
    return timers_.scope(phase);
  }

  /// The slab's points and networks.
  std::unique_ptr<TimePart> start(int slab, const TimePart* before) {
    auto part = [&] {
      const auto timed = begin("set-up");
      return std::make_unique<TimePart>(file_, slab, comm_.size());
    }();
    if (interface_coupling())
      transmission_ =
          transmission_rule(part->problem(), part->setup().model, file_.options.decomposition.interface);
    if (slab == 0) announce(part->setup());
    if (needs_scale(file_.options)) choose(part->setup());
    const auto timed = begin("points");
    part->discretise(comm_, before);
    return part;
  }

  /// The scale of the first slab serves all.
  void choose(Setup& setup) {
    if (!scale_) {
      const auto timed = begin("scale");
      std::vector<ScaleTrial> trials;
      scale_ = choose_scale(comm_, setup.model, setup.decomposition, setup.owner, setup.family, trials);
      for (const auto& [scale, misfit] : trials)
        log::debug("scale {}: misfit {:.3e}", scale, std::sqrt(misfit));
    }
    setup.family.scale = *scale_;
  }

  Solution solve(TimePart& part, const TimePart* before) {
    const auto& options = file_.options;
    auto& discretisation = part.discretisation();
    if (interface_coupling()) return solve_layers(discretisation);
    if (options.solver.trains()) return train(comm_, discretisation, options, monitor());
    auto solution = solve_output_layers(comm_, discretisation, options.solver, monitor(),
                                        start_of(comm_, file_.options, part, before, monitor()));
    scale_ = discretisation.family().scale;
    return solution;
  }

  /// By interface coupling.
  Solution solve_layers(Discretisation& discretisation) {
    const auto& coarse = file_.options.coarse;
    const auto& model = discretisation.model();
    std::optional<GridCorrection> grid;
    std::optional<Solution> start;
    if (!coarse.empty() && transmission_->time < 0)
      grid.emplace(comm_, model, coarse);
    else if (!coarse.empty() && model.affine)
      log::warning(
          "[coarse] is not used in time for linear equations (layers of subdomains are solved one after the "
          "other, which couples few of them at once); remove it");
    else if (!coarse.empty())
      start = grid_solution(comm_, discretisation, coarse, {});
    return solve_interface(comm_, discretisation, *transmission_, file_.options, grid ? &*grid : nullptr,
                           monitor(), start ? &*start : nullptr);
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
    stopped_ = any(comm_, late || signal_requests().stop);
    return stopped_;
  }

  void announce(const Setup& setup) const {
    if (control_.quiet) return;
    log::info("{}: {} subdomains{}, {} features each, {} rank(s), {}",
              file_.problem.title.empty() ? file_.path : file_.problem.title, setup.decomposition.live(),
              file_.options.time.slabs > 1
                  ? fmt::format(" in each of {} time slabs", file_.options.time.slabs)
                  : "",
              setup.family.shape.features(), comm_.size(), blas_description());
  }

  void sample(const TimePart& part) {
    const auto timed = begin("sampling");
    auto grid = collectively(comm_, [&] {
      return sample_grid(file_, part.discretisation(), comm_.rank(), part.coefficients(), numbered_);
    });
    numbered_ += part.discretisation().decomposition().size();
    norms_.add(comm_, part.discretisation(), part.coefficients(), grid, part.slab());
    if (comparison_) comparison_->add(comm_, part.discretisation(), part.coefficients(), grid, part.slab());
    append(sample_, std::move(grid));
  }

  /// A solve can end regularly and far from a solution.
  void judge(const Solution& solution, const TimePart& part) {
    const auto timed = begin("misfit");
    for (auto& [name, misfit] : misfits(comm_, part.discretisation(), solution.fields, part.coefficients())) {
      auto& worst = misfits_.try_emplace(name, misfit).first->second;
      if (worst.relative < misfit.relative) worst = std::move(misfit);
    }
  }

  /// Adds one slab to the result.
  void collect(const Solution& solution, const TimePart& part, int slab) {
    const int slabs = file_.options.time.slabs;
    if (slab == 0 || result_.converged)
      result_.stop_reason =
          slabs == 1 ? solution.stop_reason
                     : fmt::format("time slab {} of {}: {}", slab + 1, slabs, solution.stop_reason);
    result_.converged = solution.converged && (slab == 0 || result_.converged);
    result_.stopped = stopped_;
    result_.nonlinear_iterations += solution.nonlinear_iterations;
    result_.iterations += solution.krylov_iterations;
    squares_ += solution.residual * solution.residual * static_cast<double>(solution.rows);
    result_.ranks = comm_.size();
    result_.subdomains += part.discretisation().decomposition().live();
    result_.unknowns += solution.unknowns;
    result_.rows += solution.rows;
    result_.bytes_exchanged += solution.bytes_exchanged;
    result_.interface = solution.interface;
    result_.scale = part.discretisation().family().scale;
    for (const auto& data : part.problem().data)
      result_.data_rows += static_cast<long long>(data.points.size() * data.observed.size());
    for (std::size_t i = 0; i < solution.scalars.size(); ++i)
      result_.identified.push_back(
          {file_.problem.unknowns[i].name, solution.scalars[i], solution.standard_errors[i]});
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
      slices = gather_slices(comm_, sample_);
    }
    std::vector<std::string> remarks;
    if (control_.a_posteriori) look_back(last, remarks);
    if (file_.options.output.pictures) {
      const auto timed = begin("pictures");
      on_root(comm_, [&] {
        for (const auto& remark : draw_pictures(directory, slices, result_.history, file_.problem.title))
          remarks.push_back(remark);
      });
    }
    finish(directory, remarks);
  }

  /// What no grid can estimate (the same on every rank) costs the estimates only.
  void look_back(const TimePart& part, std::vector<std::string>& remarks) {
    const auto timed = begin("a posteriori");
    result_.fresh_residuals = fresh_residuals(comm_, part.discretisation(), part.coefficients());
    try {
      result_.estimates = estimate_by_residual(comm_, part.discretisation(), part.coefficients(),
                                               result_.fresh_residuals, file_.options.points.interior);
    } catch (const Error& error) {
      if (error.status() != Status::case_file) throw;
      remarks.push_back(fmt::format("no error estimate: {}", error.what()));
    }
    result_.balances = balances(comm_, part.discretisation(), part.coefficients());
  }

  void finish(const std::filesystem::path& directory, const std::vector<std::string>& remarks) {
    progress_.end();
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
    for (const auto& warning : identification_warnings(file_.problem, result_.identified))
      log::warning("{}", warning);
    for (const auto& warning : misfit_warnings(misfits_)) log::warning("{}", warning);
    for (const auto& remark : remarks) log::warning("{}", remark);
    if (!control_.quiet) {
      log::info("{}", phase_table(result_.phases, result_.seconds));
      const char* regular = file_.options.solver.trains() ? "finished" : "converged";
      log::info("{}: {}; results in {}", result_.converged ? regular : "NOT CONVERGED", result_.stop_reason,
                directory.string());
    }
    for (const auto& line : a_posteriori_lines(result_)) log::info("{}", line);
    for (const auto& line : result_lines(result_)) log::info("{}", line);
  }

  Timers timers_;
  Communicator comm_;
  RunControl control_;
  Progress progress_;
  CaseFile file_;
  std::optional<double> scale_;  ///< where the case says "auto": what was chosen
  ErrorNorms norms_;
  std::optional<ErrorNorms> comparison_;  ///< against RunControl::compare_with
  GridSample sample_;
  int numbered_ = 0;    ///< subdomains of the slabs before
  double squares_ = 0;  ///< sum of squares of the weighted rows
  Result result_;
  std::optional<TransmissionRule> transmission_;  ///< of the interface coupling
  bool stopped_ = false;
  std::map<std::string, Misfit> misfits_;  ///< by statement, the largest of all time slabs
};

}  // namespace

Result solve_case(const std::string& path, const std::vector<std::string>& overrides,
                  const RunControl& control) {
  return Run(path, overrides, control).run();
}

}  // namespace ddpinn
