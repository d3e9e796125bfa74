// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "scaling/batch.hpp"

#include <fmt/format.h>

#include <string_view>

namespace ddpinn {

std::string batch_head(const BatchJob& job) {
  if (job.system == "slurm")
    return fmt::format(
               "#SBATCH --job-name={}\n#SBATCH --nodes={}\n#SBATCH --ntasks-per-node={}\n#SBATCH --time={}\n"
               "#SBATCH --output={}\n",
               job.name, job.nodes, job.tasks, job.time, job.log) +
           (job.signal.empty() ? std::string() : fmt::format("#SBATCH --signal={}\n", job.signal));
  return fmt::format(
      "#PBS -N {}\n#PBS -l select={}:ncpus={}:mpiprocs={}\n#PBS -l walltime={}\n#PBS -j oe\n"
      "cd \"$PBS_O_WORKDIR\"\n",
      job.name, job.nodes, job.tasks, job.tasks, job.time);
}

std::string shell_word(const std::string& text) {
  std::string result = "'";
  for (char c : text) result += c == '\'' ? std::string("'\\''") : std::string(1, c);
  return result + "'";
}

int seconds_of(const std::string& time) {
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

bool is_time(const std::string& text) {
  static constexpr std::string_view shape = "dd:dd:dd";
  bool right = text.size() == shape.size();
  for (std::size_t i = 0; right && i < shape.size(); ++i)
    right = shape[i] == 'd' ? text[i] >= '0' && text[i] <= '9' : text[i] == ':';
  return right;
}

}  // namespace ddpinn
