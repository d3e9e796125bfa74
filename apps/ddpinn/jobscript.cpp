// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "ddpinn/commands.hpp"
#include "io/disk.hpp"
#include "scaling/batch.hpp"

#include <ddpinn/case_file.hpp>
#include <ddpinn/error.hpp>

#include <fmt/format.h>
#include <CLI/CLI.hpp>

#include <filesystem>
#include <iostream>

namespace ddpinn::program {

namespace {

std::string head(const JobArguments& job, const std::string& name) {
  return batch_head({.system = job.system,
                     .name = name,
                     .nodes = std::to_string(job.nodes),
                     .tasks = std::to_string(job.tasks),
                     .time = job.time,
                     .log = name + "-%j.log",
                     .signal = "USR2@120"});
}

/// Submits the script again, to start when this job has ended. Neither system keeps the file of a job in a
/// place where it can be submitted from, so the script has to know its own name.
std::string next_job(const JobArguments& job) {
  if (job.system == "slurm") return "sbatch --dependency=afterany:$SLURM_JOB_ID \"$script\"";
  return "qsub -W depend=afterany:$PBS_JOBID \"$script\"";
}

/// PBS tells nobody when a job's time is up.
std::string limit(const JobArguments& job) {
  return job.system == "pbs"
             ? fmt::format(" --set {}",
                           shell_word("solver.time_limit=" + std::to_string(seconds_of(job.time) * 9 / 10)))
             : "";
}

std::string script_of(const JobArguments& job) {
  const auto file = read_case(job.path, job.overrides);
  const auto name = std::filesystem::path(job.path).stem().string();
  const auto script = job.output.empty() ? name + ".job" : job.output;
  std::string overrides;
  for (const auto& key : job.overrides) overrides += " --set " + shell_word(key);
  return fmt::format(
      "#!/bin/bash\n{}"
      "# Solves {} in as many jobs as it takes: each goes on where the last one had to stop, until a run "
      "ends\n"
      "# by itself. Status 5 says that it was stopped; any other one ends the chain.\n"
      "script={}\ncase={}\ncheckpoints={}\n"
      "restart=()\n[ -e \"$checkpoints/latest\" ] && restart=(--restart \"$checkpoints\")\n"
      "{} ddpinn run \"$case\"{}{} \"${{restart[@]}}\"\nstatus=$?\n"
      "if [ $status -eq 5 ] && [ -e \"$checkpoints/latest\" ]; then\n  {}\n  exit 0\nfi\nexit $status\n",
      head(job, name), job.path, shell_word(script), shell_word(job.path),
      shell_word((std::filesystem::path(file.options.output.directory) / "checkpoints").string()),
      job.system == "slurm" ? "srun" : "mpirun", overrides, limit(job), next_job(job));
}

}  // namespace

CLI::Validator time_validator() {
  return {[](const std::string& text) {
            return is_time(text) ? std::string() : "is not of the form HH:MM:SS, such as 02:00:00";
          },
          "HH:MM:SS"};
}

void add_jobscript(CLI::App& app, JobArguments& arguments) {
  auto* command = app.add_subcommand(
      "jobscript", "Write a script for a batch system that runs a case in as many jobs as it takes");
  command->add_option("CASE", arguments.path, "Case file (TOML)")->required();
  command->add_option("--system", arguments.system, "The batch system")
      ->check(CLI::IsMember({"slurm", "pbs"}))
      ->capture_default_str();
  command->add_option("--nodes", arguments.nodes, "Nodes of a job")
      ->check(CLI::Range(1, 1'000'000))
      ->capture_default_str();
  command->add_option("--tasks", arguments.tasks, "Ranks on each node")
      ->check(CLI::Range(1, 1'000'000))
      ->capture_default_str();
  command->add_option("--time", arguments.time, "Time of a job")
      ->check(time_validator())
      ->capture_default_str();
  command->add_option("--set", arguments.overrides, "Replace a value of the case: key=value in TOML syntax")
      ->type_name("KEY=VALUE")
      ->allow_extra_args(false);
  command->add_option("--output", arguments.output,
                      "File for the script; CASE.job in the working directory if not given");
}

int jobscript(const JobArguments& arguments) {
  const auto text = script_of(arguments);
  const auto path = arguments.output.empty() ? std::filesystem::path(arguments.path).stem().string() + ".job"
                                             : arguments.output;
  write_text(path, text);
  std::cout << fmt::format("{} is written; submit it by: {} {}\n", path,
                           arguments.system == "slurm" ? "sbatch" : "qsub", path);
  return static_cast<int>(Status::ok);
}

}  // namespace ddpinn::program
