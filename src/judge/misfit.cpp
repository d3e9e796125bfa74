// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "judge/misfit.hpp"

#include "assembly/statement_rows.hpp"
#include "parallel/communicator.hpp"
#include "space/field_values.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <sstream>

namespace ddpinn {

namespace {

/// From which on a statement counts as not met. Solutions with errors of a few percent are at 0.02 and below.
constexpr double poor = 0.1;

/// From how many standard deviations on data contradict the rest: errors alone give about one.
constexpr double contradiction = 3;

/// The least size of a derivative, relative to that of its field if it varies over the whole domain. Without
/// it rounding would count where all terms of an equation are zero, as of a velocity that vanishes.
constexpr double least_part = 1e-3;

using Key = std::pair<int, MultiIndex>;

/// Over points of all ranks.
struct MeanSquare {
  double square = 0, measure = 0;

  void add(const std::vector<double>& values, const PointSet& points) {
    for (std::size_t i = 0; i < values.size(); ++i) {
      square += points.measure[i] * values[i] * values[i];
      measure += points.measure[i];
    }
  }
  /// @note Collective.
  double root(const Communicator& comm) const {
    const double squares = sum(comm, square), all = sum(comm, measure);
    return all > 0 ? std::sqrt(squares / all) : 0;
  }
};

bool is_equation(const StatementGroup& group) { return group.interior && group.points.empty(); }

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
      const auto at = field.points(group.points, values);
      const auto found = field.at(at);
      for (std::size_t f = 0; f < found.size(); ++f) of_fields[f].add(found[f], at.points);
    }
    const auto& sizes = discretisation.family().sizes;
    for (std::size_t f = 0; f < of_fields.size(); ++f)
      fields_.push_back(std::max(of_fields[f].root(comm), of_fields.size() > 1 ? sizes[f] : 0));
    for (const auto& [key, squares] : known) known_[key] = squares.root(comm);
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
  MeanSquare residual;
  residual.add(values.residual, group.points);
  const double size = residual.root(comm);
  if (statement.deviation) return {statement.at, true, 0, size / *statement.deviation};
  double terms = 0;
  for (std::size_t a = 0; a < group.derivatives.size(); ++a) {  // the same on ranks without points
    MeanSquare slope;
    if (a < values.derivative.size()) slope.add(values.derivative[a], group.points);
    terms += slope.root(comm) * sizes.of(group.derivatives[a]);
  }
  return {statement.at, !is_equation(*group.statements), size > 0 ? size / (size + terms) : 0};
}

/// " in the worst time slab, t in [2, 3]"
std::string worst_slab(const Misfit& misfit) {
  if (!misfit.when) return "";
  return fmt::format(" in the worst time slab, t in [{:.6g}, {:.6g}]", misfit.when->lower,
                     misfit.when->upper);
}

}  // namespace

std::map<std::string, Misfit> misfits(const Rows& discretisation, const std::vector<FieldValues>& fields,
                                      const Field& field) {
  const Sizes sizes(discretisation, fields, field);
  std::map<std::string, Misfit> result;
  for (std::size_t g = 0; g < fields.size(); ++g) {
    const auto& group = discretisation.rows().groups[g];
    for (const auto& statement : group.statements->statements)
      result[statement.name] = misfit(
          discretisation.space().communicator(), statement, group,
          evaluate(statement, group, fields[g], discretisation.unknowns(), discretisation.model(), true),
          sizes);
  }
  return result;
}

void keep_worst(std::map<std::string, Misfit>& worst, const std::map<std::string, Misfit>& others) {
  const auto size = [](const Misfit& misfit) { return misfit.deviations.value_or(misfit.relative); };
  for (const auto& [name, misfit] : others) {
    auto& kept = worst.try_emplace(name, misfit).first->second;
    if (size(kept) < size(misfit)) kept = misfit;
  }
}

void put_misfits(const std::map<std::string, Misfit>& misfits, Record& record) {
  for (const auto& [name, misfit] : misfits) {
    const auto when = misfit.when.value_or(TimeSlab{});
    record.texts["misfit_of"] += name + "\n";
    record.texts["misfit_in"] += misfit.at.file + "\n";
    auto& all = record.numbers["misfits"];
    all.insert(all.end(),
               {static_cast<double>(misfit.at.line), static_cast<double>(misfit.at.column),
                misfit.condition ? 1.0 : 0.0, misfit.relative, misfit.deviations ? 1.0 : 0.0,
                misfit.deviations.value_or(0), misfit.when ? 1.0 : 0.0, static_cast<double>(when.direction),
                when.lower, when.upper, when.last ? 1.0 : 0.0});
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

std::vector<std::string> misfit_warnings(const std::map<std::string, Misfit>& all) {
  std::vector<std::string> warnings;
  for (const auto& [name, misfit] : all) {
    if (misfit.deviations.value_or(0) > contradiction)
      warnings.push_back(fmt::format(
          "{}the solution misses '{}' by {:.1f} standard deviations in the mean{} (equations and "
          "conditions, which come first, do not describe these data, or their standard deviation is "
          "too small); do not trust the solution and its unknowns",
          prefix(misfit.at), name, *misfit.deviations, worst_slab(misfit)));
    if (misfit.relative > poor)
      warnings.push_back(fmt::format(
          "{}the {} '{}' is not met: its residual is {:.0f} % of all its terms together{} (too few features "
          "or "
          "subdomains, a training that has not come far, or statements that contradict each other); do not "
          "trust the solution, and try more network.hidden or decomposition.subdomains",
          prefix(misfit.at), misfit.condition ? "condition" : "equation", name, 100 * misfit.relative,
          worst_slab(misfit)));
  }
  return warnings;
}

}  // namespace ddpinn
