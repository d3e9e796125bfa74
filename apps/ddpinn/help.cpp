// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "ddpinn/commands.hpp"
#include "problem/case/case_file.hpp"

#include <CLI/CLI.hpp>

#include <iostream>

namespace ddpinn::program {

void add_help(CLI::App& app, HelpArguments& arguments) {
  auto* command = app.add_subcommand("help", "Explain the program, a command, or every key of a case file");
  command->add_option("TOPIC", arguments.topic, "case: the keys of a case file; or a command")
      ->check(CLI::IsMember(
          {"case", "run", "reference", "verify", "check", "jobscript", "sample", "report", "compare"}));
}

int help(const CLI::App& app, const HelpArguments& arguments) {
  // app.help() would explain just the command that was given, "help".
  const auto explain = [&](const CLI::App& what, const std::string& name, CLI::AppFormatMode mode) {
    return app.get_formatter()->make_help(&what, name, mode);
  };
  if (arguments.topic == "case")
    std::cout << case_reference();
  else if (arguments.topic.empty())
    std::cout << explain(app, app.get_name(), CLI::AppFormatMode::All);
  else
    std::cout << explain(*app.get_subcommand(arguments.topic), app.get_name() + " " + arguments.topic,
                         CLI::AppFormatMode::Normal)
              << '\n';
  return 0;
}

}  // namespace ddpinn::program
