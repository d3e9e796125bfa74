// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "problem/case/case_file.hpp"
#include "run/grid_solution.hpp"

#include <filesystem>
#include <string>
#include <vector>

namespace ddpinn {

/// What `ddpinn reference` is asked for.
struct ReferenceRequest {
  std::string path;
  std::vector<std::string> overrides;  ///< "key=value" in TOML syntax
  std::vector<int> cells;  ///< one number, or one per direction; empty: as many as a minute allows
  int order = 2;           ///< of the differences: 2, 4, 6 or 8
  std::string output;      ///< CSV file; empty: reference.csv in the output directory
};

/// Cells of a direction that are solved for where none are given: 1024, 128, 32, 16 in one to four
/// directions.
int standard_cells(int dimension);

/// @returns the cells by direction @throws Error (Status::usage) where their number does not fit, or a
/// direction can't be halved `halvings` times
std::vector<int> checked_cells(const Model& model, std::vector<int> cells, int halvings);

/// Cells divided by 2^halvings.
std::vector<int> coarser(std::vector<int> cells, int halvings);

/// Against what the case knows, by field: the values of its reference file, or its exact solution; no points
/// where it knows nothing.
std::vector<GridNorms> known_errors(const CaseFile& file, const Model& model, const GridSolution& solution);

/// Writes coordinates and fields at the nodes inside the domain, in the format of `[reference] file`, on rank
/// 0.
/// @throws Error (Status::input_output)
void write_reference(const std::filesystem::path& path, const CaseFile& file, const Model& model,
                     const GridSolution& solution, const std::vector<GridError>& errors);

/// Solves a case on two grids, prints the estimated error of each field and the error against the exact
/// solution or the reference of the case, and writes the finer solution. @throws Error (every status) @note
/// Collective over MPI_COMM_WORLD.
void make_reference(const ReferenceRequest& request);

}  // namespace ddpinn
