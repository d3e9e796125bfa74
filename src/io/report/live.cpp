// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "io/report/live.hpp"

#include "base/log.hpp"
#include "io/report/history.hpp"

#include <ddpinn/error.hpp>

#include <unistd.h>
#include <nlohmann/json.hpp>

namespace ddpinn {

LiveState::LiveState(std::filesystem::path directory, double interval)
    : directory_(std::move(directory)), interval_(interval), lines_(history_text({})) {
  try {
    const auto path = directory_ / "history.csv";
    history_ = create_file(path, path);
  } catch (const Error& error) {
    log::debug("the run's state is not shown: {}", error.what());
  }
}

LiveState::~LiveState() {
  std::error_code ignored;
  std::filesystem::remove(directory_ / "progress.json", ignored);
}

void LiveState::begin(const std::string& phase) {
  phase_ = phase;
  show();
}

void LiveState::iterate(const Iteration& iteration) {
  const auto text = history_text({iteration});
  lines_ += text.substr(text.find('\n') + 1);
  show();
}

void LiveState::show() {
  const auto now = Clock::now();
  if (history_.get() < 0 || now - last_ < interval_) return;
  last_ = now;
  const auto written = ::write(history_.get(), lines_.data(), lines_.size());
  if (written > 0) lines_.erase(0, written);
  const nlohmann::ordered_json state{{"phase", phase_},
                                     {"seconds", std::chrono::duration<double>(now - begin_).count()}};
  try {
    write_text(directory_ / "progress.json", state.dump() + "\n");
  } catch (const Error& error) {
    log::debug("the run's state is not shown: {}", error.what());
  }
}

}  // namespace ddpinn
