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

std::vector<std::string> doubts(const Model& model) {
  auto all = missing_conditions(model);
  std::ranges::move(gaps(model), std::back_inserter(all));
  std::ranges::move(jumping_coefficients(model), std::back_inserter(all));
  return all;
}

}  // namespace

std::vector<std::string> advice(const Problem& problem) {
  const auto model = compile(problem);
  auto all = doubts(model);
  std::ranges::move(steep_coefficients(model), std::back_inserter(all));
  std::ranges::move(idle_statements(model), std::back_inserter(all));
  std::ranges::move(contradictory_values(model), std::back_inserter(all));
  std::ranges::move(exact_without_numbers(problem, model), std::back_inserter(all));
  return all;
}

std::vector<std::string> doubts(const Problem& problem) { return doubts(compile(problem)); }

}  // namespace ddpinn
