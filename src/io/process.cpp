// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "io/process.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <cstring>
#include <thread>

namespace ddpinn {
namespace {

/// As shells end where a program is not found.
constexpr int cannot_start = 127;

/// In the new process: only calls that may follow vfork, for until exec it shares our memory.
[[noreturn]] void become(char* const* argv, const char* folder, const char* log, rlim_t largest_file) {
  // It must not go on drawing when we are killed.
  ::prctl(PR_SET_PDEATHSIG, SIGKILL);
  const struct rlimit limit { largest_file, largest_file };
  ::setrlimit(RLIMIT_FSIZE, &limit);
  const int in = ::open("/dev/null", O_RDONLY);
  const int out = ::open(log, O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW, 0666);
  if (in < 0 || out < 0 || ::chdir(folder) != 0) ::_exit(cannot_start);
  ::dup2(in, STDIN_FILENO);
  ::dup2(out, STDOUT_FILENO);
  ::dup2(out, STDERR_FILENO);
  ::execvp(argv[0], argv);
  ::_exit(cannot_start);
}

/// Waits for the end of a process; kills it when its time is over, and says so.
std::optional<std::string> wait_for(pid_t process, const std::string& name, double limit) {
  using Clock = std::chrono::steady_clock;
  const auto end = Clock::now() + std::chrono::duration<double>(limit);
  int status = 0;
  for (;;) {
    const auto ended = ::waitpid(process, &status, WNOHANG);
    if (ended == process) break;
    if (ended < 0 && errno != EINTR)
      return fmt::format("{}: can't be waited for ({})", name, std::strerror(errno));
    if (Clock::now() > end) {
      ::kill(process, SIGKILL);
      ::waitpid(process, &status, 0);
      return fmt::format("{} took longer than {:.0f} s", name, limit);
    }
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
  }
  if (WIFEXITED(status) && WEXITSTATUS(status) == 0) return std::nullopt;
  if (WIFEXITED(status) && WEXITSTATUS(status) == cannot_start)
    return fmt::format("{} can't be started (is it installed?)", name);
  if (WIFEXITED(status)) return fmt::format("{} ended with status {}", name, WEXITSTATUS(status));
  return fmt::format("{} was ended by signal {}", name, WTERMSIG(status));
}

}  // namespace

std::optional<std::string> run_process(const std::vector<std::string>& arguments,
                                       const std::filesystem::path& folder, const std::filesystem::path& log,
                                       double limit, std::uint64_t largest_file) {
  std::vector<char*> argv;
  for (const auto& argument : arguments) argv.push_back(const_cast<char*>(argument.c_str()));
  argv.push_back(nullptr);
  const pid_t process = ::vfork();  // fork would copy what MPI has registered with the network
  if (process == 0) become(argv.data(), folder.c_str(), log.c_str(), largest_file);
  if (process < 0) return fmt::format("{} can't be started ({})", arguments[0], std::strerror(errno));
  return wait_for(process, arguments[0], limit);
}

}  // namespace ddpinn
