// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <ddpinn/case_file.hpp>
#include <ddpinn/fields.hpp>
#include <ddpinn/monitor.hpp>
#include <ddpinn/result.hpp>

#include <mpi.h>

#include <string>
#include <vector>

namespace ddpinn {

/// A solution.
struct Solved {
  Fields fields;
  Result result;
  /// What speaks against the problem or its solution, in complete sentences: options without effect,
  /// statements that are not met, unknowns that nothing determines, ...
  std::vector<std::string> warnings;
};

/// Solves a problem: in time slabs, by overlapping Schwarz methods or interface coupling, by random or
/// trained networks, and for its unknowns, all as the options say. A Session must live; nothing is written.
/// @throws Error on every rank: Status::case_file with all that is wrong with problem and options, in
/// messages that name the place ("equation 'heat': ..."); Status::numerical where the solve fails. A solve
/// that ends without having converged throws nothing: see Result::converged.
/// @note Collective over `comm`.
Solved solve(const Problem&, const Options&, MPI_Comm comm, const Monitor& = {});

/// The same for a case that was read, and is as it was read.
Solved solve(const CaseFile&, MPI_Comm comm, const Monitor& = {});

/// What a solution is compared with.
struct Criteria {
  bool a_posteriori = false;  ///< residuals at fresh points, balances, and errors estimated from residuals
  /// A file like that of [reference], which the result is compared with besides.
  std::string compare_with = {};
};

/// Adds to the result how far the solution is from the exact one, or from the reference values, of its
/// problem, and what the criteria ask for.
/// @throws Error on every rank
/// @note Collective.
void judge(Solved&, const Criteria& = {}, const Monitor& = {});

/// Writes the files of a run (docs/files.md): fields on the output grid, the networks, history, summary and
/// pictures.
/// @param directory is created; empty: that of the options
/// @throws Error (Status::input_output) on every rank
/// @note Collective.
void write_results(Solved&, const std::string& directory = {}, const Monitor& = {});

}  // namespace ddpinn
