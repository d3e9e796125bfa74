// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "base/log.hpp"
#include "base/text.hpp"
#include "base/threads.hpp"
#include "ddpinn/commands.hpp"
#include "io/fields/table_file.hpp"
#include "plan/plan.hpp"
#include "plan/refinement.hpp"
#include "problem/advice/advice.hpp"
#include "problem/case/case_file.hpp"

#include <CLI/CLI.hpp>

#include <iostream>

namespace ddpinn::program {

void add_check(CLI::App& app, CheckArguments& arguments) {
  auto* command = app.add_subcommand("check", "Check a case and say what a run would do");
  command->add_option("CASE", arguments.path, "Case file (TOML)")->required();
  command->add_option("--set", arguments.overrides, "Replace a value of the case: key=value in TOML syntax")
      ->type_name("KEY=VALUE")
      ->allow_extra_args(false);
  command->add_option("--ranks", arguments.ranks, "Number of ranks of the run")
      ->check(CLI::Range(1, 10'000'000))
      ->capture_default_str();
}

int check(const CheckArguments& arguments) {
  set_threads();
  const auto file = read_case(arguments.path, arguments.overrides, read_table);
  for (const auto& remark : file.remarks) log::warning("{}", remark);
  for (const auto& warning : advice(file.problem)) log::warning("{}", warning);
  std::cout << printable(plan(first_level(file), arguments.ranks));
  return 0;
}

}  // namespace ddpinn::program
