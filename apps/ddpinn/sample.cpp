// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "run/sample.hpp"
#include "ddpinn/commands.hpp"
#include "ddpinn/failure.hpp"

#include <ddpinn/error.hpp>
#include <ddpinn/session.hpp>

#include <CLI/CLI.hpp>

namespace ddpinn::program {

void add_sample(CLI::App& app, SampleRequest& request) {
  auto* command = app.add_subcommand("sample", "Evaluate a solution, and expressions of it, at any points");
  command->footer(
      "For example: ddpinn sample results/wing --plane z=0 --grid 200,100 --quantity speed=\"sqrt(u**2 "
      "+ v**2)\" --output wing.vtkhdf");
  command->add_option("SOLUTION", request.solution, "A solution.h5, or the directory of a run")->required();
  command->add_option("--points", request.points, "CSV or HDF5 file with a column for each coordinate");
  command
      ->add_option("--grid", request.counts,
                   "Points in each direction over the domain: one number, or one per coordinate as in 101,51")
      ->delimiter(',')
      ->check(CLI::Range(1, 1'000'000'000))
      ->allow_extra_args(false);
  command->add_option("--line", request.line, "Ends of a line, as in 0,0.5 1,0.5, and the number of points")
      ->expected(3)
      ->type_name("A B N");
  command
      ->add_option("--plane", request.planes, "Coordinates that the grid leaves out, as in z=0.5 or y=0,t=1")
      ->type_name("X=VALUE")
      ->allow_extra_args(false);
  command
      ->add_option(
          "--quantity", request.quantities,
          "An expression, with a name if you like: \"u_x**2\", flux=\"-k*u_x\"; without any, all fields")
      ->type_name("[NAME=]EXPRESSION")
      ->allow_extra_args(false);
  command->add_option(
      "--output", request.output,
      "File that ends with .csv, .h5 or .vtkhdf, or - for CSV on standard output; sample.csv beside "
      "the solution if not given");
}

int sample(const SampleRequest& request) {
  end_all_ranks_on_failure();
  const Session session;
  const auto body = [&] {
    sample_solution(request);
    return static_cast<int>(Status::ok);
  };
  if (session.size() > 1) return body();  // see end_all_ranks_on_failure
  try {
    return body();
  } catch (...) {
    return end_with_failure();
  }
}

}  // namespace ddpinn::program
