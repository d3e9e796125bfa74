// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "run/run.hpp"
#include "base/log.hpp"
#include "base/memory.hpp"
#include "base/threads.hpp"
#include "ddpinn/commands.hpp"
#include "ddpinn/failure.hpp"
#include "ddpinn/signals.hpp"
#include "petsc/library.hpp"

#include <ddpinn/error.hpp>
#include <ddpinn/session.hpp>

#include <fmt/ranges.h>
#include <CLI/CLI.hpp>

namespace ddpinn::program {
namespace {

int solve(const RunArguments& arguments, const std::vector<std::string>& petsc_options) {
  if (!blas_is_openblas()) {
    log::warning(
        "the BLAS in use is not OpenBLAS (the reference BLAS is ten times slower and more); install it, on "
        "Debian with: apt-get install libopenblas0-openmp");
  }
  if (const auto kernels = better_blas_kernels(); !arguments.quiet && !kernels.empty()) {
    log::info(
        "OpenBLAS does not know this processor and takes old kernels, half as fast; give it others with: "
        "export OPENBLAS_CORETYPE={}",
        kernels);
  }
  RunControl control;
  control.quiet = arguments.quiet;
  control.a_posteriori = arguments.a_posteriori;
  control.petsc_options = petsc_options;
  control.stop = stop_wanted;
  control.checkpoint = checkpoint_wanted;
  control.restart = arguments.restart;
  const SignalHandlers handlers;
  const Result result = run_case(arguments.path, arguments.overrides, control);
  const auto unused = petsc::unused_options();
  if (!unused.empty()) {
    log::warning("nothing has asked for the PETSc option(s) {} (mistyped, or of a solver that did not run)",
                 fmt::join(unused, " "));
  }
  if (result.converged) return static_cast<int>(Status::ok);
  if (result.finished && !result.resolved)
    log::error("{}: the solution is not resolved: {}", arguments.path, result.unresolved_because);
  else
    log::error("{}: the solve has {}: {}", arguments.path, result.stopped ? "been stopped" : "not converged",
               result.stop_reason);
  return static_cast<int>(result.stopped ? Status::stopped : Status::numerical);
}

}  // namespace

void add_run(CLI::App& app, RunArguments& arguments) {
  auto* command = app.add_subcommand("run", "Solve a case");
  command->footer("PETSc options follow after --, as in: ddpinn run case.toml -- -ksp_monitor");
  command->add_option("CASE", arguments.path, "Case file (TOML)")->required();
  command->add_option("--set", arguments.overrides, "Replace a value of the case: key=value in TOML syntax")
      ->type_name("KEY=VALUE")
      ->allow_extra_args(false);
  command->add_flag("--a-posteriori", arguments.a_posteriori,
                    "Tell the residuals at fresh points and, for linear cases, errors estimated from them");
  command
      ->add_option("--restart", arguments.restart,
                   "Go on from a checkpoint: a file, a folder that has some, or the word latest")
      ->type_name("FILE|FOLDER|latest");
  command->add_flag("--quiet", arguments.quiet, "Print results and warnings only");
}

int run(const RunArguments& arguments, const std::vector<std::string>& petsc_options) {
  end_all_ranks_on_failure();
  const Session session(MPI_COMM_WORLD, petsc_options);
  if (session.size() > 1) return solve(arguments, petsc_options);  // see end_all_ranks_on_failure
  try {
    return solve(arguments, petsc_options);
  } catch (...) {
    return end_with_failure();
  }
}

}  // namespace ddpinn::program
