// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
// ddpinn_bench: benchmarks of the library's parts, on one core.
#include "base/threads.hpp"
#include "bench/step.hpp"

#include <CLI/CLI.hpp>

#include <iostream>

int main(int argc, char** argv) {
  CLI::App app("Benchmarks of the parts of ddpinn, on one core");
  app.require_subcommand(1);
  app.add_subcommand("step", "the time of one gradient step, for both kernels")->callback([] {
    ddpinn::bench::run_steps();
  });
  try {
    ddpinn::set_threads();
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return app.exit(error);
  } catch (const std::exception& error) {
    std::cerr << "error: " << error.what() << '\n';
    return 3;
  }
  return 0;
}
