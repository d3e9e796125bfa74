// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "ddpinn/signals.hpp"
#include "support/catch.hpp"

#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <csignal>
#include <string>

namespace {

/// Runs `body` in a process of its own, since a wish to stop is never forgotten. @returns waitpid's status
template <class Body>
int in_child(Body body) {
  const pid_t child = fork();
  if (child == 0) {
    const ddpinn::program::SignalHandlers handlers;
    _exit(body());
  }
  int status = 0;
  waitpid(child, &status, 0);
  return status;
}

int stop_after(int signal) {
  return in_child([signal] {
    const bool before = ddpinn::program::stop_wanted();
    std::raise(signal);
    const bool told = ddpinn::program::stop_wanted();
    const bool told_again = ddpinn::program::stop_wanted();
    return !before && told && told_again ? 0 : 1;
  });
}

}  // namespace

TEST_CASE("SIGINT, SIGTERM, SIGHUP and SIGUSR2 ask to stop, and the wish stays", "[signals]") {
  for (int signal : {SIGINT, SIGTERM, SIGHUP, SIGUSR2}) REQUIRE(stop_after(signal) == 0);
}

TEST_CASE("SIGUSR1 asks for a checkpoint, once each time, and not to stop; SIGPIPE does nothing",
          "[signals]") {
  const int status = in_child([] {
    using ddpinn::program::checkpoint_wanted;
    if (checkpoint_wanted()) return 1;
    for (int i = 0; i < 2; ++i) {
      std::raise(SIGUSR1);
      if (!checkpoint_wanted() || checkpoint_wanted()) return 2;
    }
    std::raise(SIGPIPE);
    return ddpinn::program::stop_wanted() ? 3 : 0;
  });
  REQUIRE(status == 0);
}

TEST_CASE("Afterwards signals do what they did before", "[signals]") {
  std::signal(SIGTERM, SIG_IGN);
  { const ddpinn::program::SignalHandlers handlers; }
  REQUIRE(std::signal(SIGTERM, SIG_DFL) == SIG_IGN);
}

TEST_CASE("The first SIGINT tells on standard error what happens, once", "[signals]") {
  int ends[2];
  REQUIRE(pipe(ends) == 0);
  in_child([&] {
    dup2(ends[1], STDERR_FILENO);
    std::raise(SIGTERM);
    std::raise(SIGINT);
    std::raise(SIGINT);
    return 0;
  });
  close(ends[1]);
  std::array<char, 256> told{};
  const auto length = read(ends[0], told.data(), told.size());
  close(ends[0]);
  REQUIRE(std::string(told.data(), length) ==
          "\nstopping at the next iteration; press Ctrl-C again to end at once\n");
}

TEST_CASE("A second SIGINT ends the process at once", "[signals]") {
  const int status = in_child([] {
    std::raise(SIGINT);
    std::raise(SIGINT);
    return 0;
  });
  REQUIRE(WIFSIGNALED(status));
  REQUIRE(WTERMSIG(status) == SIGINT);
}
