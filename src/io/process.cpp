// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "io/process.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <cstring>
#include <thread>

namespace ddpinn {
namespace {

/// What happens to the file descriptors and the folder of a new process.
class FileActions {
 public:
  FileActions() { posix_spawn_file_actions_init(&actions_); }
  FileActions(const FileActions&) = delete;
  FileActions& operator=(const FileActions&) = delete;
  ~FileActions() { posix_spawn_file_actions_destroy(&actions_); }
  posix_spawn_file_actions_t* get() { return &actions_; }

 private:
  posix_spawn_file_actions_t actions_{};
};

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
  if (WIFEXITED(status)) return fmt::format("{} ended with status {}", name, WEXITSTATUS(status));
  return fmt::format("{} was ended by signal {}", name, WTERMSIG(status));
}

}  // namespace

std::optional<std::string> run_process(const std::vector<std::string>& arguments,
                                       const std::filesystem::path& folder, const std::filesystem::path& log,
                                       double limit) {
  std::vector<char*> argv;
  for (const auto& argument : arguments) argv.push_back(const_cast<char*>(argument.c_str()));
  argv.push_back(nullptr);
  FileActions actions;
  posix_spawn_file_actions_addopen(actions.get(), STDIN_FILENO, "/dev/null", O_RDONLY, 0);
  posix_spawn_file_actions_addopen(actions.get(), STDOUT_FILENO, log.c_str(), O_WRONLY | O_CREAT | O_TRUNC,
                                   0666);
  posix_spawn_file_actions_adddup2(actions.get(), STDOUT_FILENO, STDERR_FILENO);
  posix_spawn_file_actions_addchdir_np(actions.get(), folder.c_str());
  pid_t process = 0;
  const int code = posix_spawnp(&process, argv[0], actions.get(), nullptr, argv.data(), environ);
  if (code != 0) return fmt::format("{} can't be started ({})", arguments[0], std::strerror(code));
  return wait_for(process, arguments[0], limit);
}

}  // namespace ddpinn
