// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "solver/identification/observations.hpp"

#include "assembly/row_weights.hpp"

#include <algorithm>
#include <cmath>

namespace ddpinn {

namespace {

double weight_of(const DataSet& data, double least) {
  return data.weight.value_or(observation_weight(data.standard_deviation, least));
}

}  // namespace

Observations::Observations(const Communicator& comm, const Problem& problem) : comm_(&comm) {
  const double least = smallest_deviation(problem);
  for (const auto& data : problem.data) {
    auto& set = sets_.emplace_back();
    set.weight = weight_of(data, least);
    const double noise = set.weight * data.standard_deviation.value_or(0);
    if (noise > 0) noise_ = noise_ > 0 ? std::min(noise_, noise) : noise;
    set.first_row = rows_;
    set.first = all_;
    all_ += data.points.size() * data.observed.size();
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
    row_noise_.resize(rows_, noise);
  }
}

double Observations::square() const {
  double local = 0;
  for (const auto& set : sets_)
    for (const auto& column : set.observed)
      for (double value : column) local += set.weight * set.weight * value * value;
  return sum(*comm_, local);
}

/// Among the rows of all ranks, point by point; by row of this rank.
std::vector<std::size_t> Observations::places() const {
  std::vector<std::size_t> result(rows_);
  for (const auto& set : sets_)
    for (std::size_t f = 0; f < set.fields.size(); ++f)
      for (std::size_t i = 0; i < set.points.size(); ++i)
        result[set.first_row + f * set.points.size() + i] =
            set.first + (comm_->rank() + i * comm_->size()) * set.fields.size() + f;
  return result;
}

std::vector<double> Observations::gathered(const std::vector<double>& misfits) const {
  const auto place = places();
  std::vector<double> all(all_, 0.0);
  for (std::size_t r = 0; r < rows_; ++r) all[place[r]] = misfits[r];
  sum(*comm_, all);
  return all;
}

std::vector<double> Observations::own(const std::vector<double>& gathered) const {
  std::vector<double> misfits;
  for (auto place : places()) misfits.push_back(gathered.at(place));
  return misfits;
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
  const double least = smallest_deviation(problem);
  double result = 0;
  for (const auto& data : problem.data)
    if (data.standard_deviation)
      result += std::pow(weight_of(data, least) * *data.standard_deviation, 2) *
                (data.points.size() * data.observed.size());
  return result;
}

}  // namespace ddpinn
