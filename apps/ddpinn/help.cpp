// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "ddpinn/commands.hpp"
#include "problem/case_file.hpp"

#include <CLI/CLI.hpp>

#include <iostream>

namespace ddpinn::program {

void add_help(CLI::App& app, HelpArguments& arguments) {
  auto* command = app.add_subcommand("help", "Explain the program, or every key of a case file");
  command->add_option("TOPIC", arguments.topic, "case: the keys of a case file")
      ->check(CLI::IsMember({"case"}));
}

int help(const CLI::App& app, const HelpArguments& arguments) {
  // app.help() would explain just the command that was given, "help".
  const auto whole = [&] {
    return app.get_formatter()->make_help(&app, app.get_name(), CLI::AppFormatMode::All);
  };
  std::cout << (arguments.topic == "case" ? case_reference() : whole());
  return 0;
}

}  // namespace ddpinn::program
