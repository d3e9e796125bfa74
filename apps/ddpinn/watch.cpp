// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "io/report/watch.hpp"
#include "base/text.hpp"
#include "ddpinn/commands.hpp"
#include "io/report/page.hpp"

#include <sys/ioctl.h>
#include <unistd.h>
#include <CLI/CLI.hpp>

#include <chrono>
#include <iostream>
#include <sstream>
#include <thread>

namespace ddpinn::program {

namespace {

int columns() {
  winsize size{};
  return ::ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0 ? size.ws_col : 80;
}

/// Line by line, without characters that would act on a terminal.
std::string shown(const std::string& text) {
  std::string all;
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) all += printable(line) + "\n";
  return all;
}

}  // namespace

void add_watch(CLI::App& app, WatchArguments& arguments) {
  auto* command = app.add_subcommand("watch", "Show a run while it goes on, until it ends");
  command->add_option("RUN", arguments.run, "Directory of a run")->required();
  command->add_flag("--page", arguments.page, "Keep the page of `ddpinn report` up to date, too");
  command->add_flag("--once", arguments.once, "Show its present state only, as where there is no terminal");
}

int watch(const WatchArguments& arguments) {
  constexpr auto between = std::chrono::seconds(2);
  const bool terminal = ::isatty(STDOUT_FILENO) == 1;
  for (;;) {
    const auto state = state_of_run(arguments.run, columns());
    if (arguments.page) write_report(arguments.run, std::filesystem::path(arguments.run) / "report.html");
    if (terminal && !arguments.once) std::cout << "\033[H\033[J";
    std::cout << shown(state.text) << std::flush;
    if (!state.goes_on || arguments.once || (!terminal && !arguments.page)) return 0;
    std::this_thread::sleep_for(between);
  }
}

}  // namespace ddpinn::program
