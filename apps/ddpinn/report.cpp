// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "ddpinn/commands.hpp"
#include "io/report/page.hpp"

#include <CLI/CLI.hpp>

#include <iostream>

namespace ddpinn::program {

void add_report(CLI::App& app, ReportArguments& arguments) {
  auto* command = app.add_subcommand("report", "Write a page about a run that works offline");
  command->add_option("RUN", arguments.runs, "Directory of a run")->required()->expected(1);
  command->add_option("--output", arguments.output,
                      "HTML file; report.html in the run's directory if not given");
}

void add_compare(CLI::App& app, ReportArguments& arguments) {
  auto* command = app.add_subcommand("compare", "Write a page that sets runs side by side");
  command->add_option("RUN", arguments.runs, "Directories of runs")->required()->expected(2, 100);
  command->add_option("--output", arguments.output, "HTML file; compare.html here if not given");
}

int report(const ReportArguments& arguments) {
  const std::filesystem::path run = arguments.runs.front();
  const auto path = arguments.output.empty() ? run / "report.html" : std::filesystem::path(arguments.output);
  write_report(run, path);
  std::cout << path.string() << '\n';
  return 0;
}

int compare(const ReportArguments& arguments) {
  const std::filesystem::path path = arguments.output.empty() ? "compare.html" : arguments.output;
  write_comparison({arguments.runs.begin(), arguments.runs.end()}, path);
  std::cout << path.string() << '\n';
  return 0;
}

}  // namespace ddpinn::program
