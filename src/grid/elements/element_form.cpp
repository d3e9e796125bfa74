// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "grid/elements/element_form.hpp"

#include "base/random.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace ddpinn {

using petsc::check;

namespace {

/// Of springs, times the stiffness of what they hold.
constexpr double spring_stiffness = 1e6;

/// Elements go on across interfaces by themselves. @throws Error (Status::case_file) where a condition asks
/// for something else
void check_interface(const StatementGroup& group) {
  for (const auto& statement : group.statements) {
    std::vector<double> values;
    for (const auto& argument : statement.residual.arguments()) {
      const auto& [field, alpha, side] = argument.derivative;
      Random random(41, static_cast<std::uint64_t>(field) * 256 + alpha[0] + 4 * alpha[1] + 16 * alpha[2]);
      values.push_back(argument.kind == Argument::Kind::field ? random.uniform(0.5, 1.5) : 0.7);
    }
    std::vector<std::span<const double>> columns;
    for (const auto& value : values) columns.emplace_back(&value, 1);
    if (std::abs(statement.residual.evaluate(columns, 1)[0]) > 1e-12)
      throw Error(
          Status::case_file, statement.at,
          fmt::format("grid: the condition \"{}\" gives a jump on an interface (elements of a grid go on "
                      "across it); write equations to compare with",
                      statement.name));
  }
}

void require_finite(const std::vector<double>& values, const std::string& name) {
  if (!std::ranges::all_of(values, [](double value) { return std::isfinite(value); }))
    throw Error(
        Status::numerical,
        fmt::format("grid: '{}' is not finite (a division by zero, or a root or logarithm of a negative "
                    "number); guard it by where(...)",
                    name));
}

/// The stresses of a form at its points.
std::vector<Expression::Linearisation> linearised(const ElementGroup& group, const ElementLevel& level) {
  std::vector<Expression::Linearisation> result;
  for (const auto& stress : group.statements().weak->stress)
    result.push_back(group.linearise(stress.residual, level));
  return result;
}

/// Visits the second variation term by term: what is tested, what is varied, and the slopes by point.
template <class Visit>
void for_slopes(const ElementGroup& group, const std::vector<Expression::Linearisation>& stresses,
                const Visit& visit) {
  const auto& weak = *group.statements().weak;
  for (std::size_t n = 0; n < weak.of.size(); ++n) {
    const auto& arguments = weak.stress[n].residual.arguments();
    for (std::size_t a = 0; a < arguments.size(); ++a)
      if (arguments[a].kind == Argument::Kind::field)
        visit(weak.of[n], arguments[a].derivative, stresses[n].derivative[a]);
  }
}

}  // namespace

ElementForm::ElementForm(const Model& model, const GridMesh& mesh, int level)
    : model_(&model),
      mesh_(&mesh),
      fields_(std::ssize(model.fields)),
      size_(static_cast<std::size_t>(mesh.level_nodes() * fields_)) {
  const auto& region = model.region;
  for (const auto& group : model.groups) {
    if (group.is_data()) continue;
    if (group.is_weak()) {
      forms_.emplace_back(group, model, mesh, points_of_form(group, mesh, region, level));
    } else if (group.interface) {
      check_interface(group);
    } else {
      conditions_.emplace_back(group, model, mesh, points_of_condition(group, mesh, region, level));
    }
  }
  add_pinned(model, mesh, level);
  idle_.assign(size_, 1.0);
  for (const auto* groups : {&forms_, &conditions_})
    for (const auto& group : *groups)
      for (const auto& derivative : group.statements().derivatives())
        for (std::size_t i = 0; i < group.size(); ++i)
          for (int node : group.nodes(i)) idle_[place(node, derivative.field)] = 0;
  for (const auto& pin : pinned_) idle_[pin.place] = 0;
}

/// Nodes at which exact enforcement leaves a field no freedom.
void ElementForm::add_pinned(const Model& model, const GridMesh& mesh, int level) {
  std::vector<Point> x;
  for (const auto& node : mesh.level_indices()) x.push_back(mesh.at(node, level));
  for (std::size_t f = 0; f < model.fields.size(); ++f) {
    if (!model.enforcement[f]) continue;
    const auto factor = model.enforcement[f]->factor.at(x), lift = model.enforcement[f]->lift.at(x);
    double largest = 0;
    for (double value : factor) largest = std::max(largest, std::abs(value));
    for (std::size_t n = 0; n < x.size(); ++n)
      if (std::abs(factor[n]) <= 1e-12 * largest)
        pinned_.push_back({place(static_cast<int>(n), static_cast<int>(f)), lift[n]});
  }
}

