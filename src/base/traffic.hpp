// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

namespace ddpinn {

/// What this process has sent to others.
struct Traffic {
  double messages = 0;    ///< to single ranks
  double bytes = 0;       ///< in these messages
  double reductions = 0;  ///< sums, gathers, broadcasts over several ranks

  Traffic& operator+=(const Traffic& other) {
    messages += other.messages;
    bytes += other.bytes;
    reductions += other.reductions;
    return *this;
  }
  Traffic operator-(const Traffic& other) const {
    return {messages - other.messages, bytes - other.bytes, reductions - other.reductions};
  }
};

/// Adds to what was sent. Not thread-safe.
void count_traffic(const Traffic&);

/// A library that counts its own messages: asked whenever `traffic` is; null for none.
void count_traffic_of(Traffic (*library)());

/// All that was counted since the start of the process.
Traffic traffic();

}  // namespace ddpinn
