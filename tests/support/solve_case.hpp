// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "solver/identification/identification.hpp"
#include "support/small_case.hpp"

#include <cmath>

namespace ddpinn::test {

/// A monitor that only times.
class Quiet {
 public:
  Quiet() { monitor.timers = &timers_; }
  Quiet(const Quiet&) = delete;
  Quiet& operator=(const Quiet&) = delete;

  Monitor monitor;

 private:
  Timers timers_;
};

/// Points of the domain that follow from the case alone: random ones of its box that lie in its region.
inline std::vector<Point> probes(const SmallCase& c, std::size_t count = 200) {
  const auto& box = c.space.model().region.box();
  Random random(77, 0);
  std::vector<Point> all(4 * count, Point{}), kept;
  for (auto& x : all)
    for (int d = 0; d < box.dimension; ++d) x[d] = random.uniform(box.lower[d], box.upper[d]);
  const auto inside = c.space.model().region.contains(all);
  for (std::size_t i = 0; i < all.size() && kept.size() < count; ++i)
    if (inside[i]) kept.push_back(all[i]);
  return kept;
}

/// A case and its solution, by whatever solver.
class CaseWithSolution : public SmallCase {
 public:
  using SmallCase::SmallCase;

  /// The solution, to be evaluated anywhere. @note Collective.
  Field complete_field() const {
    auto field = solution.field;
    field.complete();
    return field;
  }

  /// Values of a field at points. @note Collective.
  std::vector<double> field(int f, const std::vector<Point>& points) const {
    return values_at(solution.field, points, {{f, {}}}).front();
  }

  /// Largest error of a field whose exact solution the case tells, at random points. @note Collective.
  double error(int f = 0) const {
    const auto points = probes(*this);
    const auto exact = space.model().exact[f]->at(points);
    const auto found = field(f, points);
    double largest = 0;
    for (std::size_t i = 0; i < found.size(); ++i) largest = std::max(largest, std::abs(found[i] - exact[i]));
    return largest;
  }

  Solution solution{zero_solution(discretisation)};
};

/// A case, solved.
class SolvedCase : public CaseWithSolution {
 public:
  SolvedCase(const std::string& text, MPI_Comm ranks, const std::vector<std::string>& overrides = {},
             Start start = {})
      : CaseWithSolution(text, ranks, overrides) {
    solution =
        solve_output_layers(comm, discretisation, file.options.solver, Quiet().monitor, std::move(start));
  }
};

}  // namespace ddpinn::test
