// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "solver/identification/observations.hpp"

#include "assembly/row_weights.hpp"

#include <algorithm>

namespace ddpinn {

Observations::Observations(const Communicator& comm, const Problem& problem) : comm_(&comm) {
  const double least = smallest_deviation(problem);
  noise_ = weighted_noise(least);
  for (const auto& data : problem.data) {
    auto& set = sets_.emplace_back();
    set.weight = observation_weight(data.standard_deviation, least);
    set.first_row = rows_;
    set.observed.resize(data.observed.size());
    for (std::size_t i = comm.rank(); i < data.points.size(); i += static_cast<std::size_t>(comm.size())) {
      std::ranges::copy(data.points[i], set.points.emplace_back().begin());
      for (std::size_t f = 0; f < data.observed.size(); ++f)
        set.observed[f].push_back(data.observed[f].second[i]);
    }
    for (const auto& [field, values] : data.observed)
      set.fields.push_back(
          {static_cast<int>(std::ranges::find(problem.fields, field) - problem.fields.begin()), {}});
    rows_ += set.points.size() * set.fields.size();
    if (data.standard_deviation)
      for (auto row = set.first_row; row < rows_; ++row) noisy_.push_back(row);
  }
}

double Observations::square() const {
  double local = 0;
  for (const auto& set : sets_)
    for (const auto& column : set.observed)
      for (double value : column) local += set.weight * set.weight * value * value;
  return sum(*comm_, local);
}

void Observations::compare(const Field& field, const TimeSlab& slab, std::vector<double>& misfits) const {
  for (const auto& set : sets_) {
    std::vector<std::size_t> inside;
    std::vector<Point> points;
    for (std::size_t i = 0; i < set.points.size(); ++i)
      if (slab.direction < 0 || slab.contains(set.points[i][slab.direction])) {
        inside.push_back(i);
        points.push_back(set.points[i]);
      }
    const auto found = field.anywhere(points, set.fields);
    for (std::size_t f = 0; f < found.size(); ++f)
      for (std::size_t i = 0; i < inside.size(); ++i)
        misfits[set.first_row + f * set.points.size() + inside[i]] =
            set.weight * (found[f][i] - set.observed[f][inside[i]]);
  }
}

double expected_square(const Problem& problem) {
  const double noise = weighted_noise(smallest_deviation(problem));
  double result = 0;
  for (const auto& data : problem.data)
    if (data.standard_deviation) result += noise * noise * (data.points.size() * data.observed.size());
  return result;
}

}  // namespace ddpinn
