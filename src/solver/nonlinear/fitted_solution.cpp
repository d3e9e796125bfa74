// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "solver/nonlinear/fitted_solution.hpp"

#include "base/log.hpp"
#include "parallel/agree.hpp"

#include <algorithm>
#include <set>

namespace ddpinn {

namespace {

/// The part of all points' fields that belongs to `count` of them.
FieldValues part(const FieldValues& fields, std::size_t begin, std::size_t count) {
  FieldValues result;
  for (const auto& column : fields)
    result.emplace_back(column.begin() + begin, column.begin() + begin + count);
  return result;
}

std::vector<Derivative> values_of(const Model& model) {
  std::vector<Derivative> result;
  for (std::size_t f = 0; f < model.fields.size(); ++f) result.push_back({static_cast<int>(f), {}});
  return result;
}

}  // namespace

Solution fitted_solution(const Rows& discretisation, const FieldsAt& fields_at) {
  const auto& space = discretisation.space();
  const auto& comm = space.communicator();
  const auto& decomposition = space.decomposition();
  const auto& model = space.model();
  const auto owned = space.owned();
  std::map<int, FitPoints> points;
  std::vector<Point> all;
  collectively(comm, [&] {
    for (int k : owned) {
      if (!decomposition[k].live || decomposition[k].level > 0) continue;
      const auto& own = points[k] = fit_points(model, decomposition, k, space.family().shape);
      all.insert(all.end(), own.x.begin(), own.x.end());
    }
  });
  const auto fields = fields_at(all);
  Field field(space, owned);
  collectively(comm, [&] {
    std::size_t begin = 0;
    for (const auto& [k, own] : points) {
      field[k] = fit_network(model, decomposition, space.family().network(k), k, own,
                             part(fields, begin, own.x.size()));
      begin += own.x.size();
    }
  });
  field.complete();
  return solution_of(discretisation, field);
}

FieldsAt fields_of(const Field& field) {
  return [&field](const std::vector<Point>& points) {
    return field.anywhere(points, values_of(field.space().model()));
  };
}

DerivativesAt derivatives_of(const Field& field) {
  return [&field](const std::vector<Point>& points, const std::vector<Derivative>& derivatives) {
    return field.anywhere(points, derivatives);
  };
}

FieldsAt fields_of(GridCorrection& grid) {
  return [&](const std::vector<Point>& points) {
    std::set<PetscInt> nodes;
    for (const auto& x : points)
      for (const auto& node : grid.smooth(x, {})) nodes.insert(node.node);
    const std::vector<PetscInt> touched(nodes.begin(), nodes.end());
    std::vector<double> values(touched.size() * grid.fields());
    grid.touch(touched);
    grid.solve(values);
    FieldValues result(grid.fields(), std::vector<double>(points.size(), 0.0));
    for (std::size_t i = 0; i < points.size(); ++i)
      for (const auto& [node, weight] : grid.smooth(points[i], {})) {
        const auto place =
            static_cast<std::size_t>(std::ranges::lower_bound(touched, node) - touched.begin());
        for (std::size_t f = 0; f < result.size(); ++f)
          result[f][i] += weight * values[place * grid.fields() + f];
      }
    return result;
  };
}

std::optional<Solution> grid_solution(const Rows& discretisation, const std::vector<int>& cells,
                                      const GridCorrection::Columns& given, const FieldsAt& start) {
  try {
    GridCorrection grid(discretisation.space().communicator(), discretisation.model(), cells);
    if (given) grid.continue_from(given);
    if (start) grid.start_from(start);
    return fitted_solution(discretisation, fields_of(grid));
  } catch (const Error& error) {
    log::warning("[coarse]: {}; the solve starts without it", error.what());
    recover(discretisation.space().communicator());
    return {};
  }
}

}  // namespace ddpinn
