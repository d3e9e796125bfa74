// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "ddpinn/commands.hpp"
#include "io/disk.hpp"

#include <ddpinn/case_file.hpp>
#include <ddpinn/error.hpp>

#include <fmt/format.h>
#include <CLI/CLI.hpp>

#include <filesystem>
#include <iostream>

namespace ddpinn::program {

namespace {

/// A text as one word of a shell.
std::string quoted(const std::string& text) {
  std::string result = "'";
  for (char c : text) result += c == '\'' ? std::string("'\\''") : std::string(1, c);
  return result + "'";
}

std::string head(const JobArguments& job, const std::string& name) {
  if (job.system == "slurm")
    return fmt::format(
        "#SBATCH --job-name={}\n#SBATCH --nodes={}\n#SBATCH --ntasks-per-node={}\n#SBATCH --time={}\n"
        "#SBATCH --output={}-%j.log\n#SBATCH --signal=USR2@120\n",
        name, job.nodes, job.tasks, job.time, name);
  return fmt::format(
      "#PBS -N {}\n#PBS -l select={}:ncpus={}:mpiprocs={}\n#PBS -l walltime={}\n#PBS -j oe\n"
      "cd \"$PBS_O_WORKDIR\"\n",
      name, job.nodes, job.tasks, job.tasks, job.time);
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
             ? fmt::format(" --set {}", quoted("solver.time_limit=" + std::to_string(job.seconds() * 9 / 10)))
             : "";
}

std::string script_of(const JobArguments& job) {
  const auto file = read_case(job.path, job.overrides);
  const auto name = std::filesystem::path(job.path).stem().string();
  const auto script = job.output.empty() ? name + ".job" : job.output;
  std::string overrides;
  for (const auto& key : job.overrides) overrides += " --set " + quoted(key);
  return fmt::format(
      "#!/bin/bash\n{}"
      "# Solves {} in as many jobs as it takes: each goes on where the last one had to stop, until a run "
      "ends\n"
      "# by itself. Status 5 says that it was stopped; any other one ends the chain.\n"
      "script={}\ncase={}\ncheckpoints={}\n"
      "restart=()\n[ -e \"$checkpoints/latest\" ] && restart=(--restart \"$checkpoints\")\n"
      "{} ddpinn run \"$case\"{}{} \"${{restart[@]}}\"\nstatus=$?\n"
      "if [ $status -eq 5 ] && [ -e \"$checkpoints/latest\" ]; then\n  {}\n  exit 0\nfi\nexit $status\n",
      head(job, name), job.path, quoted(script), quoted(job.path),
      quoted((std::filesystem::path(file.options.output.directory) / "checkpoints").string()),
      job.system == "slurm" ? "srun" : "mpirun", overrides, limit(job), next_job(job));
}

}  // namespace

int JobArguments::seconds() const {
  int total = 0, part = 0;
  for (char c : time) {
    if (c == ':') {
      total = (total + part) * 60;
      part = 0;
    } else {
      part = part * 10 + (c - '0');
    }
  }
  return total + part;
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
  const CLI::Validator time(
      [](const std::string& text) {
        static constexpr std::string_view shape = "dd:dd:dd";
        bool right = text.size() == shape.size();
        for (std::size_t i = 0; right && i < shape.size(); ++i)
          right = shape[i] == 'd' ? text[i] >= '0' && text[i] <= '9' : text[i] == ':';
        return right ? std::string() : "is not of the form HH:MM:SS, such as 02:00:00";
      },
      "HH:MM:SS");
  command->add_option("--time", arguments.time, "Time of a job")->check(time)->capture_default_str();
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
