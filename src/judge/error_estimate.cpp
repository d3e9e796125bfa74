// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "judge/error_estimate.hpp"

#include "assembly/continued_values.hpp"
#include "assembly/point_groups.hpp"
#include "judge/correction.hpp"
#include "judge/error_norms.hpp"
#include "judge/richer_space.hpp"
#include "parallel/agree.hpp"
#include "space/field_values.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace ddpinn {

namespace {

/// What lies beyond the richer space is in no correction: on 30 problems with known solutions corrections are
/// 0.5 to 5 times their errors, most of them 0.9 to 1.1 times.
constexpr double safety = 1.5;

/// A field is taken to vary by at least this part of itself.
constexpr double least_variation = 0.1;

/// The space of corrections.
Space rich_space_of(const Rows& rows, long long coefficients) {
  const auto& space = rows.space();
  const double networks = space.decomposition().live();
  const double counting = coefficients > 0 ? coefficients / (networks * space.model().fields.size())
                                           : space.family().shape.features();
  return richer(space, counting);
}

}  // namespace

void ErrorEstimates::add(const Rows& rows, const Field& field, long long coefficients,
                         const std::vector<Derivative>& continued, const LinearProblem* solved) {
  const auto rich_space = rich_space_of(rows, coefficients);
  auto rich =
      collectively(comm_, [&] { return Rows(rich_space, fresh_points(options_.points, rich_space)); });
  rich.set_unknowns(field.unknowns());
  if (better_) take_over(rich, [&](const std::vector<Point>& x) { return better_->anywhere(x, continued); });
  auto better = embedded(field, rich_space);
  auto fields = rich.lift();
  rich.add_fields(better, fields);
  auto change = correction(comm_, rich, fields, solved, options_.solver, monitor_);
  converged_ = converged_ && change.converged;
  change.field.complete();
  better.add(1, change.field);
  measure(field, better);
  better_.emplace(std::move(better));
}

void ErrorEstimates::put(Record& record) const {
  record.numbers["estimates_converged"] = {converged_ ? 1.0 : 0.0};
  record.numbers["estimates_squares"] = squares_;
  auto& worst = record.numbers["estimates_worst"];
  for (const auto& [core, square, share] : worst_) {
    worst.insert(worst.end(), {square, share, static_cast<double>(core.dimension)});
    worst.insert(worst.end(), core.lower.begin(), core.lower.end());
    worst.insert(worst.end(), core.upper.begin(), core.upper.end());
  }
  auto& sums = record.blocks["estimates_sums"][comm_.rank()];
  for (const auto& [square, sum, measure] : sums_) sums.insert(sums.end(), {square, sum, measure});
  auto& coefficients = record.blocks["estimates_better"];
  for (int k : better_->space().owned()) {
    const auto entries = (*better_)[k].entries();
    coefficients[k] = {entries.begin(), entries.end()};
  }
}

void ErrorEstimates::get(const Record& record, const Journal& journal, const Rows& rows,
                         long long coefficients) {
  fields_ = rows.model().fields;
  converged_ = record.number("estimates_converged") != 0;
  squares_ = record.numbers.at("estimates_squares");
  worst_.clear();
  const auto& worst = record.numbers.at("estimates_worst");
  for (auto from = worst.begin(); from != worst.end();) {
    auto& [core, square, share] = worst_.emplace_back();
    square = *from++;
    share = *from++;
    core.dimension = static_cast<int>(*from++);
    for (auto* corner : {&core.lower, &core.upper})
      for (auto& coordinate : *corner) coordinate = *from++;
  }
  // Only their sums over the ranks count.
  sums_.assign(fields_.size(), {});
  for (const auto& [rank, sums] : record.blocks.at("estimates_sums"))
    for (std::size_t f = 0; f < sums_.size(); ++f) {
      sums_[f].square += sums.at(3 * f);
      sums_[f].sum += sums.at(3 * f + 1);
      sums_[f].measure += sums.at(3 * f + 2);
    }
  Field better(rich_space_of(rows, coefficients));
  for (const auto& [k, values] : journal.fetch(record.blocks.at("estimates_better"), better.space().owned()))
    std::ranges::copy(values, better[k].data());
  better.complete();
  better_.emplace(std::move(better));
}

void ErrorEstimates::measure(const Field& field, const Field& better) {
  const auto& space = field.space();
  const auto& decomposition = space.decomposition();
  const auto counts = quadrature_counts(better.space());
  fields_ = space.model().fields;
  sums_.resize(fields_.size());
  worst_.resize(fields_.size());
  squares_.resize(fields_.size());
  std::vector<std::vector<double>> errors(fields_.size(), std::vector<double>(decomposition.cores(), 0.0));
  for (int k : space.owned_cores()) {
    const auto points = field.points(core_quadrature(space.model().region, decomposition, k, counts),
                                     values_of_fields(space.model()));
    const auto values = field.at(points), corrected = better.at(points);
    for (std::size_t f = 0; f < values.size(); ++f)
      for (std::size_t i = 0; i < values[f].size(); ++i) {
        const double weight = points.points.measure[i], difference = corrected[f][i] - values[f][i];
        errors[f][k] += weight * difference * difference;
        sums_[f].square += weight * values[f][i] * values[f][i];
        sums_[f].sum += weight * values[f][i];
        sums_[f].measure += weight;
      }
  }
  for (std::size_t f = 0; f < errors.size(); ++f) {
    sum(comm_, errors[f]);
    squares_[f] += std::accumulate(errors[f].begin(), errors[f].end(), 0.0);
    const auto largest = std::ranges::max_element(errors[f]) - errors[f].begin();
    if (worst_[f].square <= errors[f][largest]) worst_[f] = {decomposition[largest].core, errors[f][largest]};
  }
}

ErrorEstimates::Worst ErrorEstimates::worst(std::size_t field) const {
  auto worst = worst_[field];
  worst.share = relative(worst.square, squares_[field]);
  return worst;
}

std::vector<ErrorEstimate> ErrorEstimates::result() const {
  std::vector<ErrorEstimate> result;
  for (std::size_t f = 0; f < sums_.size(); ++f) {
    const double error = safety * std::sqrt(squares_[f]);
    const double square = sum(comm_, sums_[f].square), total = sum(comm_, sums_[f].sum),
                 measure = sum(comm_, sums_[f].measure);
    const double size = std::sqrt(square);
    const double variation = measure > 0 ? std::sqrt(std::max(0.0, square - total * total / measure)) : 0;
    result.push_back(
        {fields_[f], relative(error, size), relative(error, std::max(variation, least_variation * size))});
  }
  return result;
}

}  // namespace ddpinn
