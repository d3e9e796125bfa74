// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "grid/grid_conditions.hpp"

#include <algorithm>

namespace ddpinn {

bool GridConditions::holds(const StatementGroup& group, const Point& x) {
  return !group.where || group.where->at(std::span(&x, 1))[0] != 0;
}

SpaceIndex GridConditions::inward(const SpaceIndex& index) const {
  const auto& mesh = problem_->mesh();
  SpaceIndex step{};
  for (std::size_t s = 0; s < mesh.space().size(); ++s) {
    const auto& axis = mesh.axis(mesh.space()[s]);
    if (!axis.periodic()) step[s] = index[s] == 0 ? 1 : index[s] == axis.cells() ? -1 : 0;
  }
  return step;
}

int GridConditions::faces_of(const SpaceIndex& index) const {
  const auto step = inward(index);
  return std::ranges::count_if(step, [](int s) { return s != 0; });
}

std::vector<GridRow> GridConditions::on_faces(const SpaceIndex& index, int level) const {
  const auto& mesh = problem_->mesh();
  const auto x = mesh.at(index, level);
  std::vector<GridRow> result;
  for (int k = problem_->equations(); k < std::ssize(problem_->statements()); ++k) {
    const auto& group = *problem_->statements()[k].group;
    for (const auto& face : group.faces) {
      const std::size_t s = std::ranges::find(mesh.space(), face.direction) - mesh.space().begin();
      if (s == mesh.space().size() || mesh.axis(face.direction).periodic()) continue;
      if (index[s] != (face.upper ? mesh.axis(face.direction).cells() : 0) || !holds(group, x)) continue;
      GridRow row{.statement = k, .x = x};
      row.normal[face.direction] = face.upper ? 1 : -1;
      result.push_back(row);
    }
  }
  return result;
}

std::vector<GridRow> GridConditions::at_start(const SpaceIndex& index, int time_order,
                                              const std::vector<double>& given) const {
  const auto& mesh = problem_->mesh();
  const auto x = mesh.at(index, 0);
  std::vector<GridRow> result;
  for (int k = problem_->equations(); k < std::ssize(problem_->statements()); ++k) {
    const auto& statement = problem_->statements()[k];
    if (statement.time_order != time_order) continue;
    for (const auto& face : statement.group->faces) {
      if (face.direction != mesh.time() || !holds(*statement.group, x)) continue;
      GridRow row{.statement = k, .x = x, .given = given};
      row.normal[mesh.time()] = -1;
      result.push_back(row);
    }
  }
  return result;
}

std::vector<GridRow> GridConditions::at_points(const SpaceIndex& index, int level) const {
  const auto& mesh = problem_->mesh();
  std::vector<GridRow> result;
  for (int k = problem_->equations(); k < std::ssize(problem_->statements()); ++k) {
    const auto& group = *problem_->statements()[k].group;
    if (problem_->is_anchor(k)) continue;
    for (Point x : group.points) {
      bool here = mesh.time() < 0 || mesh.axis(mesh.time()).nearest(x[mesh.time()]) == level;
      for (std::size_t s = 0; s < mesh.space().size(); ++s)
        here = here && mesh.axis(mesh.space()[s]).nearest(x[mesh.space()[s]]) == index[s];
      if (!here || !holds(group, x)) continue;
      if (mesh.time() >= 0) x[mesh.time()] = mesh.at(index, level)[mesh.time()];
      result.push_back({.statement = k, .x = x});
    }
  }
  return result;
}

}  // namespace ddpinn
