// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "run/run.hpp"

#include "base/log.hpp"
#include "io/directory.hpp"
#include "io/disk.hpp"
#include "io/report/live.hpp"
#include "io/report/phase_table.hpp"
#include "io/report/progress.hpp"
#include "io/report/summary.hpp"
#include "judge/a_posteriori.hpp"
#include "parallel/agree.hpp"
#include "parallel/rounds.hpp"
#include "problem/advice/advice.hpp"
#include "problem/case/case_file.hpp"
#include "run/restart.hpp"
#include "run/shared_case.hpp"
#include "solver/linear/petsc_options.hpp"

#include <fmt/format.h>

#include <optional>

namespace ddpinn {

namespace {

/// What can be wrong with the call is said before anything is done.
void check(const CaseFile& file, const RunControl& control) {
  if (control.a_posteriori && file.options.time.slabs > 1)
    throw Error(Status::usage,
                "--a-posteriori with time.slabs > 1 (the estimate is for the whole time at once); leave it "
                "out, or use time.slabs = 1");
}

/// @param live null: nobody is shown
Monitor show(Progress& progress, LiveState* live, const CaseFile& file, const RunControl& control,
             Journal& journal) {
  Monitor monitor;
  monitor.journal = &journal;
  monitor.phase = [&, live](const std::string& name) {
    progress.begin(name);
    if (live) live->begin(name);
  };
  monitor.iteration = [&, live](const Iteration& iteration) {
    progress.iterate(iteration.krylov, iteration.residual, file.options.solver.tolerance);
    if (live) live->iterate(iteration);
  };
  monitor.stop = [&, deadline = Deadline()] {
    return (control.stop && control.stop()) || deadline.is_near(journal.cost());
  };
  if (!control.quiet)
    monitor.message = [&](const std::string& line) {
      progress.end();
      log::info("{}", line);
    };
  return monitor;
}

Journal::Settings journal_of(const CaseFile& file, const std::filesystem::path& directory,
                             const RunControl& control, Progress& progress) {
  const auto& output = file.options.output;
  Journal::Settings settings{.folder = checkpoint_folder(directory),
                             .every = output.checkpoint.every.value_or(0),
                             .keep = output.checkpoint.keep,
                             .text = resolved_case(file),
                             .asked = control.checkpoint};
  if (!control.quiet)
    settings.message = [&](const std::string& line) {
      progress.end();
      log::info("{}", line);
    };
  return settings;
}

/// How to go on with a run that was stopped. @param from the checkpoint that it went on from; empty: none
void tell_restart(const std::string& path, const Journal& journal, const std::filesystem::path& from) {
  const auto& newest = journal.written().empty() ? from : journal.written();
  if (newest.empty())
    log::info("there is no state yet to go on from; start the run again");
  else
    log::info("to go on: ddpinn run {} --restart {}", path, newest.string());
}

/// What speaks against a case before it is solved.
std::vector<std::string> first_warnings(const Communicator& comm, const CaseFile& file) {
  auto all = file.remarks;
  const auto more = collectively(comm, [&] { return advice(file.problem); });
  all.insert(all.end(), more.begin(), more.end());
  for (const auto& warning : all) log::warning("{}", warning);
  return all;
}

/// What fields.h5 will hold, about.
double fields_bytes(const CaseFile& file) {
  const auto& problem = file.problem;
  double values = 2.0 + problem.fields.size() + problem.equations.size() + 2.0 * problem.exact.size();
  for (const int count : file.options.output.grid) values *= count;
  return 8 * values;
}

std::string outcome(const Result& result, const SolverOptions& options) {
  if (result.finished && !result.resolved) return "NOT RESOLVED: " + result.unresolved_because;
  const char* regular = options.trains() ? "finished" : "converged";
  return fmt::format("{}: {}", result.converged ? regular : "NOT CONVERGED", result.stop_reason);
}

/// @param told how many of the warnings, the first ones, were printed before the solve
void print(const Solved& solved, const CaseFile& file, bool quiet, std::size_t told) {
  const auto& result = solved.result;
  for (std::size_t i = told; i < solved.warnings.size(); ++i) log::warning("{}", solved.warnings[i]);
  if (!quiet) {
    log::info("{}", phase_table(result.phases, result.seconds));
    log::info("{}; results in {}", outcome(result, file.options.solver), file.options.output.directory);
  }
  for (const auto& line : a_posteriori_lines(result)) log::info("{}", line);
  for (const auto& line : result_lines(result)) log::info("{}", line);
}

}  // namespace

Result run_case(const std::string& path, const std::vector<std::string>& overrides,
                const RunControl& control) {
  const Communicator comm(MPI_COMM_WORLD);
  Progress progress(standard_progress(comm.rank(), control.quiet));
  const auto file = read_shared_case(comm, path, overrides);
  check(file, control);
  const auto first = first_warnings(comm, file);
  check_petsc_options(
      comm, file.options.solver, control.petsc_options,
      file.options.decomposition.coupling == Coupling::interface ? std::vector<std::string>{"interface_",
                                                                                            "grid_"}
                                                                 : std::vector<std::string>{});
  // Before the solve: what cannot be written shall cost nothing.
  OutputDirectory output(comm, file.options.output.directory);
  Journal journal(comm, journal_of(file, output.path(), control, progress));
  std::filesystem::path from;
  if (!control.restart.empty()) from = restart(comm, file, control.restart, journal);
  output.begin(file.original, resolved_case(file));
  if (file.options.output.fields)
    on_root(comm, [&] { require_space(output.path() / "fields.h5", fields_bytes(file), "the output grid"); });
  std::optional<LiveState> live;
  if (comm.rank() == 0) live.emplace(output.path());
  const auto monitor = show(progress, live ? &*live : nullptr, file, control, journal);
  auto solved = [&] {
    try {
      return solve(file, MPI_COMM_WORLD, monitor);
    } catch (const Interrupted&) {  // while what a checkpoint tells nothing of was made anew
      progress.end();
      if (comm.rank() == 0) tell_restart(path, journal, from);
      throw;
    }
  }();
  if (const auto found = resolved_case(solved.fields.solved_case()); found != resolved_case(file))
    output.describe(file.original, found);
  solved.warnings.insert(solved.warnings.begin(), first.begin(), first.end());
  judge(solved, {control.a_posteriori, control.compare_with}, monitor);
  std::optional<AgreedError> failure;  // what was found is told even where it can't be stored
  try {
    write_files(solved, output.path(), monitor);
  } catch (const AgreedError& error) {
    failure = error;
  }
  progress.end();
  if (comm.rank() == 0) print(solved, file, control.quiet, first.size());
  if (comm.rank() == 0 && solved.result.stopped) tell_restart(path, journal, from);
  if (failure) throw *failure;
  return solved.result;
}

}  // namespace ddpinn