std::vector<ElementForm::Row> ElementForm::rows(const ElementLevel& level) const {
  std::vector<Row> result;
  for (const auto& group : conditions_)
    for (const auto& statement : group.statements().statements) {
      const auto linear = group.linearise(statement.residual, level);
      require_finite(linear.value, statement.name);
      const auto& arguments = statement.residual.arguments();
      for (std::size_t i = 0; i < group.size(); ++i) {
        auto& row = result.emplace_back(Row{linear.value[i], {}, {}});
        for (std::size_t a = 0; a < arguments.size(); ++a) {
          if (arguments[a].kind != Argument::Kind::field) continue;
          const auto& [field, alpha, side] = arguments[a].derivative;
          const auto phi = group.functions(alpha, i);
          for (std::size_t k = 0; k < phi.size(); ++k) {
            if (phi[k] == 0) continue;
            row.place.push_back(place(group.nodes(i)[k], field));
            row.slope.push_back(phi[k] * linear.derivative[a][i]);
          }
        }
      }
    }
  for (const auto& pin : pinned_) result.push_back({level.values[pin.place] - pin.value, {pin.place}, {1.0}});
  return result;
}

std::vector<double> ElementForm::variation(const ElementLevel& level) const {
  std::vector<double> result(size_, 0.0);
  for (const auto& group : forms_) {
    const auto& weak = *group.statements().weak;
    for (std::size_t n = 0; n < weak.of.size(); ++n) {
      const auto stress = group.evaluate(weak.stress[n].residual, level);
      require_finite(stress, weak.stress[n].name);
      for (std::size_t i = 0; i < group.size(); ++i) {
        if (stress[i] == 0) continue;
        const auto phi = group.functions(weak.of[n].alpha, i);
        for (std::size_t k = 0; k < phi.size(); ++k)
          result[place(group.nodes(i)[k], weak.of[n].field)] += group.measure(i) * stress[i] * phi[k];
      }
    }
  }
  const auto conditions = rows(level);
  for (std::size_t r = 0; r < conditions.size(); ++r) {
    const auto& row = conditions[r];
    for (std::size_t k = 0; k < row.place.size(); ++k)
      result[row.place[k]] += (spring_[r] * row.residual + multiplier_[r]) * row.slope[k];
  }
  for (std::size_t i = 0; i < size_; ++i) result[i] += idle_[i] * level.values[i];
  return result;
}

/// The part of one element's points, as one dense block.
void ElementForm::add_element(const ElementGroup& group,
                              const std::vector<Expression::Linearisation>& stresses, std::size_t element,
                              double now, ::Mat matrix) const {
  const auto first = group.elements()[element], end = group.elements()[element + 1];
  const auto nodes = group.nodes(first);
  const auto corners = std::ssize(nodes), width = corners * fields_;
  std::vector<PetscInt> places;
  for (int node : nodes)
    for (PetscInt f = 0; f < fields_; ++f) places.push_back(place(node, static_cast<int>(f)));
  std::vector<PetscScalar> block(width * width, 0.0);
  for_slopes(group, stresses, [&](const Derivative& test, const Derivative& of, const auto& slopes) {
    const bool rate = mesh_->time() >= 0 && of.alpha[mesh_->time()] > 0;
    for (std::size_t i = first; i < end; ++i) {
      const double slope = group.measure(i) * slopes[i] * (rate ? now : 1.0);
      if (slope == 0) continue;
      const auto tested = group.functions(test.alpha, i), varied = group.functions(of.alpha, i);
      for (std::ptrdiff_t k = 0; k < corners; ++k)
        for (std::ptrdiff_t l = 0; l < corners; ++l)
          block[(k * fields_ + test.field) * width + l * fields_ + of.field] += slope * tested[k] * varied[l];
    }
  });
  const auto count = static_cast<PetscInt>(width);
  check(MatSetValues(matrix, count, places.data(), count, places.data(), block.data(), ADD_VALUES));
}

