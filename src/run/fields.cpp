// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "assembly/statement_rows.hpp"
#include "judge/quadrature.hpp"
#include "parallel/agree.hpp"
#include "problem/expression/scope.hpp"
#include "run/evaluation.hpp"
#include "run/parts.hpp"
#include "space/solution_file.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <algorithm>
#include <cmath>

namespace ddpinn {

namespace {

Error misuse(const std::string& message) { return {Status::usage, "Fields: " + message}; }

double wrapped(double x, double lower, double upper) {
  const double turns = std::floor((x - lower) / (upper - lower));
  return x > upper || x < lower ? x - turns * (upper - lower) : x;
}

std::vector<Point> checked(const std::vector<std::vector<double>>& points, const Domain& domain) {
  const auto d = domain.coordinates.size();
  std::vector<Point> result(points.size());
  for (std::size_t i = 0; i < points.size(); ++i) {
    if (points[i].size() != d)
      throw misuse(fmt::format("a point has {} numbers (the coordinates are {}); give one for each",
                               points[i].size(), fmt::join(domain.coordinates, ", ")));
    for (std::size_t k = 0; k < d; ++k)
      result[i][k] =
          domain.periodic[k] ? wrapped(points[i][k], domain.lower[k], domain.upper[k]) : points[i][k];
  }
  return result;
}

/// The integral of an expression over points of this rank.
double weighted_sum(const Field& field, const StatementGroup& expression, const PointSet& points) {
  const auto at = field.points(points, expression.derivatives());
  const auto values = residual_values(expression.statements.front(), at, field.at(at), field.unknowns());
  double total = 0;
  for (std::size_t i = 0; i < values.size(); ++i) total += at.points.measure[i] * values[i];
  return total;
}

/// Whether a place of one part is one of the whole domain: not the end of a slab where the next one begins.
bool is_outer(const std::string& place, const Fields::Parts& parts, std::size_t part) {
  return !(place == "t.lower" && part > 0) && !(place == "t.upper" && part + 1 < parts.slabs.size());
}

void require_place(const std::string& place, const std::vector<BoundaryPlace>& known) {
  std::vector<std::string> names{"boundary"};
  for (const auto& one : known) names.push_back(one.name);
  if (std::ranges::find(names, place) == names.end())
    throw misuse(fmt::format("there is no boundary '{}' (there are {}); use one of these", place,
                             fmt::join(names, ", ")));
}

}  // namespace

Fields::Fields(std::unique_ptr<Parts> parts) : parts_(std::move(parts)) {}
Fields::Fields(Fields&&) noexcept = default;
Fields& Fields::operator=(Fields&&) noexcept = default;
Fields::~Fields() = default;

const CaseFile& Fields::solved_case() const { return parts_->file; }

void Fields::save(const std::string& path) const { ddpinn::save(parts_->slabs, parts_->model, path); }

Fields Fields::load(const std::string& path, MPI_Comm comm) {
  auto parts = std::make_unique<Parts>(CaseFile{}, comm);
  auto saved = ddpinn::load(path, parts->comm);
  parts->file = parts->model = std::move(saved.file);
  parts->slabs = std::move(saved.slabs);
  return Fields(std::move(parts));
}

std::vector<std::vector<double>> Fields::evaluate(const std::vector<std::vector<double>>& points,
                                                  const std::vector<std::string>& expressions) const {
  const auto& comm = parts_->comm;
  const auto group = compile_expressions(*parts_, expressions, residual_scope(parts_->model.problem, false));
  return values_at(*parts_, collectively(comm, [&] { return checked(points, parts_->file.problem.domain); }),
                   group);
}

double Fields::integrate(const std::string& expression) const {
  const auto group = compile_expressions(*parts_, {expression}, residual_scope(parts_->model.problem, false));
  double total = 0;
  for (const auto& field : parts_->slabs)
    total += collectively(parts_->comm,
                          [&] { return weighted_sum(field, group, interior_quadrature(field.space())); });
  return sum(parts_->comm, total);
}

double Fields::integrate(const std::string& expression, const std::string& place) const {
  const auto group = compile_expressions(*parts_, {expression}, residual_scope(parts_->model.problem, true));
  double total = 0;
  for (std::size_t p = 0; p < parts_->slabs.size(); ++p)
    total += collectively(parts_->comm, [&] {
      const auto& field = parts_->slabs[p];
      double here = 0;
      const auto places = boundary_quadrature(field.space());
      require_place(place, places);
      for (const auto& one : places)
        if ((one.name == place && is_outer(one.name, *parts_, p)) ||
            (place == "boundary" && !one.name.starts_with("t.")))
          here += weighted_sum(field, group, one.points);
      return here;
    });
  return sum(parts_->comm, total);
}

}  // namespace ddpinn
