// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "base/log.hpp"
#include "base/memory.hpp"
#include "base/signals.hpp"
#include "base/threads.hpp"
#include "driver/error_norms.hpp"
#include "driver/output_grid.hpp"
#include "driver/setup.hpp"
#include "io/directory.hpp"
#include "io/field_file.hpp"
#include "io/history.hpp"
#include "io/phase_table.hpp"
#include "io/picture.hpp"
#include "io/progress.hpp"
#include "io/summary.hpp"
#include "io/versions.hpp"
#include "parallel/phases.hpp"
#include "solver/feature_scale.hpp"
#include "solver/least_squares.hpp"
#include "solver/training.hpp"

#include <ddpinn/solve.hpp>

#include <unistd.h>

#include <array>
#include <cmath>

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
        file_(read_case(path, overrides)) {}

  Result run() {
    install_signal_handlers();
    for (const auto& remark : file_.remarks) log::warning("{}", remark);
    prepare_directory(comm_, file_.options.output.directory, file_.original, resolved_case(file_));
    auto setup = [&] {
      const auto timed = begin("set-up");
      return set_up(file_, comm_.size());
    }();
    announce(setup);
    if (needs_scale(file_.options)) choose(setup);
    auto discretisation = [&] {
      const auto timed = begin("points");
      return Discretisation(setup.model, setup.decomposition, setup.owner, comm_.rank(), setup.family,
                            file_.options.points);
    }();
    const auto solution = solve(discretisation);
    collect(solution, discretisation);
    write(discretisation, solution);
    return result_;
  }

 private:
  Timers::Scope begin(const std::string& phase, long long steps = 0) {
    progress_.begin(phase, steps);
    return timers_.scope(phase);
  }

  void choose(Setup& setup) {
    const auto timed = begin("scale");
    std::vector<ScaleTrial> trials;
    setup.family.scale =
        choose_scale(comm_, setup.model, setup.decomposition, setup.owner, setup.family, trials);
    for (const auto& [scale, misfit] : trials)
      log::debug("scale {}: misfit {:.3e}", scale, std::sqrt(misfit));
  }

  Solution solve(Discretisation& discretisation) {
    const auto& options = file_.options;
    return options.solver.trains() ? train(comm_, discretisation, options, monitor())
                                   : solve_output_layers(comm_, discretisation, options.solver, monitor());
  }

  Monitor monitor() {
    Monitor monitor;
    monitor.timers = &timers_;
    monitor.phase = [this](const std::string& name) { progress_.begin(name); };
    monitor.iteration = [this](const Iteration& iteration) {
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
    log::info("{}: {} subdomains, {} features each, {} rank(s), {}",
              file_.problem.title.empty() ? file_.path : file_.problem.title, setup.decomposition.size(),
              setup.family.shape.features(), comm_.size(), blas_description());
  }

  void collect(const Solution& solution, const Discretisation& discretisation) {
    result_.stop_reason = solution.stop_reason;
    result_.converged = solution.converged;
    result_.stopped = stopped_;
    result_.nonlinear_iterations = solution.nonlinear_iterations;
    result_.iterations = solution.krylov_iterations;
    result_.residual = solution.residual;
    result_.ranks = comm_.size();
    result_.subdomains = discretisation.decomposition().size();
    result_.unknowns = solution.unknowns;
    result_.rows = solution.rows;
    result_.scale = discretisation.family().scale;
  }

  void write(const Discretisation& discretisation, const Solution& solution) {
    GridSample sample;
    {
      const auto timed = begin("sampling");
      const auto coefficients = covering_coefficients(comm_, discretisation, solution.coefficients);
      sample = sample_grid(file_, discretisation, comm_.rank(), coefficients, [](long long) {});
      result_.errors = error_norms(comm_, file_, discretisation, coefficients, sample);
    }
    const std::filesystem::path directory = file_.options.output.directory;
    GridSlices slices;
    {
      const auto timed = begin("files");
      write_fields(comm_, directory, sample, {{"title", file_.problem.title}, {"ddpinn", versions().ddpinn}});
      slices = gather_slices(comm_, sample);
    }
    std::vector<std::string> remarks;
    if (file_.options.output.pictures && comm_.rank() == 0) {
      const auto timed = begin("pictures");
      remarks = draw_pictures(directory, slices, result_.history, file_.problem.title);
    }
    finish(directory, remarks);
  }

  void finish(const std::filesystem::path& directory, const std::vector<std::string>& remarks) {
    progress_.end();
    result_.peak_memory = max(comm_, peak_memory());
    result_.phases = reduce_phases(comm_, timers_);
    result_.seconds = max(comm_, timers_.elapsed());
    if (comm_.rank() != 0) return;
    write_history(directory, result_.history);
    write_summary(
        directory, result_,
        {file_.problem.title, file_.path, file_.options, version_map(), host_name(), set_threads()});
    for (const auto& remark : remarks) log::warning("{}", remark);
    if (!control_.quiet) {
      log::info("{}", phase_table(result_.phases, result_.seconds));
      log::info("{}: {}; results in {}", result_.converged ? "converged" : "NOT CONVERGED",
                result_.stop_reason, directory.string());
    }
    for (const auto& line : result_lines(result_)) log::info("{}", line);
  }

  Timers timers_;
  Communicator comm_;
  RunControl control_;
  Progress progress_;
  CaseFile file_;
  Result result_;
  bool stopped_ = false;
};

}  // namespace

Result solve_case(const std::string& path, const std::vector<std::string>& overrides,
                  const RunControl& control) {
  return Run(path, overrides, control).run();
}

}  // namespace ddpinn
