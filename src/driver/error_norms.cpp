// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "driver/error_norms.hpp"

#include "parallel/agree.hpp"
#include "problem/csv.hpp"

#include <algorithm>
#include <cmath>

namespace ddpinn {

namespace {

/// Sums over points, on this rank or all.
struct Sums {
  double count = 0, value = 0, square = 0, difference = 0, difference_square = 0, largest = 0;

  void add(double computed, double known) {
    const double d = std::abs(computed - known);
    count += 1;
    value += known;
    square += known * known;
    difference += d;
    difference_square += d * d;
    largest = std::max(largest, d);
  }
};

FieldError norms(const Communicator& comm, const std::string& field, Sums sums) {
  for (double* s : {&sums.count, &sums.value, &sums.square, &sums.difference, &sums.difference_square})
    *s = sum(comm, *s);
  sums.largest = max(comm, sums.largest);
  const double mean = sums.value / sums.count;
  const double deviation = std::sqrt(std::max(0.0, sums.square / sums.count - mean * mean));
  return {field, std::sqrt(sums.difference_square) / std::sqrt(sums.square), sums.largest,
          sums.difference / sums.count / deviation, std::llround(sums.count)};
}

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

ReferencePoints own_points(const CsvTable& table, const CaseFile& file, const Discretisation& discretisation,
                           int rank) {
  const auto& coordinates = file.problem.domain.coordinates;
  ReferencePoints result;
  for (std::size_t i = 0; i < table.rows(); ++i) {
    Point x{};
    for (std::size_t d = 0; d < coordinates.size(); ++d) x[d] = (*table.find(coordinates[d]))[i];
    const auto core = static_cast<std::size_t>(discretisation.decomposition().core_at(x));
    if (discretisation.owner()[core] != rank) continue;
    result.points.x.push_back(x);
    result.line.push_back(i);
  }
  return result;
}

std::vector<FieldError> against_reference(const Communicator& comm, const CaseFile& file,
                                          const Discretisation& discretisation,
                                          const std::map<int, Matrix>& coefficients) {
  CsvTable table;
  ReferencePoints own;
  std::vector<Derivative> fields;
  for (std::size_t f = 0; f < file.problem.fields.size(); ++f) fields.push_back({static_cast<int>(f), {}});
  const auto values = collectively(comm, [&] {
    table = read_csv(file.problem.reference_file->value);
    own = own_points(table, file, discretisation, comm.rank());
    const auto group =
        evaluation_points(discretisation.model(), discretisation.decomposition(), own.points, fields);
    return evaluate_fields(group, discretisation, coefficients);
  });
  std::vector<FieldError> errors;
  for (std::size_t f = 0; f < fields.size(); ++f) {
    const auto* known = table.find(file.problem.fields[f]);
    if (!known) continue;
    Sums sums;
    for (std::size_t i = 0; i < own.line.size(); ++i) sums.add(values[f][i], (*known)[own.line[i]]);
    errors.push_back(norms(comm, file.problem.fields[f], sums));
  }
  return errors;
}

}  // namespace

std::vector<FieldError> error_norms(const Communicator& comm, const CaseFile& file,
                                    const Discretisation& discretisation,
                                    const std::map<int, Matrix>& coefficients, const GridSample& sample) {
  if (file.problem.reference_file) return against_reference(comm, file, discretisation, coefficients);
  std::vector<FieldError> errors;
  for (const auto& field : file.problem.fields) {
    const auto *computed = find(sample, field), *exact = find(sample, field + "_exact");
    if (!exact) continue;
    Sums sums;
    for (std::size_t i = 0; i < exact->size(); ++i)
      if (!std::isnan((*computed)[i])) sums.add((*computed)[i], (*exact)[i]);
    errors.push_back(norms(comm, field, sums));
  }
  return errors;
}

}  // namespace ddpinn
