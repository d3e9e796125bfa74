// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "io/agree.hpp"

#include <algorithm>
#include <string>

namespace ddpinn {

void agree(const Communicator& comm, const std::optional<Error>& failure) {
  const auto failed =
      all_gather(comm, static_cast<long long>(failure ? static_cast<int>(failure->status()) : 0));
  const auto first = std::find_if(failed.begin(), failed.end(), [](long long status) { return status != 0; });
  if (first == failed.end()) return;
  const int rank = static_cast<int>(first - failed.begin());
  const std::string message = broadcast(comm, failure ? failure->what() : "", rank);
  throw Error(static_cast<Status>(*first), message);
}

}  // namespace ddpinn
