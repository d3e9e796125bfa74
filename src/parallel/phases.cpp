// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "parallel/phases.hpp"

#include <algorithm>
#include <sstream>

namespace ddpinn {
namespace {

/// The names of all ranks' phases, each once, the same on every rank.
std::vector<std::string> all_names(const Communicator& comm, const Timers& timers) {
  std::vector<std::string> names;
  for (int rank = 0; rank < comm.size(); ++rank) {
    std::string lines;
    for (const auto& entry : timers.entries()) lines += entry.name + '\n';
    std::istringstream stream(broadcast(comm, lines, rank));
    for (std::string name; std::getline(stream, name);) {
      if (std::find(names.begin(), names.end(), name) == names.end()) names.push_back(name);
    }
  }
  return names;
}

Timers::Entry entry_of(const Timers& timers, const std::string& name) {
  for (const auto& entry : timers.entries()) {
    if (entry.name == name) return entry;
  }
  return {};
}

}  // namespace

double exclusive_seconds(const Timers& timers, const std::string& name) {
  return entry_of(timers, name).exclusive;
}

std::vector<Phase> reduce_phases(const Communicator& comm, const Timers& timers) {
  std::vector<Phase> phases;
  for (const auto& name : all_names(comm, timers)) {
    const double mine = exclusive_seconds(timers, name);
    phases.push_back({name, min(comm, mine), sum(comm, mine) / comm.size(), max(comm, mine)});
  }
  return phases;
}

std::vector<PhaseEffort> reduce_efforts(const Communicator& comm, const Timers& timers,
                                        const std::vector<Phase>& phases) {
  std::vector<PhaseEffort> efforts;
  for (const auto& phase : phases) {
    const auto mine = entry_of(timers, phase.name);
    std::vector<double> most{mine.sent.messages, mine.sent.bytes, mine.sent.reductions};
    max(comm, most);
    efforts.push_back({sum(comm, mine.cpu) / comm.size(), {most[0], most[1], most[2]}});
  }
  return efforts;
}

}  // namespace ddpinn
