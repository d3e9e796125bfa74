// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "base/text.hpp"
#include "ddpinn/commands.hpp"
#include "ddpinn/failure.hpp"
#include "run/reference.hpp"
#include "run/sample.hpp"

#include <ddpinn/error.hpp>

#include <CLI/CLI.hpp>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <iostream>
#include <sstream>

namespace ddpinn::program {
namespace {

/// The command line, cut at the first "--": what follows is PETSc's.
struct CommandLine {
  std::vector<std::string> ours;
  std::vector<std::string> petsc;
};

CommandLine split(int argc, char** argv) {
  const std::vector<std::string> words(argv + 1, argv + argc);
  const auto cut = std::find(words.begin(), words.end(), "--");
  return {{words.begin(), cut}, {cut == words.end() ? cut : cut + 1, words.end()}};
}

/// What is wrong with the command itself; CLI11 would only say that one is required.
std::string command_error(const CommandLine& line) {
  const std::vector<std::string> commands = {"run",       "reference", "verify", "check",
                                             "jobscript", "sample",    "report", "compare",
                                             "scaling",   "machine",   "watch",  "help"};
  if (line.ours.empty() || line.ours[0].starts_with('-')) return "";
  const std::string& given = line.ours[0];
  if (std::find(commands.begin(), commands.end(), given) != commands.end()) return "";
  const auto near = nearest_name(given, commands);
  return "command line: there is no command '" + given +
         "' (the commands are run, reference, verify, check, jobscript, sample, report, compare, scaling, "
         "machine, watch and help); " +
         (near ? "did you mean '" + *near + "'?" : "see ddpinn --help");
}

/// Whether this process speaks before MPI has started: mpirun and SLURM tell each process its rank.
bool speaks() {
  for (const char* name : {"OMPI_COMM_WORLD_RANK", "PMIX_RANK", "PMI_RANK", "SLURM_PROCID"}) {
    if (const char* rank = std::getenv(name)) return std::string(rank) == "0";
  }
  return true;
}

/// The status of a process that ends before MPI has started. Those that are silent succeed: mpirun ends all
/// others at the first failure, and rank 0 might not have spoken yet.
int ended(Status status) { return static_cast<int>(speaks() ? status : Status::ok); }

int usage(const std::string& message) {
  if (speaks()) std::cerr << "error: " << printable(message) << std::endl;
  return ended(Status::usage);
}

int usage(const CLI::App& app, const CLI::ParseError& error) {
  const bool asked = error.get_exit_code() == 0;  // --help and --version arrive here too
  std::ostringstream out;
  std::ostringstream err;
  app.exit(error, out, err);
  if (speaks()) {
    std::cout << out.str() << std::flush;
    std::cerr << (asked ? "" : "error: ") << printable(err.str()) << std::flush;
  }
  return ended(asked ? Status::ok : Status::usage);
}

/// The status, where all that was printed has arrived.
int with_output(int status) {
  std::cout.flush();
  std::fflush(stdout);
  if (!std::cout.fail() && std::ferror(stdout) == 0) return status;
  std::cerr << "error: standard output can't be written (a full disk, or a pipe that was closed); what was "
               "printed is not all there"
            << std::endl;
  return status == 0 ? static_cast<int>(Status::input_output) : status;
}

int dispatch(int argc, char** argv) {
  CLI::App app(
      "Solves partial differential equations with physics-informed networks on overlapping subdomains.",
      "ddpinn");
  app.set_version_flag("--version", version_text);
  app.require_subcommand(1);
  app.footer(
      "Several processes: mpirun -n 4 ddpinn run case.toml. The keys of a case file: ddpinn help case.");
  RunArguments run_arguments;
  CheckArguments check_arguments;
  JobArguments job_arguments;
  HelpArguments help_arguments;
  ReferenceRequest reference_request, verify_request;
  SampleRequest sample_request;
  ReportArguments report_arguments, compare_arguments;
  ScalingArguments scaling_arguments;
  MachineArguments machine_arguments;
  WatchArguments watch_arguments;
  add_run(app, run_arguments);
  add_reference(app, reference_request);
  add_verify(app, verify_request);
  add_check(app, check_arguments);
  add_jobscript(app, job_arguments);
  add_sample(app, sample_request);
  add_report(app, report_arguments);
  add_compare(app, compare_arguments);
  add_scaling(app, scaling_arguments);
  add_machine(app, machine_arguments);
  add_watch(app, watch_arguments);
  add_help(app, help_arguments);

  CommandLine line = split(argc, argv);
  if (const auto message = command_error(line); !message.empty()) return usage(message);
  std::reverse(line.ours.begin(), line.ours.end());  // as CLI11 wants them
  try {
    app.parse(line.ours);
  } catch (const CLI::ParseError& error) {
    return usage(app, error);
  }
  if (app.got_subcommand("run")) return run(run_arguments, line.petsc);
  if (app.got_subcommand("reference")) return reference(reference_request, line.petsc);
  if (app.got_subcommand("verify")) return verify(verify_request, line.petsc);
  if (app.got_subcommand("sample")) return sample(sample_request);
  if (app.got_subcommand("machine")) return machine(machine_arguments);
  if (!speaks()) return 0;
  try {
    if (app.got_subcommand("report")) return report(report_arguments);
    if (app.got_subcommand("compare")) return compare(compare_arguments);
    if (app.got_subcommand("scaling")) return scaling(scaling_arguments);
    if (app.got_subcommand("watch")) return watch(watch_arguments);
    if (app.got_subcommand("check")) return check(check_arguments);
    if (app.got_subcommand("jobscript")) return jobscript(job_arguments);
    return help(app, help_arguments);
  } catch (...) {
    return report_failure();
  }
}

}  // namespace
}  // namespace ddpinn::program

int main(int argc, char** argv) {
  return ddpinn::program::with_output(ddpinn::program::dispatch(argc, argv));
}
