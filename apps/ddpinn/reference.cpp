// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "driver/reference.hpp"
#include "ddpinn/commands.hpp"
#include "ddpinn/failure.hpp"
#include "parallel/session.hpp"

#include <CLI/CLI.hpp>

namespace ddpinn::program {

void add_reference(CLI::App& app, ReferenceRequest& request) {
  auto* command =
      app.add_subcommand("reference", "Solve a case by finite differences on a grid, with an error estimate");
  command->footer("PETSc options follow after --, as in: ddpinn reference case.toml -- -grid_ksp_monitor");
  command->add_option("CASE", request.path, "Case file (TOML)")->required();
  command
      ->add_option("--grid", request.cells,
                   "Cells in each direction, time included: one number, or one a coordinate as in 256,64")
      ->delimiter(',')
      ->check(CLI::Range(2, 1'000'000))
      ->allow_extra_args(false);
  command->add_option("--output", request.output,
                      "CSV file for the solution; reference.csv in the output directory if not given");
  command->add_option("--set", request.overrides, "Replace a value of the case: key=value in TOML syntax")
      ->type_name("KEY=VALUE")
      ->allow_extra_args(false);
}

int reference(const ReferenceRequest& request, const std::vector<std::string>& petsc_options) {
  end_all_ranks_on_failure();
  const Session session(petsc_options);
  if (session.size() > 1) {
    make_reference(request);  // see end_all_ranks_on_failure
    return 0;
  }
  try {
    make_reference(request);
    return 0;
  } catch (...) {
    return report_failure();
  }
}

}  // namespace ddpinn::program
