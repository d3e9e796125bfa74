// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "scaling/measurement.hpp"

#include <cmath>
#include <functional>
#include <vector>

namespace ddpinn::test {

/// A strong study of 64 subdomains with one phase of work, one that every rank does, and Krylov iterations
/// that send. @param seconds of work of a run on this many ranks
inline ScalingResults example_results(const std::vector<int>& ranks, bool weak,
                                      const std::function<double(int ranks, double subdomains)>& seconds) {
  ScalingResults results;
  results.name = "example";
  results.weak = weak;
  results.phase_names = {"local", "reading", "krylov", "other"};
  for (int p : ranks) {
    Measurement run;
    run.ranks = p;
    run.converged = true;
    run.subdomains = weak ? 64.0 * p : 64;
    run.unknowns = 100 * run.subdomains;
    run.iterations = 10;
    run.peak_memory = 2e8;
    run.total_memory = 2e8 * p;
    const double talk = p > 1 ? 1 : 0;
    const double sending = talk * (100 * 1e-4 + 1e6 / 1e8 + 30 * 1e-3 * std::ceil(std::log2(p)));
    run.phases = {{"local", seconds(p, run.subdomains), seconds(p, run.subdomains)},
                  {"reading", 0.5, 0.5},
                  {"krylov", sending, 0, talk * 100, talk * 1e6, talk * 30},
                  {"other", 0, 0}};
    run.machine = Machine{p, {1e-4, 1e8, 1e-3 * talk}, 1e10, 1e10};
    for (const auto& phase : run.phases) run.seconds += phase.seconds;
    results.points.push_back({p, {run}});
  }
  return results;
}

}  // namespace ddpinn::test
