// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "problem/advice/advice.hpp"

#include "problem/advice/condition_counts.hpp"
#include "problem/advice/coverage.hpp"
#include "problem/advice/exact_numbers.hpp"
#include "problem/advice/jumps.hpp"
#include "problem/advice/meeting_values.hpp"

#include <algorithm>
#include <iterator>

namespace ddpinn {

namespace {

void add(std::vector<std::string>& all, std::vector<std::string> more) {
  std::ranges::move(more, std::back_inserter(all));
}

}  // namespace

std::vector<std::string> advice(const Problem& problem) {
  const auto model = compile(problem);
  auto all = missing_conditions(model);
  add(all, gaps(model));
  add(all, idle_statements(model));
  add(all, changing_coefficients(model));
  add(all, contradictory_values(model));
  add(all, exact_without_numbers(problem, model));
  return all;
}

std::vector<std::string> doubts(const Problem& problem) {
  const auto model = compile(problem);
  auto all = missing_conditions(model);
  add(all, gaps(model));
  add(all, jumping_coefficients(model));
  return all;
}

}  // namespace ddpinn
