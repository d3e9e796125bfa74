// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "judge/error_norms.hpp"

#include "io/fields/table_file.hpp"
#include "parallel/agree.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace ddpinn {

namespace {

const std::vector<double>* find(const GridSample& sample, const std::string& name) {
  for (const auto& column : sample.columns)
    if (column.name == name) return &column.value;
  return nullptr;
}

/// The reference's points in cores of this rank, and where they stand in the file.
struct ReferencePoints {
  PointSet points;
  std::vector<std::size_t> line;
};

ReferencePoints own_points(const Table& table, const CaseFile& file, const Space& space,
                           const TimeSlab& slab) {
  const auto& coordinates = file.problem.domain.coordinates;
  ReferencePoints result;
  for (auto i : rows_inside(table, file.problem.domain)) {
    Point x{};
    for (std::size_t d = 0; d < coordinates.size(); ++d) x[d] = (*table.find(coordinates[d]))[i];
    if (slab.direction >= 0 && !slab.contains(x[slab.direction])) continue;
    if (!space.owns(space.decomposition().core_at(x))) continue;
    result.points.x.push_back(x);
    result.line.push_back(i);
  }
  return result;
}

}  // namespace

double relative(double error, double size) { return error == 0 ? 0 : error / size; }

void ErrorNorms::Sums::add(double computed, double known) {
  const double d = std::abs(computed - known);
  count += 1;
  value += known;
  square += known * known;
  difference += d;
  difference_square += d * d;
  largest = std::max(largest, d);
  if (std::isnan(known)) undefined += 1;
}

void ErrorNorms::add(const GridSample& sample) {
  for (std::size_t f = 0; f < file_.problem.fields.size(); ++f) {
    const auto& field = file_.problem.fields[f];
    const auto *computed = find(sample, field), *exact = find(sample, field + "_exact");
    if (!exact) continue;
    auto& sums = sums_[f];
    for (std::size_t i = 0; i < exact->size(); ++i)
      if (!std::isnan((*computed)[i])) sums.add((*computed)[i], (*exact)[i]);
  }
}

void ErrorNorms::add(const Text& reference, const Field& solution, const TimeSlab& slab) {
  const auto& comm = solution.space().communicator();
  const auto table = shared_tables(comm)(reference.value);
  collectively(comm, [&] { add_own(table, solution, slab); });
}

void ErrorNorms::add_own(const Table& table, const Field& solution, const TimeSlab& slab) {
  const auto own = own_points(table, file_, solution.space(), slab);
  std::vector<Derivative> fields;
  for (std::size_t f = 0; f < file_.problem.fields.size(); ++f) fields.push_back({static_cast<int>(f), {}});
  const auto values = solution.at(solution.points(own.points, fields));
  for (std::size_t f = 0; f < fields.size(); ++f) {
    const auto* known = table.find(file_.problem.fields[f]);
    if (!known) continue;
    auto& sums = sums_[f];
    for (std::size_t i = 0; i < own.line.size(); ++i) sums.add(values[f][i], (*known)[own.line[i]]);
  }
}

std::vector<FieldError> ErrorNorms::result(const Communicator& comm) const {
  std::vector<FieldError> errors;
  for (auto [f, sums] : sums_) {
    for (double* s :
         {&sums.count, &sums.value, &sums.square, &sums.difference, &sums.difference_square, &sums.undefined})
      *s = sum(comm, *s);
    sums.largest = max(comm, sums.largest);
    if (sums.undefined > 0) sums.largest = std::numeric_limits<double>::quiet_NaN();
    const double mean = sums.value / sums.count;
    const double deviation = std::sqrt(std::max(0.0, sums.square / sums.count - mean * mean));
    errors.push_back({file_.problem.fields[f],
                      relative(std::sqrt(sums.difference_square), std::sqrt(sums.square)), sums.largest,
                      relative(sums.difference / sums.count, deviation), std::llround(sums.count)});
  }
  return errors;
}

}  // namespace ddpinn
