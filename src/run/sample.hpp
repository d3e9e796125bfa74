// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <string>
#include <utility>
#include <vector>

namespace ddpinn {

/// What `ddpinn sample` is asked for. Exactly one of `points`, `counts` and `line` says where.
struct SampleRequest {
  std::string solution;                      ///< a file that a run has written, or the run's directory
  std::string points = {};                   ///< CSV or HDF5 file with a column for each coordinate
  std::vector<int> counts = {};              ///< of a grid over the domain: one number, or one per direction
  std::vector<std::string> line = {};        ///< its ends, "0,0.5", and the number of points
  std::vector<std::string> planes = {};      ///< "x=0.5": coordinates that a grid leaves out
  std::vector<std::string> quantities = {};  ///< "u_x**2", "flux=-k*u_x"; empty: the fields
  std::string output = {};  ///< .csv, .h5, .vtkhdf (beside an .h5), or - for CSV on standard output
};

/// Evaluates expressions of a saved solution at points, on all ranks, and writes them to a file.
/// @throws Error (every status) @note Collective over MPI_COMM_WORLD.
void sample_solution(const SampleRequest&);

}  // namespace ddpinn
