// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "judge/error_estimate.hpp"

#include "assembly/continued_values.hpp"
#include "assembly/field_sizes.hpp"
#include "assembly/misfit.hpp"
#include "assembly/point_groups.hpp"
#include "assembly/rows_record.hpp"
#include "judge/error_norms.hpp"
#include "judge/resolution.hpp"
#include "judge/richer_space.hpp"
#include "parallel/agree.hpp"
#include "problem/highest_order.hpp"
#include "solver/nonlinear/linear_step.hpp"
#include "space/field_values.hpp"

#include <algorithm>
#include <cmath>
#include <functional>
#include <numeric>
#include <optional>
#include <sstream>

namespace ddpinn {

namespace {

/// What lies beyond the richer space is in no correction: on 30 problems with known solutions corrections are
/// 0.5 to 5 times their errors, most of them 0.9 to 1.1 times.
constexpr double safety = 1.5;

/// By how much the error is larger than the correction, from the sums of squares at fresh points without and
/// with it. What of the error the richer space does not hold is orthogonal to the correction in the norm of
/// the rows: of rough solutions, and where rounding stops the iteration, it is most of it.
/// @param before, after the sums
double beyond(double before, double after) {
  constexpr double most = 4;
  const double left = std::clamp(relative(after, before), 0.0, 1.0);
  return 1 / std::max(1 / most, std::sqrt(1 - left));
}

/// How many standard deviations of the unknowns their part of an error is: 19 of 20 errors are below.
constexpr double sure = 2;

/// A field is taken to vary by at least this part of itself.
constexpr double least_variation = 0.1;

/// By how much a residual counts for being in small subdomains: what is missed in a width h, of order m,
/// changes the solution by h^m of it; of a condition, in a strip as wide. @note Collective.
double concentration(const Rows& rows, std::size_t g, const Statement& statement, const FieldValues& fields) {
  const auto& comm = rows.space().communicator();
  const auto& group = rows.rows().groups[g];
  const auto& decomposition = rows.decomposition();
  const auto& box = rows.model().region.box();
  const double power = highest_order(statement) + (group.statements->interior ? 0 : 0.5);
  double all = 0, scaled = 0;
  collectively(comm, [&] {
    const auto values = evaluate(statement, group, fields, rows.unknowns(), rows.model(), false);
    for (std::size_t i = 0; i < values.residual.size(); ++i) {
      const auto& core = decomposition[decomposition.core_at(group.points.x[i])].core;
      double width = 1;
      for (int d = 0; d < box.dimension; ++d) width = std::min(width, core.width(d) / box.width(d));
      const double square = group.points.measure[i] * values.residual[i] * values.residual[i];
      all += square;
      scaled += square * std::pow(width, 2 * power);
    }
  });
  return std::sqrt(relative(sum(comm, scaled), sum(comm, all)));
}

bool has_data(const Model& model) { return std::ranges::any_of(model.groups, &StatementGroup::is_data); }

/// What part of its terms a statement misses that richer networks do not meet either, by field, as it changes
/// the solution. Residuals of kinks, of jumps in coefficients and sources, and of singular corners stay as
/// large as they are.
/// @param rows of the richer space @param first misfits without the correction @param corrected makes the
/// fields with it
/// @note Collective.
std::vector<double> unmet(const Rows& rows, const std::map<std::string, Misfit>& first,
                          const std::function<const std::vector<FieldValues>&()>& corrected,
                          const Field& field) {
  constexpr double least = 1e-4, stays = 0.5;
  const auto& groups = rows.rows().groups;
  std::vector<double> result(rows.model().fields.size(), 0.0);
  const auto is_met = [](const auto& of) { return of.second.relative < least; };
  if (has_data(rows.model()) || std::ranges::all_of(first, is_met)) return result;
  const auto& after = corrected();
  const auto second = misfits(rows, after, field);
  for (std::size_t g = 0; g < groups.size(); ++g) {
    if (groups[g].statements->is_weak()) continue;
    for (const auto& statement : groups[g].statements->statements) {
      const double left = second.at(statement.name).relative;
      if (left < least || left < stays * first.at(statement.name).relative) continue;
      const double part = left * concentration(rows, g, statement, after[g]);
      for (const auto& argument : statement.residual.arguments())
        if (argument.kind == Argument::Kind::field) {
          auto& of_field = result[argument.derivative.field];
          of_field = std::max(of_field, part);
        }
    }
  }
  return result;
}

/// Calls visit(core, field, measure, value of a, value of b) at Gauss points in the cores of this rank.
template <class Visit>
void for_values(const Field& a, const Field& b, const std::vector<int>& counts, Visit&& visit) {
  const auto& space = a.space();
  for (int k : space.owned_cores()) {
    const auto points = a.points(core_quadrature(space.model().region, space.decomposition(), k, counts),
                                 values_of_fields(space.model()));
    const auto of_a = a.at(points), of_b = b.at(points);
    for (std::size_t f = 0; f < of_a.size(); ++f)
      for (std::size_t i = 0; i < of_a[f].size(); ++i)
        visit(k, f, points.points.measure[i], of_a[f][i], of_b[f][i]);
  }
}

/// How many features of a network count, in the mean.
double counting_features(const Space& space, long long coefficients) {
  const double networks = space.decomposition().live();
  return coefficients > 0 ? coefficients / (networks * space.model().fields.size())
                          : space.family().shape.features();
}

/// The space of corrections.
Space rich_space_of(const Rows& rows, long long coefficients) {
  return richer(rows.space(), counting_features(rows.space(), coefficients));
}

}  // namespace

bool can_estimate(const Decomposition& decomposition, const Options& options) {
  constexpr double most = 1 << 22;  // points, of all ranks together
  double points = decomposition.cores();
  for (int n : options.points.interior) points *= n;
  return options.decomposition.coupling == Coupling::interface || points <= most;
}

ErrorEstimates::ErrorEstimates(const Communicator& comm, const Options& options, const Monitor& monitor)
    : comm_(comm),
      options_(options),
      corrections_(comm, options.solver, monitor, options.time.slabs > 1 && options.solver.congruence) {}

/// The rows of the richer space at fresh points. @param field the solution @param continued as of `add`
Rows ErrorEstimates::rich_rows(const Rows& rows, const Field& field, const Space& rich_space,
                               const std::vector<Derivative>& continued) const {
  auto rich =
      collectively(comm_, [&] { return Rows(rich_space, fresh_points(options_.points, rich_space)); });
  rich.set_congruence(options_.solver.congruence);
  rich.set_unknowns(field.unknowns());
  rich.set_data_emphasis(rows.data_emphasis());
  if (!corrected_.empty())
    take_over(rich,
              [&](const std::vector<Point>& x) { return corrected_.back().field.anywhere(x, continued); });
  return rich;
}

void ErrorEstimates::add(const Rows& rows, const Field& field, long long coefficients,
                         const std::vector<Derivative>& continued,
                         const std::shared_ptr<const LinearProblem>& solved) {
  const auto rich_space = rich_space_of(rows, coefficients);
  auto rich = rich_rows(rows, field, rich_space, continued);
  auto better = embedded(field, rich_space);
  auto fields = rich.lift();
  rich.add_fields(better, fields);
  auto change = corrections_.find(rich, fields, solved);
  converged_ = converged_ && change.converged;
  change.field.complete();
  better.add(1, change.field);
  // Networks take a while to evaluate at all points.
  std::optional<std::vector<FieldValues>> known;
  const auto corrected = [&]() -> const std::vector<FieldValues>& {
    if (!known) rich.add_fields(better, known.emplace(rich.lift()));
    return *known;
  };
  const bool orthogonal = !rich.model().is_weak() && !has_data(rich.model());
  const auto left = [&] {
    const bool linear = rich.model().affine && rich.model().unknowns.empty();
    return linear ? change.objective : weighted_objective(comm_, rich, corrected());
  };
  const double more = orthogonal ? beyond(weighted_objective(comm_, rich, fields), left()) : 1;
  measure(field, better, more);
  const auto fresh = misfits(rich, fields, better);
  for (const auto& [name, misfit] : fresh)
    if (!misfit.data) fresh_[name] = std::max(fresh_[name], misfit.relative);
  const auto not_met = unmet(rich, fresh, corrected, better);
  unmet_.resize(not_met.size());
  for (std::size_t f = 0; f < not_met.size(); ++f) unmet_[f] = std::max(unmet_[f], not_met[f]);
  const auto counting = counting_features(rows.space(), coefficients);
  const auto stagnant = stagnant_squares(field, represented_degrees(rows.space(), counting));
  stagnant_.resize(stagnant.size());
  for (std::size_t f = 0; f < stagnant.size(); ++f) stagnant_[f] += stagnant[f];
  for (auto& answer : change.uncertain) {
    answer.complete();
    answer.add(1, better);
    add_uncertainty(better, answer, 1);
  }
  corrected_.push_back({std::move(better), safety * more});
}

void ErrorEstimates::put(Record& record) const {
  record.numbers["estimates_converged"] = {converged_ ? 1.0 : 0.0};
  record.numbers["estimates_squares"] = squares_;
  record.numbers["estimates_stagnant"] = stagnant_;
  record.numbers["estimates_unmet"] = unmet_;
  record.numbers["estimates_supposed"] = supposed_;
  for (const auto& [name, relative] : fresh_) {
    record.texts["estimates_fresh_of"] += name + "\n";
    record.numbers["estimates_fresh"].push_back(relative);
  }
  record.blocks["estimates_uncertain"][comm_.rank()] = uncertain_;
  auto& worst = record.numbers["estimates_worst"];
  for (const auto& [core, square, share] : worst_) {
    worst.insert(worst.end(), {square, share, static_cast<double>(core.dimension)});
    worst.insert(worst.end(), core.lower.begin(), core.lower.end());
    worst.insert(worst.end(), core.upper.begin(), core.upper.end());
  }
  auto& sums = record.blocks["estimates_sums"][comm_.rank()];
  for (const auto& [square, sum, measure] : sums_) sums.insert(sums.end(), {square, sum, measure});
}

void ErrorEstimates::put_corrected(Record& record) const {
  record.numbers["factor"] = {corrected_.back().factor};
  record.numbers["made"] = {corrections_.made() ? 1.0 : 0.0};
  put_field(corrected_.back().field, "coefficients", record);
}

void ErrorEstimates::get_corrected(const Record& record, const Journal& journal, const Rows& rows,
                                   const Field& field, long long coefficients,
                                   const std::vector<Derivative>& continued,
                                   const std::shared_ptr<const LinearProblem>& solved) {
  const auto rich_space = rich_space_of(rows, coefficients);
  if (solved && record.number("made") != 0) {
    auto rich = rich_rows(rows, field, rich_space, continued);
    corrections_.make(rich, solved);
  }
  auto& corrected = corrected_.emplace_back(Field(rich_space), record.number("factor"));
  get_field(corrected.field, "coefficients", record, journal);
}

void ErrorEstimates::get(const Record& record, const std::vector<std::string>& fields) {
  fields_ = fields;
  converged_ = record.number("estimates_converged") != 0;
  squares_ = record.numbers.at("estimates_squares");
  stagnant_ = record.numbers.at("estimates_stagnant");
  unmet_ = record.numbers.at("estimates_unmet");
  supposed_ = record.numbers.at("estimates_supposed");
  fresh_.clear();
  if (const auto found = record.texts.find("estimates_fresh_of"); found != record.texts.end()) {
    std::istringstream names(found->second);
    auto relative = record.numbers.at("estimates_fresh").begin();
    for (std::string name; std::getline(names, name);) fresh_[name] = *relative++;
  }
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
  uncertain_.clear();
  for (const auto& [rank, squares] : record.blocks.at("estimates_uncertain")) {
    uncertain_.resize(squares.size());
    for (std::size_t f = 0; f < squares.size(); ++f) uncertain_[f] += squares[f];
  }
}

void ErrorEstimates::measure(const Field& field, const Field& better, double factor) {
  const auto& decomposition = field.space().decomposition();
  fields_ = field.space().model().fields;
  sums_.resize(fields_.size());
  worst_.resize(fields_.size());
  squares_.resize(fields_.size());
  supposed_.resize(fields_.size());
  for (std::size_t f = 0; f < fields_.size(); ++f)
    supposed_[f] = std::max(supposed_[f], field.space().family().size(f));
  std::vector<std::vector<double>> errors(fields_.size(), std::vector<double>(decomposition.cores(), 0.0));
  for_values(field, better, quadrature_counts(better.space()),
             [&](int k, std::size_t f, double weight, double value, double corrected) {
               errors[f][k] += weight * std::pow(factor * (corrected - value), 2);
               sums_[f].square += weight * value * value;
               sums_[f].sum += weight * value;
               sums_[f].measure += weight;
             });
  for (std::size_t f = 0; f < errors.size(); ++f) {
    sum(comm_, errors[f]);
    squares_[f] += std::accumulate(errors[f].begin(), errors[f].end(), 0.0);
    const auto largest = std::ranges::max_element(errors[f]) - errors[f].begin();
    if (worst_[f].square <= errors[f][largest]) worst_[f] = {decomposition[largest].core, errors[f][largest]};
  }
}

void ErrorEstimates::add_uncertainty(const Field& field, const Field& changed, double factor) {
  uncertain_.resize(field.space().model().fields.size());
  for_values(field, changed, quadrature_counts(field.space()),
             [&](int, std::size_t f, double weight, double value, double other) {
               uncertain_[f] += weight * std::pow(factor * (other - value), 2);
             });
}

ErrorEstimates::Worst ErrorEstimates::worst(std::size_t field) const {
  auto worst = worst_[field];
  worst.share = relative(worst.square, squares_[field]);
  return worst;
}

std::vector<ErrorEstimate> ErrorEstimates::result() const {
  auto uncertain = uncertain_;
  sum(comm_, uncertain);
  std::vector<ErrorEstimate> result;
  for (std::size_t f = 0; f < sums_.size(); ++f) {
    const double of_unknowns = f < uncertain.size() ? sure * std::sqrt(uncertain[f]) : 0;
    const double square = sum(comm_, sums_[f].square), total = sum(comm_, sums_[f].sum),
                 measure = sum(comm_, sums_[f].measure);
    const double size = counting_norm(std::sqrt(square), supposed_[f], measure);
    const double varies = measure > 0 ? std::sqrt(std::max(0.0, square - total * total / measure)) : 0;
    const double variation = std::max(varies, least_variation * size);
    const double rough = safety * std::max(std::sqrt(stagnant_[f]), unmet_[f] * variation);
    const double smooth = safety * std::sqrt(squares_[f]);
    const double error = std::hypot(std::max(smooth, rough), of_unknowns);
    result.push_back({fields_[f], relative(error, size), relative(error, variation),
                      relative(of_unknowns, size), rough > smooth});
  }
  return result;
}

}  // namespace ddpinn
