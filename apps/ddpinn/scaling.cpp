// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "base/log.hpp"
#include "base/text.hpp"
#include "ddpinn/commands.hpp"
#include "ddpinn/failure.hpp"
#include "io/disk.hpp"
#include "io/process.hpp"
#include "scaling/batch.hpp"
#include "scaling/machine.hpp"
#include "scaling/study_report.hpp"

#include <ddpinn/error.hpp>
#include <ddpinn/session.hpp>

#include <fmt/format.h>
#include <CLI/CLI.hpp>

#include <algorithm>
#include <cstdint>
#include <iostream>
#include <limits>

namespace ddpinn::program {
namespace {

/// JUBE runs the study in its own folder. @returns why it failed, where it did
std::vector<std::string> run_by_jube(const Study& study) {
  const double limit = 1.0 * seconds_of(study.time) * study.repeat * static_cast<double>(study.ranks.size());
  const auto failure =
      run_process({"jube", "run", "study.xml"}, study.directory, study.directory / "jube.log", limit,
                  std::numeric_limits<std::uint64_t>::max());
  if (!failure) return {};
  return {fmt::format("{}; see {}", *failure, (study.directory / "jube.log").string())};
}

void settle(ScalingArguments& arguments) {
  auto& study = arguments.study;
  study.weak = arguments.mode == "weak";
  std::ranges::sort(study.ranks);
  const auto [begin, end] = std::ranges::unique(study.ranks);
  study.ranks.erase(begin, end);
  study.program = std::filesystem::read_symlink("/proc/self/exe").string();
  if (study.directory.empty())
    study.directory = std::filesystem::path(study.path).stem().string() + "_" + arguments.mode + "_scaling";
}

int collect(const ScalingArguments& arguments, const std::filesystem::path& directory) {
  StudyReport report{.directory = directory, .network_name = arguments.network, .up_to = arguments.up_to};
  report.clock = arguments.clock == "wall" ? ScalingClock::wall : ScalingClock::processor;
  report.pictures = !arguments.no_pictures;
  if (!arguments.network.empty()) report.network = known_network(arguments.network);
  const auto lines = report_study(report);
  std::cout << printable(lines.front());
  for (std::size_t i = 1; i < lines.size(); ++i) log::warning("{}", lines[i]);
  log::info("tables, figures and scaling.jsonl (Extra-P) are in {}", directory.string());
  return static_cast<int>(Status::ok);
}

int start(ScalingArguments& arguments) {
  settle(arguments);
  const auto& study = arguments.study;
  write_study(study);
  if (arguments.runner == "none") {
    log::info(
        "{0} is written. By JUBE: cd {0} && jube run study.xml (as jobs: --tag slurm, or pbs). Then: ddpinn "
        "scaling --collect {0}",
        study.directory.string());
    return static_cast<int>(Status::ok);
  }
  const auto failures = arguments.runner == "jube" ? run_by_jube(study) : run_study(study);
  for (const auto& failure : failures) log::warning("{}", failure);
  return collect(arguments, study.directory);
}

void add_study_options(CLI::App& command, ScalingArguments& arguments) {
  auto& study = arguments.study;
  command.add_option("--ranks", study.ranks, "Numbers of ranks, such as 1,2,4,8")
      ->delimiter(',')
      ->check(CLI::Range(1, 10'000'000))
      ->capture_default_str();
  command.add_option("--mode", arguments.mode, "strong: the same case; weak: it grows as [scaling] says")
      ->check(CLI::IsMember({"strong", "weak"}))
      ->capture_default_str();
  command.add_option("--repeat", study.repeat, "Runs on each number of ranks")
      ->check(CLI::Range(1, 1000))
      ->capture_default_str();
  command.add_option("--set", study.overrides, "Replace a value of the case: key=value in TOML syntax")
      ->type_name("KEY=VALUE")
      ->allow_extra_args(false);
  command.add_option("--directory", study.directory,
                     "Directory of the study; CASE_MODE_scaling if not given");
  command
      .add_option("--by", arguments.runner,
                  "Who runs it now: ddpinn, jube (which must be installed), or none")
      ->check(CLI::IsMember({"ddpinn", "jube", "none"}))
      ->capture_default_str();
  command.add_option("--launcher", study.launcher, "Words before the number of ranks")->capture_default_str();
  command.add_option("--tasks", study.tasks, "Ranks on each node, for jobs; all on one node if not given")
      ->check(CLI::Range(1, 1'000'000));
  command.add_option("--time", study.time, "Longest time of one run")
      ->check(time_validator())
      ->capture_default_str();
}

}  // namespace

void add_scaling(CLI::App& app, ScalingArguments& arguments) {
  auto* command = app.add_subcommand("scaling", "Run a case on several numbers of ranks, and model its time");
  auto* path = command->add_option("CASE", arguments.study.path, "Case file (TOML)");
  auto* directory =
      command->add_option("--collect", arguments.collect, "Only read the runs of this study's directory");
  path->excludes(directory);
  add_study_options(*command, arguments);
  command
      ->add_option("--clock", arguments.clock,
                   "Seconds that the model is of: wall, or those of the processors")
      ->check(CLI::IsMember({"wall", "processor"}))
      ->capture_default_str();
  command->add_option(
      "--network", arguments.network,
      "Network of predictions: infiniband, slingshot, omni-path, ethernet, or a file of ddpinn "
      "machine; as measured if not given");
  command->add_option("--to", arguments.up_to, "Ranks up to which the model predicts")
      ->check(CLI::Range(1.0, 1e9))
      ->capture_default_str();
  command->add_flag("--no-pictures", arguments.no_pictures, "Draw no pictures");
}

int scaling(ScalingArguments arguments) {
  if (!arguments.collect.empty()) return collect(arguments, arguments.collect);
  if (arguments.study.path.empty())
    throw Error(Status::usage,
                "scaling: there is neither a case nor --collect; name the case to run, or the directory "
                "of a study");
  return start(arguments);
}

void add_machine(CLI::App& app, MachineArguments& arguments) {
  auto* command = app.add_subcommand("machine", "Measure messages between ranks, and what their cores do");
  command->add_option("--output", arguments.output, "JSON file; standard output if not given");
}

int machine(const MachineArguments& arguments) {
  end_all_ranks_on_failure();
  const Session session(MPI_COMM_WORLD, {});
  const Communicator comm(MPI_COMM_WORLD);
  const auto text = machine_text(measure_machine(comm));
  if (comm.rank() != 0) return static_cast<int>(Status::ok);
  if (arguments.output.empty())
    std::cout << text;
  else
    write_text(arguments.output, text);
  return static_cast<int>(Status::ok);
}

}  // namespace ddpinn::program
