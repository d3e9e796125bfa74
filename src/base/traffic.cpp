// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "base/traffic.hpp"

namespace ddpinn {
namespace {

struct Counts {
  Traffic own;
  Traffic (*library)() = nullptr;
};

Counts& counts() {
  static Counts counts;
  return counts;
}

}  // namespace

void count_traffic(const Traffic& sent) { counts().own += sent; }

void count_traffic_of(Traffic (*library)()) { counts().library = library; }

Traffic traffic() {
  auto all = counts().own;
  if (const auto library = counts().library) all += library();
  return all;
}

}  // namespace ddpinn
