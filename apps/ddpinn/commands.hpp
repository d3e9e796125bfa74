// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "scaling/study.hpp"

#include <string>
#include <vector>

namespace CLI {
class App;
class Validator;
}  // namespace CLI

namespace ddpinn {
struct ReferenceRequest;
struct SampleRequest;
}  // namespace ddpinn

namespace ddpinn::program {

/// `ddpinn run CASE`: what the command line says.
struct RunArguments {
  std::string path;
  std::vector<std::string> overrides;
  bool quiet = false;
  bool a_posteriori = false;
  std::string restart;
};
void add_run(CLI::App& app, RunArguments& arguments);
/// @param petsc_options what follows "--" @returns the exit status @note Collective over all ranks; starts
/// MPI.
int run(const RunArguments& arguments, const std::vector<std::string>& petsc_options);

/// `ddpinn check CASE`: reads and checks a case, and says what a run would do. Needs no MPI.
struct CheckArguments {
  std::string path;
  std::vector<std::string> overrides;
  int ranks = 1;
};
void add_check(CLI::App& app, CheckArguments& arguments);
int check(const CheckArguments& arguments);

/// `ddpinn reference CASE`
void add_reference(CLI::App& app, ReferenceRequest& request);
/// @param petsc_options what follows "--" @returns the exit status @note Collective over all ranks; starts
/// MPI.
int reference(const ReferenceRequest& request, const std::vector<std::string>& petsc_options);

/// `ddpinn verify CASE`; its exit status is that of a failed solve where the two solutions disagree.
void add_verify(CLI::App& app, ReferenceRequest& request);
int verify(const ReferenceRequest& request, const std::vector<std::string>& petsc_options);

/// `ddpinn sample SOLUTION` @returns the exit status @note Collective over all ranks; starts MPI.
void add_sample(CLI::App& app, SampleRequest& request);
int sample(const SampleRequest& request);

/// `ddpinn report RUN` and `ddpinn compare RUN RUN...`; need no MPI.
struct ReportArguments {
  std::vector<std::string> runs;
  std::string output;
};
void add_report(CLI::App& app, ReportArguments& arguments);
int report(const ReportArguments& arguments);
void add_compare(CLI::App& app, ReportArguments& arguments);
int compare(const ReportArguments& arguments);

/// `ddpinn watch RUN`; needs no MPI.
struct WatchArguments {
  std::string run;
  bool page = false;
  bool once = false;
};
void add_watch(CLI::App& app, WatchArguments& arguments);
int watch(const WatchArguments& arguments);

/// `ddpinn jobscript CASE`: a script for a batch system, whose jobs follow each other until a run has ended.
/// Needs no MPI.
struct JobArguments {
  std::string path;
  std::vector<std::string> overrides;
  std::string system = "slurm";
  int nodes = 1;
  int tasks = 1;
  std::string time = "01:00:00";
  std::string output;  ///< empty: CASE.job
};
void add_jobscript(CLI::App& app, JobArguments& arguments);
int jobscript(const JobArguments& arguments);

/// Of times HH:MM:SS.
CLI::Validator time_validator();

/// `ddpinn scaling CASE` or `ddpinn scaling --collect DIRECTORY`; needs no MPI.
struct ScalingArguments {
  Study study;
  std::string mode = "strong";
  std::string runner = "ddpinn";  ///< who runs the study: "ddpinn", "jube", or "none"
  std::string collect;
  std::string clock = "wall";
  std::string network;
  double up_to = 1e5;
  bool no_pictures = false;
};
void add_scaling(CLI::App& app, ScalingArguments& arguments);
int scaling(ScalingArguments arguments);

/// `ddpinn machine`: what messages and cores do on these ranks. @note Collective over all ranks; starts MPI.
struct MachineArguments {
  std::string output;
};
void add_machine(CLI::App& app, MachineArguments& arguments);
int machine(const MachineArguments& arguments);

/// `ddpinn help [case|COMMAND]`
struct HelpArguments {
  std::string topic;
};
void add_help(CLI::App& app, HelpArguments& arguments);
int help(const CLI::App& app, const HelpArguments& arguments);

/// `ddpinn --version`: ddpinn and the libraries it runs with.
std::string version_text();

}  // namespace ddpinn::program
