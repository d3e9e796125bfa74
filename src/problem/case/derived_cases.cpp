// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "problem/case/derived_cases.hpp"

#include "problem/forward_problem.hpp"
#include "problem/time_slabs.hpp"

namespace ddpinn {

CaseFile slab_case(const CaseFile& file, int slab) {
  auto result = file;
  result.problem = slab_problem(file.problem, file.options.time, slab);
  return result;
}

CaseFile forward_case(const CaseFile& file, const std::vector<double>& values) {
  auto result = file;
  result.problem = forward_problem(file.problem, values);
  auto& method = result.options.solver.method;
  if (result.options.solver.trains() && method.back() != Method::least_squares)
    method.push_back(Method::least_squares);
  return result;
}

CaseFile continuation_case(const CaseFile& file, std::size_t number) {
  auto result = file;
  for (auto& [name, value] : result.problem.parameters)
    if (const auto found = file.options.solver.continuation.find(name);
        found != file.options.solver.continuation.end())
      value = found->second[number];
  return result;
}

std::size_t continuation_steps(const SolverOptions& options) {
  const auto& all = options.continuation;
  return all.empty() ? 0 : all.begin()->second.size() - 1;
}

}  // namespace ddpinn
