// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "problem/weak_forms.hpp"

#include "base/random.hpp"
#include "problem/expression/scope.hpp"
#include "problem/first_order.hpp"
#include "problem/time_slabs.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <utility>

namespace ddpinn {

namespace {

constexpr std::string_view time_name = "t";

bool is_field(const Argument& argument) { return argument.kind == Argument::Kind::field; }

/// Adds F for one of the variations.
void add(WeakForm& form, const Derivative& of, const std::string& name, Expression stress,
         const Location& at) {
  form.of.push_back(of);
  form.stress.push_back({name, Residual(std::move(stress)), {}, at});
}

/// Everything that F depends on is varied, if only with zero; then what is curved is known.
void complete(WeakForm& form, const std::string& name, const Scope& scope, const Location& at) {
  std::vector<Derivative> read;
  for (const auto& stress : form.stress)
    for (const auto& argument : stress.residual.arguments())
      if (is_field(argument)) read.push_back(argument.derivative);
  for (const auto& derivative : read)
    if (std::ranges::find(form.of, derivative) == form.of.end())
      add(form, derivative, name, Expression({"0", at}, scope), at);
  for (std::size_t n = 0; n < form.of.size(); ++n)
    if (form.stress[n].residual.uses_fields() || std::ranges::find(read, form.of[n]) != read.end())
      form.curved.push_back(n);
  if (!form.curved.empty()) return;
  form.curved.resize(form.of.size());
  std::iota(form.curved.begin(), form.curved.end(), std::size_t{0});
}

void add_switches(WeakForm& form, const Expression& expression) {
  for (auto& found : expression.switches()) form.switches.push_back(std::move(found));
}

}  // namespace

namespace {

bool is_weak(const Problem& problem, const Conservation& law) {
  return law.solve && !is_first_order(problem, law);
}

}  // namespace

bool is_weak(const Problem& problem) {
  return !problem.energies.empty() || std::ranges::any_of(problem.conservation, [&](const Conservation& law) {
    return is_weak(problem, law);
  });
}

namespace {

bool is_quadratic(const Problem& problem, const Energy& energy) {
  const Expression density(energy.density, energy_scope(problem, energy));
  return std::ranges::all_of(density.arguments(), [&](const Argument& argument) {
    return !argument.sought() || density.derivative(argument).affine_in_fields();
  });
}

bool is_affine_law(const Problem& problem, const Conservation& law) {
  const auto scope = residual_scope(problem, false);
  const auto affine = [&](const Text& text) { return Expression(text, scope).affine_in_fields(); };
  return (!law.source || affine(*law.source)) &&
         std::ranges::all_of(law.flux, [&](const auto& entry) { return affine(entry.second); });
}

}  // namespace

bool has_affine_variation(const Problem& problem) {
  const auto scope = residual_scope(problem, true);
  return std::ranges::all_of(problem.energies,
                             [&](const Energy& energy) { return is_quadratic(problem, energy); }) &&
         std::ranges::all_of(problem.conservation,
                             [&](const Conservation& law) {
                               return !is_weak(problem, law) || is_affine_law(problem, law);
                             }) &&
         std::ranges::all_of(problem.natural, [&](const NaturalCondition& natural) {
           return Expression(natural.flux, scope).affine_in_fields();
         });
}

bool falls_in_time(const Problem& problem) {
  const int t = time_direction(problem);
  return t >= 0 && std::ranges::any_of(problem.energies, [&](const Energy& energy) {
           const Expression density(energy.density, energy_scope(problem, energy));
           return std::ranges::any_of(density.arguments(), [&](const Argument& argument) {
             return is_field(argument) && argument.derivative.alpha[t] > 0;
           });
         });
}

namespace {

/// What a density depends on by what is varied instead: itself, and of rates what they are the rate of.
std::vector<std::pair<Derivative, std::vector<Argument>>> variations(const Problem& problem,
                                                                     const Expression& density) {
  const int t = time_direction(problem);
  const bool falls = falls_in_time(problem);
  std::vector<std::pair<Derivative, std::vector<Argument>>> result;
  for (const auto& argument : density.arguments()) {
    if (!is_field(argument)) continue;
    auto of = argument.derivative;
    if (falls && of.alpha[t] > 0) --of.alpha[t];
    auto found = std::ranges::find(result, of, [](const auto& entry) { return entry.first; });
    if (found == result.end()) found = result.insert(found, {of, {}});
    found->second.push_back(argument);
  }
  return result;
}

}  // namespace

WeakForm weak_form(const Problem& problem, const Energy& energy) {
  const auto scope = energy_scope(problem, energy);
  const Expression density(energy.density, scope);
  WeakForm form;
  if (!falls_in_time(problem))
    form.density = Statement{energy.name, Residual(density), {}, energy.density.at};
  for (const auto& [of, arguments] : variations(problem, density))
    add(form, of, energy.name, density.derivative(arguments), energy.density.at);
  add_switches(form, density);
  complete(form, energy.name, scope, energy.density.at);
  return form;
}

namespace {

/// Values for the arguments of a flux at scattered points: fields of both signs and about this size.
std::vector<std::vector<double>> samples(const Problem& problem, const std::vector<Argument>& arguments,
                                         double size, std::size_t count) {
  std::vector<std::vector<double>> columns;
  for (std::size_t a = 0; a < arguments.size(); ++a) {
    Random random(29, a);
    auto& column = columns.emplace_back();
    const auto d = static_cast<std::size_t>(arguments[a].index);
    for (std::size_t i = 0; i < count; ++i) {
      const double share = random.uniform();
      if (arguments[a].kind == Argument::Kind::coordinate)
        column.push_back(std::lerp(problem.domain.lower[d], problem.domain.upper[d], share));
      else if (arguments[a].kind == Argument::Kind::unknown)
        column.push_back(problem.unknowns[d].initial);
      else
        column.push_back(size * (2 * share - 1));
    }
  }
  return columns;
}

/// How the fluxes of a law depend on the gradient of a field.
struct Slope {
  bool there = false;
  bool rises = false;  ///< wherever it was looked at, for fields of all sizes
};

Slope slope(const Problem& problem, const Conservation& law, int field) {
  constexpr std::size_t count = 64;
  Slope result;
  bool falls = false;
  for (const double size : {1e-3, 1.0, 1e3}) {
    double sum = 0;
    for (const auto& [coordinate, text] : law.flux) {
      if (coordinate == time_name) continue;
      const Expression flux(text, residual_scope(problem, false));
      const auto& names = problem.domain.coordinates;
      Derivative own{field, {}};
      own.alpha[std::ranges::find(names, coordinate) - names.begin()] = 1;
      const auto columns = samples(problem, flux.arguments(), size, count);
      const std::vector<std::span<const double>> spans(columns.begin(), columns.end());
      const auto linear = flux.linearise(spans, count);
      for (std::size_t a = 0; a < columns.size(); ++a)
        if (is_field(flux.arguments()[a]) && flux.arguments()[a].derivative == own)
          for (double value : linear.derivative[a])
            if (std::isfinite(value)) sum += value;
    }
    result.there = result.there || sum != 0;
    result.rises = result.rises || sum > 0;
    falls = falls || sum < 0;
  }
  result.rises = result.rises && !falls;
  return result;
}

/// What comes into being but for what is stored.
std::optional<Text> whole_source(const Conservation& law) {
  const auto density = law.flux.find(std::string(time_name));
  if (density == law.flux.end()) return law.source;
  const auto& [value, at] = density->second;
  return Text{fmt::format("{} - d({}, t)", law.source ? "(" + law.source->value + ")" : "0", value), at};
}

}  // namespace

SolvedLaws::SolvedLaws(const Problem& problem) : problem_(problem) {
  std::vector<std::vector<Slope>> slopes;
  for (const auto& law : problem.conservation) {
    if (!law.solve) continue;
    laws_.push_back({&law});
    auto& of_law = slopes.emplace_back();
    for (std::size_t f = 0; f < problem.fields.size(); ++f) of_law.push_back(slope(problem, law, f));
  }
  // The first of the orders in which the most laws depend on their field's gradient.
  std::vector<std::size_t> order(laws_.size()), best;
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::ptrdiff_t most = -1;
  do {
    std::ptrdiff_t count = 0;
    for (std::size_t i = 0; i < order.size(); ++i)
      count += order[i] < problem.fields.size() && slopes[i][order[i]].there ? 1 : 0;
    if (count > most) {
      most = count;
      best = order;
    }
  } while (std::ranges::next_permutation(order).found);
  for (std::size_t i = 0; i < laws_.size(); ++i) {
    laws_[i].field = best[i];
    laws_[i].rising = best[i] < problem.fields.size() && slopes[i][best[i]].rises;
  }
}

const SolvedLaws::Law& SolvedLaws::law(const std::string& name) const {
  const auto found = std::ranges::find_if(laws_, [&](const Law& law) { return law.law->name == name; });
  return found == laws_.end() ? laws_.front() : *found;
}

WeakForm SolvedLaws::form(const Conservation& conservation) const {
  const auto& own = law(conservation.name);
  const auto scope = residual_scope(problem_, false);
  const std::string sign = own.rising ? "" : "-";
  WeakForm form;
  const auto take = [&](const Text& text, const Derivative& of) {
    const Expression stress({sign + "(" + text.value + ")", text.at}, scope);
    add(form, of, conservation.name, stress, text.at);
    add_switches(form, stress);
  };
  for (std::size_t d = 0; d < problem_.domain.coordinates.size(); ++d) {
    const auto& name = problem_.domain.coordinates[d];
    Derivative of{own.field, {}};
    of.alpha[d] = 1;
    const auto found = conservation.flux.find(name);
    if (found != conservation.flux.end() && name != time_name) take(found->second, of);
  }
  if (const auto source = whole_source(conservation)) take(*source, {own.field, {}});
  complete(form, conservation.name, scope, conservation.at);
  return form;
}

WeakForm SolvedLaws::form(const NaturalCondition& natural) const {
  const auto& own = law(natural.conservation);
  const auto scope = residual_scope(problem_, true);
  const std::string sign = own.rising ? "-" : "";
  const Expression stress({sign + "(" + natural.flux.value + ")", natural.flux.at}, scope);
  WeakForm form;
  add(form, {own.field, {}}, natural.name, stress, natural.flux.at);
  add_switches(form, stress);
  complete(form, natural.name, scope, natural.at);
  return form;
}

}  // namespace ddpinn
