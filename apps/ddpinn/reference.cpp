// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "base/log.hpp"
#include "ddpinn/commands.hpp"
#include "ddpinn/failure.hpp"
#include "ddpinn/signals.hpp"
#include "petsc/library.hpp"
#include "run/verify.hpp"

#include <ddpinn/error.hpp>
#include <ddpinn/session.hpp>

#include <fmt/ranges.h>
#include <CLI/CLI.hpp>

namespace ddpinn::program {

namespace {

void add_options(CLI::App& command, ReferenceRequest& request, int least) {
  command.footer("PETSc options follow after --; those of the grid's solver begin with -grid_");
  command.add_option("CASE", request.path, "Case file (TOML)")->required();
  command
      .add_option("--grid", request.cells,
                  "Cells in each direction, time included: one number, or one per coordinate as in 256,64")
      ->delimiter(',')
      ->check(CLI::Range(least, 1'000'000))
      ->allow_extra_args(false);
  command
      .add_option(
          "--order", request.order,
          "Order of the differences, 2 by default; from 4 on without shapes, interfaces and pressures, "
          "and time is a direction like the others")
      ->check(CLI::IsMember({2, 4, 6, 8}))
      ->allow_extra_args(false);
  command.add_option("--set", request.overrides, "Replace a value of the case: key=value in TOML syntax")
      ->type_name("KEY=VALUE")
      ->allow_extra_args(false);
}

/// Runs `body` on all ranks, which returns the exit status.
template <class Body>
int on_all_ranks(const std::vector<std::string>& petsc_options, Body&& solve) {
  end_all_ranks_on_failure();
  const Session session(MPI_COMM_WORLD, petsc_options);
  const auto body = [&] {
    const int status = solve();
    if (const auto unused = petsc::unused_options(); !unused.empty())
      log::warning("nothing has asked for the PETSc option(s) {} (mistyped, or of a solver that did not run)",
                   fmt::join(unused, " "));
    return status;
  };
  if (session.size() > 1) return body();  // see end_all_ranks_on_failure
  try {
    return body();
  } catch (...) {
    return end_with_failure();
  }
}

}  // namespace

void add_reference(CLI::App& app, ReferenceRequest& request) {
  auto* command =
      app.add_subcommand("reference", "Solve a case by finite differences on a grid, with an error estimate");
  add_options(*command, request, 2);
  command->add_option("--output", request.output,
                      "CSV file for the solution; reference.csv in the output directory if not given");
}

int reference(const ReferenceRequest& request, const std::vector<std::string>& petsc_options) {
  return on_all_ranks(petsc_options, [&] {
    make_reference(request);
    return static_cast<int>(Status::ok);
  });
}

void add_verify(CLI::App& app, ReferenceRequest& request) {
  auto* command = app.add_subcommand("verify", "Solve a case by networks and on grids, and compare");
  add_options(*command, request, 4);
}

int verify(const ReferenceRequest& request, const std::vector<std::string>& petsc_options) {
  return on_all_ranks(petsc_options, [&] {
    const SignalHandlers handlers;
    return static_cast<int>(verify_case(request, stop_wanted) ? Status::ok : Status::numerical);
  });
}

}  // namespace ddpinn::program
