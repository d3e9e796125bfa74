// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "grid/grid_operator.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <algorithm>
#include <cmath>

namespace ddpinn {

using petsc::check;

namespace {

InTime kind_of(const GridProblem& problem, const Derivative& derivative) {
  const int time = problem.mesh().time();
  const int order = time < 0 ? 0 : derivative.alpha[time];
  if (order == 0) return InTime::value;
  if (order == 2) return InTime::second;
  return problem.time_order(derivative.field) == 2 ? InTime::velocity : InTime::first;
}

petsc::Mat sparse(MPI_Comm comm, PetscInt rows, PetscInt columns, std::vector<PetscInt> i,
                  std::vector<PetscInt> j) {
  petsc::Mat matrix;
  check(MatCreate(comm, matrix.out()));
  check(MatSetSizes(matrix, rows, columns, PETSC_DETERMINE, PETSC_DETERMINE));
  check(MatSetType(matrix, MATAIJ));
  check(MatSetPreallocationCOO(matrix, i.size(), i.data(), j.data()));
  return matrix;
}

PetscInt first_of(MPI_Comm comm, PetscInt size) {
  petsc::Vec vector;
  PetscInt first = 0;
  check(VecCreateMPI(comm, size, PETSC_DETERMINE, vector.out()));
  check(VecGetOwnershipRange(vector, &first, nullptr));
  return first;
}

}  // namespace

GridOperator::GridOperator(const GridProblem& problem, const GridLayout& layout, MPI_Comm comm, int rank,
                           const std::vector<GridRow>& rows, int level)
    : problem_(&problem), comm_(comm), made_for_(rows), rows_of_(problem.statements().size()) {
  const auto nodes = layout.local(rank);
  const auto width = problem.width();
  const GridStencils stencils(problem, layout, level);
  first_row_ = first_of(comm, rows.size());
  for (std::size_t r = 0; r < rows.size(); ++r) {
    row_begin_.push_back(entries_.size());
    add_row(stencils, rows[r], nodes[r / width], r % width % problem.fields());
    if (rows[r].statement >= 0) rows_of_[rows[r].statement].push_back(r);
  }
  row_begin_.push_back(entries_.size());
  for (auto& pressure : pressures_) link(pressure);
  const auto first_entry = first_of(comm, entries_.size());
  std::vector<PetscInt> i;
  for (std::size_t e = 0; e < entries_.size(); ++e)
    i.insert(i.end(), end(e) - entries_[e].begin, first_entry + e);
  difference_ = sparse(comm, entries_.size(), rows.size(), std::move(i), node_);
  check(MatSetValuesCOO(difference_, weight_.data(), INSERT_VALUES));
}

void GridOperator::add_entry(InTime kind, const GridStencil& stencil) {
  entries_.push_back({kind, node_.size()});
  for (const auto& [unknown, weight] : stencil) {
    node_.push_back(unknown);
    weight_.push_back(weight);
  }
}

void GridOperator::add_row(const GridStencils& stencils, const GridRow& row, const SpaceIndex& node,
                           int field) {
  if (row.statement < 0) {
    if (row.ghost || row.inward != SpaceIndex{})
      return add_entry(InTime::value, stencils.extrapolation(row, node, field));
    GridStencil value{{first_row_ + static_cast<PetscInt>(row_begin_.size()) - 1, 1.0}};
    // Orderings of factorisations take minutes over many rows that are connected to no others.
    if (problem_->parts().slots() > 1) value.push_back({stencils.unknown(node, row.part, field), 0.0});
    return add_entry(InTime::value, value);
  }
  for (const auto& argument : problem_->statements()[row.statement].arguments)
    if (argument.kind == Argument::Kind::field)
      add_entry(kind_of(*problem_, argument.derivative), stencils.argument(row, node, argument.derivative));
  if (row.stabilised) add_pressure(stencils, row, node, field);
}

void GridOperator::add_pressure(const GridStencils& stencils, const GridRow& row, const SpaceIndex& node,
                                int field) {
  PressureRow pressure{row_begin_.size() - 1, {}};
  for (std::size_t s = 0; s < problem_->mesh().space().size(); ++s) {
    pressure.difference.push_back(entries_.size());
    add_entry(InTime::value, stencils.pressure_difference(node, row.part, s, field));
  }
  for (const auto& anchor : problem_->anchors()) {
    pressure.anchor.push_back(entries_.size());
    for (const auto& argument : problem_->statements()[anchor.statement].arguments)
      if (argument.kind == Argument::Kind::field)
        add_entry(kind_of(*problem_, argument.derivative),
                  stencils.difference(anchor.x, row.part, argument.derivative));
  }
  pressures_.push_back(std::move(pressure));
}

bool GridOperator::serves(const std::vector<GridRow>& rows) const {
  const int time = problem_->mesh().time();
  return std::ranges::equal(rows, made_for_, [time](GridRow a, const GridRow& b) {
    if (time >= 0) a.x[time] = b.x[time];
    return a.statement == b.statement && a.ghost == b.ghost && a.stabilised == b.stabilised &&
           a.inward == b.inward && a.part == b.part && a.minus == b.minus && a.plus == b.plus &&
           (a.statement < 0 || a.x == b.x);
  });
}

std::vector<double> GridOperator::values(const std::array<::Vec, time_kinds>& levels) const {
  std::vector<double> result(entries_.size());
  petsc::Vec product;
  check(MatCreateVecs(difference_, nullptr, product.out()));
  for (std::size_t kind = 0; kind < time_kinds; ++kind) {
    if (!levels[kind]) continue;
    check(MatMult(difference_, levels[kind], product));
    const petsc::ConstLocalArray local(product);
    for (std::size_t e = 0; e < entries_.size(); ++e)
      if (entries_[e].kind == static_cast<InTime>(kind)) result[e] = local.get()[e];
  }
  return result;
}

std::vector<double> GridOperator::linearise_statement(int statement, const std::vector<GridRow>& rows,
                                                      const std::vector<Term>& terms,
                                                      std::span<const double> values,
                                                      Linearised& result) const {
  const auto& described = problem_->statements()[statement];
  if (terms.empty()) return {};
  const auto& arguments = described.arguments;
  const double probe = problem_->model().region.probe_step();
  std::vector<std::vector<double>> columns(arguments.size(), std::vector<double>(terms.size()));
  for (std::size_t i = 0; i < terms.size(); ++i) {
    const auto& row = rows[terms[i].row];
    auto entry = terms[i].entry;
    for (std::size_t a = 0; a < arguments.size(); ++a) {
      const auto kind = arguments[a].kind;
      const double value = kind == Argument::Kind::field   ? values[entry++]
                           : kind == Argument::Kind::given ? row.given[arguments[a].index]
                                                           : 0;
      columns[a][i] = argument_at(arguments[a], terms[i].x, row.normal, probe, value);
    }
  }
  const std::vector<std::span<const double>> spans(columns.begin(), columns.end());
  const auto linear = described.statement->residual.linearise(spans, terms.size());
  for (std::size_t i = 0; i < terms.size(); ++i) {
    const auto& x = terms[i].x;
    bool finite = std::isfinite(linear.value[i]);
    auto entry = terms[i].entry;
    for (std::size_t a = 0; a < arguments.size(); ++a) {
      if (arguments[a].kind != Argument::Kind::field) continue;
      result.coefficient[entry++] = linear.derivative[a][i];
      finite = finite && std::isfinite(linear.derivative[a][i]);
    }
    if (finite) continue;
    throw Error(Status::numerical,
                fmt::format("grid: the residual of '{}' or its derivative is not finite at ({:.6g}) (a "
                            "division by zero, a logarithm or root of a negative number, or a diverging "
                            "iteration); check the expression there, or guard it by where(...)",
                            described.statement->name,
                            fmt::join(x.begin(), x.begin() + problem_->mesh().dimension(), ", ")));
  }
  return linear.value;
}

GridOperator::Linearised GridOperator::linearise(const std::vector<GridRow>& rows,
                                                 std::span<const double> values,
                                                 const TimeDifferences& time) const {
  Linearised result{std::vector<double>(rows.size()), std::vector<double>(entries_.size(), 1.0)};
  for (std::size_t r = 0; r < rows.size(); ++r)
    if (rows[r].statement < 0) result.residual[r] = values[row_begin_[r]] - rows[r].value;
  for (std::size_t s = 0; s < rows_of_.size(); ++s) {
    std::vector<Term> terms;
    for (auto r : rows_of_[s]) terms.push_back({r, row_begin_[r], rows[r].x});
    const auto value = linearise_statement(s, rows, terms, values, result);
    for (std::size_t i = 0; i < terms.size(); ++i) result.residual[terms[i].row] = value[i];
  }
  if (!pressures_.empty()) stabilise(rows, values, time, result);
  return result;
}

std::vector<double> GridOperator::apply(std::span<const double> coefficient,
                                        std::span<const double> values) const {
  std::vector<double> result(rows(), 0.0);
  for (std::size_t r = 0; r < rows(); ++r)
    for (auto e = row_begin_[r]; e < row_begin_[r + 1]; ++e) result[r] += coefficient[e] * values[e];
  return result;
}

petsc::Mat GridOperator::matrix() const {
  std::vector<PetscInt> i;
  for (std::size_t r = 0; r < rows(); ++r)
    for (auto e = row_begin_[r]; e < row_begin_[r + 1]; ++e)
      i.insert(i.end(), end(e) - entries_[e].begin, first_row_ + r);
  return sparse(comm_, rows(), rows(), std::move(i), node_);
}

void GridOperator::fill(::Mat matrix, std::span<const double> coefficient, const TimeDifferences& time,
                        std::span<const double> scale) const {
  std::vector<double> value(node_.size());
  for (std::size_t r = 0; r < rows(); ++r)
    for (auto e = row_begin_[r]; e < row_begin_[r + 1]; ++e) {
      const double factor = scale[r] * coefficient[e] * time[entries_[e].kind].now;
      for (auto n = entries_[e].begin; n < end(e); ++n) value[n] = factor * weight_[n];
    }
  check(MatSetValuesCOO(matrix, value.data(), INSERT_VALUES));
}

std::vector<double> GridOperator::row_size(std::span<const double> coefficient,
                                           const TimeDifferences& time) const {
  std::vector<double> result(rows(), 0.0);
  for (std::size_t r = 0; r < rows(); ++r)
    for (auto e = row_begin_[r]; e < row_begin_[r + 1]; ++e)
      for (auto n = entries_[e].begin; n < end(e); ++n)
        result[r] = std::max(result[r], std::abs(coefficient[e] * weight_[n] * time[entries_[e].kind].now));
  return result;
}

}  // namespace ddpinn
