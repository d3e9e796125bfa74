// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "parallel/communicator.hpp"

namespace ddpinn {

/// What messages take between the ranks of a communicator.
struct NetworkSpeed {
  double latency = 0;    ///< seconds of a short message, half of its way there and back
  double bandwidth = 0;  ///< bytes per second of a long one
  double stage = 0;      ///< seconds of a sum over all ranks, by the binary logarithm of their number
};

/// Measures in about a tenth of a second: rank r with r + 1, all pairs at once; medians of many messages,
/// means over the pairs. Zeros on one rank, which sends none. @note Collective.
NetworkSpeed measure_network(const Communicator&);

}  // namespace ddpinn
