// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <ddpinn/case_file.hpp>

#include <filesystem>
#include <string>
#include <vector>

namespace ddpinn {

/// A scaling study: one case on several numbers of ranks, each several times.
struct Study {
  std::string path;                    ///< of the case file
  std::vector<std::string> overrides;  ///< of the case, in every run
  std::vector<int> ranks = {1, 2};     ///< ascending
  bool weak = false;                   ///< whether the case grows with the ranks
  int repeat = 3;
  std::filesystem::path directory;
  std::string program;                 ///< path of ddpinn
  std::string launcher = "mpirun -n";  ///< words before the number of ranks
  int tasks = 0;                       ///< ranks on each node of a batch system; 0: all on one
  std::string time = "01:00:00";       ///< of one run
};

/// The runs on one number of ranks.
struct StudyPoint {
  int ranks = 1;
  std::vector<std::string> overrides;  ///< beside those of the study
};

/// Strong: the same case on all ranks. Weak: on P times the ranks of the first point P times the subdomains,
/// a prime factor of P after the other along the direction of [scaling] with the fewest; cells of [coarse]
/// and parameters grow with them.
/// @throws Error (Status::case_file, Status::usage)
std::vector<StudyPoint> study_points(const Study&, const CaseFile&);

/// Writes the directory of a study, from which it can be run by ddpinn, by JUBE, or by hand:
///
///     point_P.sh          runs the case on P ranks, in the working directory
///     study.json          what the study is
///     study.xml           the same as a benchmark of JUBE
///     job.slurm.in, job.pbs.in   templates of its jobs
/// @throws Error (Status::input_output, Status::case_file, Status::usage)
void write_study(const Study&);

/// Runs a study that was written, all numbers of ranks once, then all again: what disturbs the machine for a
/// while hits all. @returns what went wrong in single runs; empty where all ended well
std::vector<std::string> run_study(const Study&);

/// The benchmark as JUBE (version 2.4 and later) reads it.
std::string jube_benchmark(const Study&);

}  // namespace ddpinn
