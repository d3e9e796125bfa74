// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
// Runs that are stopped on their way, and go on from a checkpoint.
#pragma once

#include "base/random.hpp"
#include "io/checkpoint/journal.hpp"
#include "io/example_sample.hpp"
#include "problem/case/case_file.hpp"
#include "run/parts.hpp"
#include "support/catch.hpp"

#include <ddpinn/solve.hpp>

#include <cmath>
#include <string>
#include <vector>

namespace ddpinn::test {

/// Some points of a problem's box.
inline std::vector<std::vector<double>> points_in(const Problem& problem) {
  Random random(5, 1);
  std::vector<std::vector<double>> points(30);
  for (auto& x : points)
    for (std::size_t d = 0; d < problem.domain.lower.size(); ++d)
      x.push_back(random.uniform(problem.domain.lower[d], problem.domain.upper[d]));
  return points;
}

/// What a run has found.
struct Found {
  std::vector<std::vector<double>> coefficients;  ///< of this rank's networks, slab by slab
  std::vector<std::vector<double>> corrected;     ///< the same with the corrections of error estimates
  std::vector<double> values;                     ///< of the first field at some points, where it has ended
  Result result;
  int offered = 0;    ///< states between steps
  int questions = 0;  ///< whether to stop
  int told = 0;       ///< iterations that it took itself
  bool wrote = false;

  double worst(const Found& other) const {
    return std::max(worst(coefficients, other.coefficients), worst(corrected, other.corrected));
  }

 private:
  static double worst(const std::vector<std::vector<double>>& mine,
                      const std::vector<std::vector<double>>& others) {
    double difference = 0;
    REQUIRE(mine.size() == others.size());
    for (std::size_t i = 0; i < mine.size(); ++i) {
      REQUIRE(mine[i].size() == others[i].size());
      for (std::size_t j = 0; j < mine[i].size(); ++j)
        difference = std::max(difference, std::abs(mine[i][j] - others[i][j]));
    }
    return difference;
  }
};

/// How a run is disturbed.
struct Disturbance {
  int checkpoint_at = 0;  ///< the number of the state, from 1, at which a checkpoint is asked for; 0: never
  bool stops = false;     ///< whether it is stopped then
  int stop_at = 0;        ///< the number of the question whether to stop that is answered by yes; 0: never
};

/// A run in a folder of checkpoints. @param from the folder to go on from; empty: a new run @note Collective.
inline Found run_in(const std::filesystem::path& folder, const CaseFile& file, MPI_Comm ranks,
                    const Disturbance& disturbance, bool goes_on = false) {
  const Communicator comm(ranks);
  Found found;
  Journal::Settings settings{.folder = folder, .every = 0, .text = resolved_case(file), .asked = [&] {
                               return ++found.offered == disturbance.checkpoint_at;
                             }};
  Journal journal(comm, settings);
  if (goes_on) journal.load(find_checkpoint(comm, folder, [](const std::string&) {}).checkpoint);
  Monitor monitor;
  monitor.journal = &journal;
  monitor.iteration = [&](const Iteration&) { ++found.told; };
  monitor.stop = [&] {
    return (disturbance.stops && !journal.written().empty()) ||
           (++found.questions >= disturbance.stop_at && disturbance.stop_at > 0);
  };
  auto solved = solve(file, ranks, monitor);
  for (const auto& field : solved.fields.parts().slabs) {
    auto& all = found.coefficients.emplace_back();
    for (int k : field.space().owned()) {
      const auto entries = field[k].entries();
      all.insert(all.end(), entries.begin(), entries.end());
    }
    if (const auto& trained = field.space().family().trained)
      for (int k : field.space().owned())
        if (const auto hidden = trained->find(k); hidden != trained->end())
          all.insert(all.end(), hidden->second.begin(), hidden->second.end());
  }
  for (const auto& corrected : solved.fields.parts().corrected) {
    auto& all = found.corrected.emplace_back();
    for (int k : corrected.field.space().owned())
      for (double entry : corrected.field[k].entries()) all.push_back(corrected.factor * entry);
  }
  found.result = solved.result;
  if (!solved.result.stopped)
    found.values = solved.fields.evaluate(points_in(file.problem), {file.problem.fields[0]})[0];
  found.wrote = !journal.written().empty();
  return found;
}

/// Of two runs to the end that must be the same to the last digit.
inline void require_identical(const Found& found, const Found& expected) {
  REQUIRE(found.worst(expected) == 0);
  REQUIRE(found.result.stop_reason == expected.result.stop_reason);
  REQUIRE(found.result.converged == expected.result.converged);
  REQUIRE(found.result.residual == expected.result.residual);
  REQUIRE(found.result.iterations == expected.result.iterations);
  REQUIRE(found.result.nonlinear_iterations == expected.result.nonlinear_iterations);
  REQUIRE(found.result.estimates.size() == expected.result.estimates.size());
  for (std::size_t f = 0; f < expected.result.estimates.size(); ++f)
    REQUIRE(found.result.estimates[f].l2_relative == expected.result.estimates[f].l2_relative);
  for (std::size_t i = 0; i < expected.result.identified.size(); ++i) {
    REQUIRE(found.result.identified[i].value == expected.result.identified[i].value);
    REQUIRE(found.result.identified[i].standard_error == expected.result.identified[i].standard_error);
  }
  REQUIRE(found.result.history.size() == expected.result.history.size());
  for (std::size_t i = 0; i < expected.result.history.size(); ++i) {
    const auto &a = found.result.history[i], &b = expected.result.history[i];
    REQUIRE(std::pair(a.nonlinear, a.krylov) == std::pair(b.nonlinear, b.krylov));
    REQUIRE(a.residual == b.residual);
  }
}

/// Stops a run at its second state and at one in the middle, and between states on two thirds of its way, and
/// goes on from there. All give what a run gives that was never stopped.
inline void require_restarts(const std::string& text, const std::vector<std::string>& overrides) {
  const Communicator comm(MPI_COMM_WORLD);
  const auto file = parse_case(text, "case.toml", overrides);
  const Folder folder(comm);
  const auto whole = run_in({}, file, MPI_COMM_WORLD, {});
  REQUIRE(whole.offered > 1);
  const std::vector<Disturbance> all{
      {2, true, 0}, {whole.offered / 2 + 1, true, 0}, {0, false, 2 * whole.questions / 3}};
  for (std::size_t i = 0; i < all.size(); ++i) {
    const auto own = folder.path() / std::to_string(i);
    const auto stopped = run_in(own, file, MPI_COMM_WORLD, all[i]);
    REQUIRE(stopped.wrote);
    REQUIRE(stopped.result.stopped);
    const auto rest = run_in(own, file, MPI_COMM_WORLD, {}, true);
    CAPTURE(i, whole.told, stopped.told, rest.told);
    require_identical(rest, whole);
    REQUIRE(rest.told < whole.told + (all[i].stop_at > 0 ? 1 : 0));
  }
}

}  // namespace ddpinn::test
