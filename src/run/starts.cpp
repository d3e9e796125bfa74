// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "run/starts.hpp"

#include "geometry/sobol.hpp"
#include "parallel/agree.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <optional>
#include <tuple>

namespace ddpinn {

namespace {

constexpr double same_field = 0.01;  ///< relative L2 difference
constexpr double same_unknown = 3;   ///< standard errors

/// A solution, and what tells it from others.
struct Found {
  int number = 0;  ///< of the start
  Solved solved;
  std::vector<std::vector<double>> values;  ///< by field, at points all over the domain, on rank 0
};

class Starts {
 public:
  Starts(const CaseFile& file, const Communicator& comm, const Monitor& monitor, const SolveOnce& solve)
      : file_(file), comm_(comm), monitor_(monitor), solve_(solve) {}

  Solved run() {
    take(0, solve_by_attempts(file_, comm_, monitor_, solve_));
    for (int n = 1; n < file_.options.solver.starts && !found_.back().solved.result.stopped; ++n) attempt(n);
    auto& best = *std::ranges::min_element(found_, {}, [](const Found& found) {
      const auto& result = found.solved.result;
      return std::tuple(!result.finished, result.energy.value_or(0), result.residual);
    });
    if (const auto warning = other_solutions(best)) best.solved.warnings.push_back(*warning);
    return std::move(best.solved);
  }

 private:
  void attempt(int number) {
    auto file = file_;
    file.options.solver.start = std::max(file.options.solver.start, 1) + number;
    for (std::size_t i = 0; i < file.problem.unknowns.size(); ++i)
      file.problem.unknowns[i].initial = initial_value(file_.problem.unknowns[i], i, number);
    try {
      take(number, solve_(file, false));
    } catch (const AgreedError& error) {
      if (error.status() != Status::numerical) throw;
      say(fmt::format("start {}: {}", number + 1, error.what()));
    }
  }

  void take(int number, Solved solved) {
    auto values = solved.fields.evaluate(sample_points(), file_.problem.fields);
    found_.push_back({number, std::move(solved), std::move(values)});
    if (file_.options.solver.starts > 1) say(text(found_.back()));
  }

  std::vector<std::vector<double>> sample_points() const {
    constexpr int count = 1024;
    std::vector<std::vector<double>> points;
    const auto& domain = file_.problem.domain;
    const auto dimension = domain.coordinates.size();
    if (comm_.rank() > 0 || file_.options.solver.starts == 1) return points;
    for (const auto& unit : sobol_points(dimension, count, 1)) {
      auto& x = points.emplace_back();
      for (std::size_t d = 0; d < dimension; ++d)
        x.push_back(domain.lower[d] + unit[d] * (domain.upper[d] - domain.lower[d]));
    }
    return points;
  }

  /// Of all fields together the largest relative difference, NaN outside of the domain left out.
  double distance(const Found& a, const Found& b) const {
    double result = 0;
    for (std::size_t f = 0; f < a.values.size(); ++f) {
      double difference = 0, size = 0;
      for (std::size_t i = 0; i < a.values[f].size(); ++i) {
        const double u = a.values[f][i], v = b.values[f][i];
        if (!std::isfinite(u) || !std::isfinite(v)) continue;
        difference += (u - v) * (u - v);
        size += std::max(u * u, v * v);
      }
      if (size > 0) result = std::max(result, std::sqrt(difference / size));
    }
    return max(comm_, result);
  }

  bool same(const Found& a, const Found& b) const {
    const auto &first = a.solved.result.identified, &second = b.solved.result.identified;
    for (std::size_t i = 0; i < first.size(); ++i) {
      const double error = std::hypot(first[i].standard_error, second[i].standard_error);
      if (std::abs(first[i].value - second[i].value) > same_unknown * error) return false;
    }
    return distance(a, b) <= same_field;
  }

  static std::string text(const Found& found) {
    const auto& result = found.solved.result;
    std::string values;
    for (const auto& [name, value, error] : result.identified)
      values += fmt::format("{} = {:.6g} +- {:.1e}, ", name, value, error);
    const auto size = result.energy ? fmt::format("energy {:.9g}", *result.energy)
                                    : fmt::format("residual {:.3e}", result.residual);
    return fmt::format("start {}: {}{}, {}", found.number + 1, values, size,
                       result.finished ? "converged" : "not converged");
  }

  /// Of those that have converged, one for each that differs.
  std::optional<std::string> other_solutions(const Found& best) const {
    std::vector<const Found*> others{&best};
    for (const auto& found : found_)
      if (found.solved.result.finished &&
          std::ranges::none_of(others, [&](const Found* other) { return same(found, *other); }))
        others.push_back(&found);
    if (others.size() == 1) return {};
    const bool energy = best.solved.result.energy.has_value();
    std::string list;
    for (const auto* found : others) list += fmt::format("; {}", text(*found));
    return fmt::format(
        "of {} starts, {} have ended in different solutions{} (the problem has several, or the {} has local "
        "minima); what is written is the first of these, with the smallest {}: choose by what is known of "
        "the solution, or add conditions or data",
        found_.size(), others.size(), list, energy ? "energy" : "sum of squares",
        energy ? "energy" : "residual");
  }

  void say(const std::string& line) const {
    if (comm_.rank() == 0 && monitor_.message) monitor_.message(line);
  }

  const CaseFile& file_;
  const Communicator& comm_;
  const Monitor& monitor_;
  const SolveOnce& solve_;
  std::vector<Found> found_;
};

}  // namespace

Solved solve_from_starts(const CaseFile& file, const Communicator& comm, const Monitor& monitor,
                         const SolveOnce& solve) {
  return Starts(file, comm, monitor, solve).run();
}

double initial_value(const Unknown& unknown, std::size_t index, int number) {
  constexpr double golden = 0.6180339887498949, other = 0.4142135623730951;  // parts that never repeat
  constexpr double factor = 3;
  if (number == 0) return unknown.initial;
  const double place = number * golden + index * other, part = place - std::floor(place);
  const double width = unknown.upper - unknown.lower;
  if (std::isfinite(width) && unknown.lower > 0)
    return unknown.lower * std::pow(unknown.upper / unknown.lower, part);
  if (std::isfinite(width)) return unknown.lower + part * width;
  const double power = (number + 1) / 2 * (number % 2 == 1 ? 1.0 : -1.0);
  const double value = unknown.initial != 0 ? unknown.initial * std::pow(factor, power) : power;
  return std::clamp(value, unknown.lower, unknown.upper);
}

}  // namespace ddpinn
