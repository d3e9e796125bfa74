// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "petsc/left_alone.hpp"

#include <iterator>
#include <utility>
#include <vector>

namespace ddpinn::petsc {

namespace {

std::vector<std::function<void()>>& all_left() {
  static std::vector<std::function<void()>> all;
  return all;
}

}  // namespace

void leave_alone(std::function<void()> destroy) noexcept {
  try {
    all_left().push_back(std::move(destroy));
  } catch (...) {  // an exception is on its way already, and this one says no more
  }
}

std::size_t left_alone() { return all_left().size(); }

void destroy_left_alone() {
  for (const auto& destroy : std::exchange(all_left(), {})) destroy();
}

void keep_left_alone() {
  static auto* const kept = new std::vector<std::function<void()>>;  // is never destroyed, and so no leak
  auto all = std::exchange(all_left(), {});
  kept->insert(kept->end(), std::move_iterator(all.begin()), std::move_iterator(all.end()));
}

}  // namespace ddpinn::petsc
