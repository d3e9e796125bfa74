// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "solver/nonlinear/start.hpp"

#include "assembly/field_evaluation.hpp"
#include "base/log.hpp"
#include "parallel/agree.hpp"
#include "space/neighbours.hpp"

#include <algorithm>

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

Solution fitted_solution(const Communicator& comm, const Discretisation& discretisation,
                         const FieldsAt& fields_at) {
  const auto& decomposition = discretisation.decomposition();
  const auto& model = discretisation.model();
  const auto features = discretisation.family().shape.features();
  std::map<int, FitPoints> points;
  std::vector<Point> all;
  collectively(comm, [&] {
    for (int k = 0; k < decomposition.size(); ++k) {
      if (discretisation.owner()[k] != comm.rank() || !decomposition[k].live || decomposition[k].level > 0)
        continue;
      const auto& own = points[k] = fit_points(model, decomposition, k, discretisation.family().shape);
      all.insert(all.end(), own.x.begin(), own.x.end());
    }
  });
  const auto fields = fields_at(all);
  std::map<int, Matrix> coefficients;
  collectively(comm, [&] {
    for (int k = 0; k < decomposition.size(); ++k)
      if (discretisation.owner()[k] == comm.rank()) coefficients[k] = Matrix(features, model.fields.size());
    std::size_t begin = 0;
    for (const auto& [k, own] : points) {
      coefficients[k] = fit_network(model, decomposition, discretisation.family().network(k), k, own,
                                    part(fields, begin, own.x.size()));
      begin += own.x.size();
    }
  });
  std::set<int> wanted;
  for (const auto& block : discretisation.blocks()) wanted.insert(block.subdomain);
  gather_coefficients(comm, discretisation.owner(), wanted, coefficients);
  Solution solution;
  for (const auto& block : discretisation.blocks())
    solution.coefficients.push_back(coefficients.at(block.subdomain));
  solution.fields = discretisation.lift();
  discretisation.add_fields(solution.coefficients, solution.fields);
  return solution;
}

FieldsAt fields_of(const Communicator& comm, const Discretisation& discretisation,
                   const std::map<int, Matrix>& coefficients) {
  return [&](const std::vector<Point>& points) {
    return evaluate_anywhere(comm, discretisation, coefficients, points, values_of(discretisation.model()));
  };
}

DerivativesAt derivatives_of(const Communicator& comm, const Discretisation& discretisation,
                             const std::map<int, Matrix>& coefficients) {
  return [&](const std::vector<Point>& points, const std::vector<Derivative>& derivatives) {
    return evaluate_anywhere(comm, discretisation, coefficients, points, derivatives);
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

std::optional<Solution> grid_solution(const Communicator& comm, const Discretisation& discretisation,
                                      const std::vector<int>& cells, const GridCorrection::Columns& given) {
  try {
    GridCorrection grid(comm, discretisation.model(), cells);
    if (given) grid.continue_from(given);
    return fitted_solution(comm, discretisation, fields_of(grid));
  } catch (const Error& error) {
    log::warning("[coarse]: {}; the solve starts without it", error.what());
    return {};
  }
}

}  // namespace ddpinn
