// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "assembly/misfit.hpp"

#include "assembly/statement_rows.hpp"
#include "parallel/communicator.hpp"
#include "space/field_values.hpp"

#include <algorithm>
#include <cmath>
#include <sstream>

namespace ddpinn {

namespace {

/// The least size of a derivative, relative to that of its field if it varies over the whole domain. Without
/// it rounding would count where all terms of an equation are zero, as of a velocity that vanishes.
constexpr double least_part = 1e-3;

using Key = std::pair<int, MultiIndex>;

/// Over points of all ranks, of numbers whose squares may be too small or too large for a double.
struct MeanSquare {
  double square = 0, measure = 0;  ///< of what is left by `unit`
  double unit = 0;                 ///< the largest modulus so far

  void add(const std::vector<double>& values, const PointSet& points) {
    rescale(std::max(unit, largest(values)));
    for (std::size_t i = 0; i < values.size(); ++i) {
      if (unit > 0) square += points.measure[i] * (values[i] / unit) * (values[i] / unit);
      measure += points.measure[i];
    }
  }
  /// @note Collective.
  double root(const Communicator& comm) {
    rescale(max(comm, unit));
    const double squares = sum(comm, square), all = sum(comm, measure);
    return all > 0 ? unit * std::sqrt(squares / all) : 0;
  }

 private:
  void rescale(double larger) {
    if (larger > 0) square *= (unit / larger) * (unit / larger);
    unit = larger;
  }
};

bool is_equation(const StatementGroup& group) { return group.interior && group.points.empty(); }

/// Calls visit(points) for some of the points of an equation at a time.
template <class Visit>
void for_parts(const PointSet& all, const Visit& visit) {
  constexpr std::size_t most = 1 << 16;
  for (std::size_t begin = 0; begin < all.size(); begin += most) {
    const auto end = std::min(all.size(), begin + most);
    visit(PointSet{{all.x.begin() + begin, all.x.begin() + end},
                   {all.measure.begin() + begin, all.measure.begin() + end},
                   {}});
  }
}

/// Root mean squares of fields and derivatives over the equations' points.
class Sizes {
 public:
  Sizes(const Rows& discretisation, const std::vector<FieldValues>& fields, const Field& field)
      : box_(discretisation.model().region.box()) {
    const auto& comm = discretisation.space().communicator();
    const auto values = values_of_fields(discretisation.model());
    std::map<Key, MeanSquare> known;
    std::vector<MeanSquare> of_fields(values.size());
    for (std::size_t g = 0; g < fields.size(); ++g) {
      const auto& group = discretisation.rows().groups[g];
      if (!is_equation(*group.statements)) continue;
      for (std::size_t a = 0; a < group.derivatives.size(); ++a)
        known[{group.derivatives[a].field, group.derivatives[a].alpha}].add(fields[g][a], group.points);
      for_parts(group.points, [&](const PointSet& points) {
        const auto found = field.at(field.points(points, values));
        for (std::size_t f = 0; f < found.size(); ++f) of_fields[f].add(found[f], points);
      });
    }
    const auto& sizes = discretisation.family().sizes;
    for (std::size_t f = 0; f < of_fields.size(); ++f)
      fields_.push_back(std::max(of_fields[f].root(comm), of_fields.size() > 1 ? sizes[f] : 0));
    for (auto& [key, squares] : known) known_[key] = squares.root(comm);
  }

  double of(const Derivative& derivative) const {
    const double smooth = over_widths(fields_[derivative.field], box_, derivative.alpha);
    const auto found = known_.find({derivative.field, derivative.alpha});
    return found == known_.end() ? smooth : std::max(found->second, least_part * smooth);
  }

 private:
  const Box& box_;
  std::vector<double> fields_;  ///< those that vanish as large as they were supposed to be (field_sizes.hpp)
  std::map<Key, double> known_;
};

Misfit misfit(const Communicator& comm, const Statement& statement, const PointGroup& group,
              const StatementValues& values, const Sizes& sizes) {
  Misfit result{
      .at = statement.at, .condition = !is_equation(*group.statements), .data = group.statements->is_data()};
  MeanSquare residual;
  residual.add(values.residual, group.points);
  const double size = residual.root(comm);
  if (statement.deviation) {
    result.condition = true;
    result.deviations = size / *statement.deviation;
    return result;
  }
  double terms = 0;
  for (std::size_t a = 0; a < group.derivatives.size(); ++a) {  // the same on ranks without points
    MeanSquare slope;
    if (a < values.derivative.size()) slope.add(values.derivative[a], group.points);
    terms += slope.root(comm) * sizes.of(group.derivatives[a]);
  }
  result.relative = size > 0 ? size / (size + terms) : 0;
  return result;
}

}  // namespace

std::map<std::string, Misfit> misfits(const Rows& discretisation, const std::vector<FieldValues>& fields,
                                      const Field& field) {
  const Sizes sizes(discretisation, fields, field);
  std::map<std::string, Misfit> result;
  for (std::size_t g = 0; g < fields.size(); ++g) {
    const auto& group = discretisation.rows().groups[g];
    if (group.statements->is_weak()) continue;
    for (const auto& statement : group.statements->statements)
      result[statement.name] = misfit(
          discretisation.space().communicator(), statement, group,
          evaluate(statement, group, fields[g], discretisation.unknowns(), discretisation.model(), true),
          sizes);
  }
  return result;
}

void put_misfits(const std::map<std::string, Misfit>& misfits, Record& record) {
  for (const auto& [name, misfit] : misfits) {
    const auto when = misfit.when.value_or(TimeSlab{});
    record.texts["misfit_of"] += name + "\n";
    record.texts["misfit_in"] += misfit.at.file + "\n";
    auto& all = record.numbers["misfits"];
    const auto more = as_numbers(misfit.at.line, misfit.at.column, misfit.condition, misfit.relative,
                                 misfit.deviations.has_value(), misfit.deviations.value_or(0),
                                 misfit.when.has_value(), when.direction, when.lower, when.upper, when.last);
    all.insert(all.end(), more.begin(), more.end());
  }
}

std::map<std::string, Misfit> misfits_from(const Record& record) {
  std::map<std::string, Misfit> misfits;
  const auto found = record.numbers.find("misfits");
  if (found == record.numbers.end()) return misfits;
  std::istringstream names(record.texts.at("misfit_of")), files(record.texts.at("misfit_in"));
  auto from = found->second.begin();
  for (std::string name; std::getline(names, name);) {
    auto& misfit = misfits[name];
    std::getline(files, misfit.at.file);
    misfit.at.line = static_cast<int>(*from++);
    misfit.at.column = static_cast<int>(*from++);
    misfit.condition = *from++ != 0;
    misfit.relative = *from++;
    const bool has_deviations = *from++ != 0;
    misfit.deviations = *from++;
    if (!has_deviations) misfit.deviations.reset();
    const bool has_slab = *from++ != 0;
    const int direction = static_cast<int>(*from++);
    const double lower = *from++, upper = *from++;
    const bool last = *from++ != 0;
    if (has_slab) misfit.when = TimeSlab{direction, lower, upper, last};
  }
  return misfits;
}

}  // namespace ddpinn
