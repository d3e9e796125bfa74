// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "run/level.hpp"

#include "assembly/field_sizes.hpp"
#include "run/parts.hpp"
#include "space/field_values.hpp"

#include <algorithm>
#include <cmath>

namespace ddpinn {

namespace {

/// The largest change of several quantities, and whose it is.
struct Change {
  double relative = 0;
  std::string name = {};

  void add(double difference, double size, const std::string& of) {
    const double change = difference > 0 ? difference / size : 0;
    if (!name.empty() && change <= relative) return;
    relative = change;
    name = of;
  }
};

Change changes(const std::vector<CoreSamples>& samples, Solved& now, Solved& before) {
  const auto& problem = now.fields.solved_case().problem;
  const auto count = problem.fields.size();
  const auto at = fields_of(before);
  std::vector<double> sums(3 * count, 0.0);
  for (const auto& part : samples) {
    const auto old = at(part.x);
    for (std::size_t f = 0; f < count; ++f)
      for (std::size_t i = 0; i < part.x.size(); ++i) {
        const double value = part.fields[f][i], difference = value - old[f][i];
        sums[3 * f] += part.measure[i] * difference * difference;
        sums[3 * f + 1] += part.measure[i] * value * value;
        sums[3 * f + 2] += part.measure[i];
      }
  }
  sum(before.fields.parts().comm, sums);
  Change result;
  for (std::size_t f = 0; f < count; ++f) {
    double supposed = 0;
    for (const auto& slab : now.fields.parts().slabs)
      supposed = std::max(supposed, slab.space().family().size(f));
    const double size = counting_norm(std::sqrt(sums[3 * f + 1]), supposed, sums[3 * f + 2]);
    result.add(std::sqrt(sums[3 * f]), size, problem.fields[f]);
  }
  return result;
}

Change changes_of_unknowns(const Solved& now, const Solved& before) {
  Change result;
  const auto &values = now.result.identified, &old = before.result.identified;
  for (std::size_t i = 0; i < old.size(); ++i)
    result.add(std::abs(values[i].value - old[i].value), std::abs(values[i].value), values[i].name);
  return result;
}

/// What the solve itself has estimated, field by field.
Change estimated(const Result& result) {
  Change worst;
  for (const auto& estimate : result.estimates) worst.add(estimate.of_variation, 1, estimate.field);
  return worst;
}

/// The change is the error of the level before. By how much the level's own is smaller: as those coefficients
/// are that are of the kind that is left out, or, where they are not known all over, as the changes are.
double fall(const Level& level, const Level& before) {
  constexpr double safety = 2;
  const double of_changes = before.change < Level::unknown ? level.change / before.change : 1.0;
  const double of_coefficients = before.unresolved > 0 ? safety * level.unresolved / before.unresolved : 1.0;
  return std::min(1.0, level.resolution.complete ? of_coefficients : std::max(of_changes, of_coefficients));
}

/// A factor for an estimate: the change from the level before should have been as large as the estimate
/// there.
double doubt(double change, double estimate_before) {
  constexpr double usual = 3, rounding = 1e-12;
  return estimate_before < Level::unknown
             ? std::max(1.0, change / (usual * std::max(estimate_before, rounding)))
             : 1.0;
}

}  // namespace

FieldsAt fields_of(Solved& solved) {
  return [&parts = solved.fields.parts()](const std::vector<Point>& points) {
    const auto count = parts.file.problem.fields.size();
    FieldValues result(count, std::vector<double>(points.size(), 0.0));
    for (std::size_t s = 0; s < parts.slabs.size(); ++s) {
      const auto slab = parts.slab(s);
      std::vector<std::size_t> which;
      std::vector<Point> own;
      for (std::size_t i = 0; i < points.size(); ++i)
        if (slab.direction < 0 || slab.contains(points[i][slab.direction])) {
          which.push_back(i);
          own.push_back(points[i]);
        }
      const auto there = parts.slabs[s].anywhere(own, values_of_fields(parts.slabs[s].space().model()));
      for (std::size_t f = 0; f < count; ++f)
        for (std::size_t i = 0; i < which.size(); ++i) result[f][which[i]] = there[f][i];
    }
    return result;
  };
}

void measure(Level& level, Level* before) {
  constexpr double of_unresolved = 0.1;  // the last coefficients, which are there, against those left out
  constexpr double unseconded = 2;       // an estimate that no other level has confirmed
  constexpr int samples_of_others = 9;   // where features are no polynomials
  const auto& degree = level.numerics.degree;
  std::vector<int> counts(level.numerics.ends.size(), samples_of_others);
  for (std::size_t d = 0; d < degree.size(); ++d) counts[d] = degree[d] + 1;
  std::vector<CoreSamples> samples;
  std::vector<const Field*> fields;
  for (const auto& slab : level.solved.fields.parts().slabs) {
    fields.push_back(&slab);
    samples.push_back(sample_cores(slab, counts));
  }
  level.resolution = resolution(fields, samples, level.numerics.time);
  level.unresolved = level.resolution.unresolved();
  const auto& result = level.solved.result;
  auto error = estimated(result);
  if (!error.name.empty()) level.estimate = error.relative;
  // Factors that enforce conditions make fields of higher degrees than the features have.
  const bool tells = level.solved.fields.solved_case().problem.exact_enforcement.empty();
  const double least = tells ? of_unresolved * level.unresolved : 0.0;
  error.relative = std::max(error.relative * (before ? 1 : unseconded), least);
  if (before) {
    const auto change = changes(samples, level.solved, before->solved);
    level.change = change.relative;
    const double falls = fall(level, *before);
    const auto of_unknowns = changes_of_unknowns(level.solved, before->solved);
    error.relative *= doubt(change.relative, before->estimate);
    if (error.name.empty()) error.add(std::max(change.relative * falls, least), 1, change.name);
    if (!of_unknowns.name.empty()) error.add(of_unknowns.relative * falls, 1, of_unknowns.name);
  }
  const bool is_solution = result.finished || result.converged;
  if (error.name.empty() || !is_solution || (!before && !result.identified.empty())) return;
  level.error = error.relative;
  level.worst = error.name;
}

}  // namespace ddpinn