void ElementForm::add_tangent(const ElementLevel& level, ::Mat matrix) const {
  for (const auto& group : forms_) {
    const auto stresses = linearised(group, level);
    for (std::size_t e = 0; e + 1 < group.elements().size(); ++e)
      add_element(group, stresses, e, level.now, matrix);
  }
  const auto conditions = rows(level);
  for (std::size_t r = 0; r < conditions.size(); ++r) {
    const auto& [residual, places, slope] = conditions[r];
    for (std::size_t k = 0; k < places.size(); ++k)
      for (std::size_t l = 0; l < places.size(); ++l)
        check(MatSetValue(matrix, places[k], places[l], spring_[r] * slope[k] * slope[l], ADD_VALUES));
  }
  for (std::size_t i = 0; i < size_; ++i)
    check(MatSetValue(matrix, static_cast<PetscInt>(i), static_cast<PetscInt>(i), idle_[i], ADD_VALUES));
  check(MatAssemblyBegin(matrix, MAT_FINAL_ASSEMBLY));
  check(MatAssemblyEnd(matrix, MAT_FINAL_ASSEMBLY));
}

double ElementForm::energy(const ElementLevel& level) const {
  double sum = 0;
  for (const auto& group : forms_) {
    const auto density = group.evaluate(group.statements().weak->density->residual, level);
    for (std::size_t i = 0; i < group.size(); ++i) sum += group.measure(i) * density[i];
  }
  const auto conditions = rows(level);
  for (std::size_t r = 0; r < conditions.size(); ++r)
    sum += (spring_[r] * conditions[r].residual / 2 + multiplier_[r]) * conditions[r].residual;
  for (std::size_t i = 0; i < size_; ++i) sum += idle_[i] * level.values[i] * level.values[i] / 2;
  return sum;
}

petsc::Mat ElementForm::matrix() const {
  petsc::Mat matrix;
  const auto n = static_cast<PetscInt>(size_);
  PetscInt neighbours = fields_;
  for (std::size_t s = 0; s < mesh_->space().size(); ++s) neighbours *= 3;
  check(MatCreateSeqAIJ(PETSC_COMM_SELF, n, n, neighbours, nullptr, matrix.out()));
  check(MatSetOption(matrix, MAT_NEW_NONZERO_ALLOCATION_ERR, PETSC_FALSE));
  return matrix;
}

/// By value: the size of what resists its change.
std::vector<double> ElementForm::stiffness(const ElementLevel& level) const {
  std::vector<double> result(size_, 0.0);
  for (const auto& group : forms_)
    for_slopes(group, linearised(group, level),
               [&](const Derivative& test, const Derivative& of, const auto& slopes) {
                 if (of.field != test.field) return;
                 for (std::size_t i = 0; i < group.size(); ++i) {
                   const auto tested = group.functions(test.alpha, i), varied = group.functions(of.alpha, i);
                   for (std::size_t k = 0; k < tested.size(); ++k)
                     result[place(group.nodes(i)[k], of.field)] +=
                         std::abs(group.measure(i) * slopes[i] * tested[k] * varied[k]);
                 }
               });
  return result;
}

void ElementForm::weigh(const ElementLevel& level) {
  const auto stiff = stiffness(level);
  const double largest = stiff.empty() ? 0 : *std::ranges::max_element(stiff);
  const auto conditions = rows(level);
  spring_.clear();
  for (const auto& row : conditions) {
    double own = 0, slope = 0;
    for (std::size_t k = 0; k < row.place.size(); ++k) {
      own = std::max(own, stiff[row.place[k]]);
      slope = std::max(slope, std::abs(row.slope[k]));
    }
    // Where nothing resists, as at a first level, whatever is larger than zero will do.
    if (!(own > 0) || !std::isfinite(own)) own = largest > 0 && std::isfinite(largest) ? largest : 1;
    spring_.push_back(slope > 0 ? spring_stiffness * own / (slope * slope) : 0);
  }
  multiplier_.resize(conditions.size(), 0.0);
}

void ElementForm::take_multipliers(const ElementLevel& level) {
  const auto conditions = rows(level);
  for (std::size_t r = 0; r < conditions.size(); ++r) multiplier_[r] += spring_[r] * conditions[r].residual;
}

}  // namespace ddpinn
