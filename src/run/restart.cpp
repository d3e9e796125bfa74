// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "run/restart.hpp"

#include "base/log.hpp"
#include "parallel/agree.hpp"
#include "problem/case/case_file.hpp"
#include "run/case_differences.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <chrono>
#include <cstdlib>

namespace ddpinn {

namespace {

double now() {
  return std::chrono::duration<double>(std::chrono::system_clock::now().time_since_epoch()).count();
}

}  // namespace

std::filesystem::path restart(const Communicator& comm, const CaseFile& file, const std::string& from,
                              Journal& journal) {
  auto found = find_checkpoint(comm, from == "latest" ? file.options.output.directory : from,
                               [](const std::string& line) { log::warning("{}", line); });
  const auto differences = case_differences(found.checkpoint.text, resolved_case(file));
  if (!differences.empty())
    throw Error(Status::usage,
                fmt::format("{}: the case has changed since: {} (a state fits the case that it was reached "
                            "with; tolerances, limits and [output] may change); undo this, or start anew "
                            "without --restart",
                            found.path.string(), fmt::join(differences, ", ")));
  if (comm.rank() == 0)
    log::info("going on from {}, after {:.3g} s", found.path.string(), found.checkpoint.seconds);
  journal.load(std::move(found.checkpoint));
  return found.path;
}

Deadline::Deadline() {
  constexpr double most = 60, part = 0.05;  // to write the results
  const char* text = std::getenv("SLURM_JOB_END_TIME");
  if (!text) return;
  const double end = std::strtod(text, nullptr), left = end - now();
  if (left <= 0) return;  // of another job, or of a clock that is wrong
  end_ = end;
  reserve_ = std::min(most, part * left);
}

bool Deadline::is_near(double cost) const { return end_ && now() + reserve_ + 2 * cost > *end_; }

}  // namespace ddpinn
