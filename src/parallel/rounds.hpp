// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "parallel/agree.hpp"

#include <algorithm>
#include <functional>
#include <utility>

namespace ddpinn {

/// Whether work is to be given up: asked of all ranks together, who get the same answer. Empty: never.
using StopTest = std::function<bool()>;

/// All ranks have given up what they worked at.
class Interrupted : public AgreedError {
 public:
  Interrupted() : AgreedError(Status::stopped, "stopped by a signal or the time limit") {}
};

/// @throws Interrupted @note Collective.
inline void ask(const StopTest& stop) {
  if (stop && stop()) throw Interrupted();
}

/// work(i) for all i < count, which differs by rank, with a question whether to stop after every few of them.
/// Where it throws on any rank, every rank throws. @throws Interrupted @note Collective.
template <class Work>
void in_rounds(const Communicator& comm, std::size_t count, std::size_t of_a_round, const StopTest& stop,
               const Work& work) {
  const long long own = (count + of_a_round - 1) / of_a_round, most = max(comm, own);
  for (std::size_t round = 0; std::cmp_less(round, most); ++round) {
    collectively(comm, [&] {
      const auto end = std::min(count, (round + 1) * of_a_round);
      for (std::size_t i = round * of_a_round; i < end; ++i) work(i);
    });
    ask(stop);
  }
}

}  // namespace ddpinn
