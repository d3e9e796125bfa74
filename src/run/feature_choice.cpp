// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "run/one_solve.hpp"

#include "assembly/field_sizes.hpp"
#include "network/feature_network.hpp"
#include "parallel/agree.hpp"
#include "plan/refinement.hpp"
#include "problem/affine.hpp"
#include "problem/model.hpp"
#include "problem/weak_forms.hpp"
#include "run/level.hpp"
#include "run/parts.hpp"
#include "run/time_part.hpp"
#include "solver/nonlinear/feature_scale.hpp"
#include "solver/nonlinear/fitted_solution.hpp"
#include "solver/training/training.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>

namespace ddpinn {

namespace {

bool gives(const CaseFile& file, std::initializer_list<std::string> keys) {
  return std::ranges::any_of(keys, [&](const auto& key) { return file.given.contains(key); });
}

/// The highest total degree of which there are no more polynomials than this; none below the order of the
/// equations.
std::optional<int> degree_of_as_many(int dimension, int order, std::size_t features) {
  const int least = std::max(2, order);
  if (monomials(dimension, least).size() > features) return {};
  int degree = least;
  while (degree < highest_degree(dimension, order) && monomials(dimension, degree + 1).size() <= features)
    ++degree;
  return degree;
}

/// Of networks with hidden layers, their polynomials included.
std::size_t count_features(const NetworkOptions& network, int dimension, int order) {
  const auto& degrees = network.polynomial_degree;
  const auto polynomials = degrees.size() > 1
                               ? monomials(degrees)
                               : monomials(dimension, degrees.empty() ? std::max(2, order) : degrees.front());
  return static_cast<std::size_t>(network.hidden.back()) + polynomials.size();
}

/// So many that all features count beside the conditions (most_unknowns), in one direction as many as there
/// is any use for.
std::vector<int> points_for_features(const Problem& problem, std::size_t features) {
  constexpr double more = 1.15;
  constexpr int most_on_a_line = 40;
  const auto dimension = problem.domain.coordinates.size();
  const double columns = static_cast<double>(features * problem.fields.size()) /
                         static_cast<double>(std::max<std::size_t>(1, problem.equations.size()));
  const double count = std::ceil(more * std::pow(columns, 1.0 / static_cast<double>(dimension)));
  return std::vector<int>(dimension, std::min(static_cast<int>(count), most_on_a_line));
}

/// Where the case leaves them open, no fewer than these.
void raise_points(const std::vector<int>& wanted, CaseFile& file) {
  auto& points = file.options.points;
  if (!gives(file, {"points.interior", "points.sampling"}))
    for (std::size_t d = 0; d < wanted.size(); ++d)
      points.interior[d] = std::max(points.interior[d], wanted[d]);
  if (!gives(file, {"points.boundary"}))
    points.boundary = std::max(points.boundary, std::ranges::max(wanted));
}

/// Trials of the candidates, and what they say.
class FeatureChoice {
 public:
  FeatureChoice(const CaseFile& file, const Communicator& comm, const Monitor& monitor)
      : file_(file), comm_(comm), monitor_(monitor), candidates_(feature_candidates(file)) {}

  const CaseFile& first() const { return candidates_.front().file; }

  /// @param about the solution of a nonlinear problem, with the first candidate; null of a linear one
  CaseFile best(const Field* about) {
    auto& journal = journal_of(monitor_);
    const auto* record = journal.take("features");
    if (!record) {
      try_all(about);
      tell();
      journal.put("features", {.numbers = {{"chosen", {1.0 * chosen_}}, {"scale", {scale_}}}});
    } else {
      chosen_ = static_cast<std::size_t>(record->number("chosen"));
      scale_ = record->number("scale");
    }
    auto file = candidates_[chosen_].file;
    if (scale_ > 0 && !about) file.options.network.scale = scale_;
    return file;
  }

 private:
  struct Trial {
    double misfit = std::numeric_limits<double>::infinity();  ///< square, relative
    double scale = 0;                                         ///< zero: it has none
  };

  Trial attempt(const CaseFile& file, const Field* about) const {
    TimePart part(file, 0, comm_);
    auto family = part.space().family();
    if (about) family.sizes = about->space().family().sizes;
    part.discretise(family, nullptr);
    auto& rows = part.discretisation();
    if (!about && family.sizes.size() > 1) rows.set_sizes(supposed_sizes(rows));
    const bool open = needs_scale(file.options);
    std::vector<ScaleTrial> trials;
    const double scale = choose_scale(rows.space(), trials, about ? derivatives_of(*about) : DerivativesAt{},
                                      open ? ScaleRange::all : ScaleRange::own);
    const auto best = std::ranges::find(trials, scale, &ScaleTrial::scale);
    if (best == trials.end() || best->given == 0) return {0, 0};
    return {best->misfit / best->given, open ? scale : 0};
  }

  void try_all(const Field* about) {
    constexpr double about_as_good = 4;  // squared
    const auto timed = start_phase(monitor_, "features");
    for (const auto& candidate : candidates_) trials_.push_back(attempt(candidate.file, about));
    const double least = std::ranges::min(trials_, {}, &Trial::misfit).misfit;
    const auto best = std::ranges::find_if(
        trials_, [&](const Trial& trial) { return trial.misfit <= about_as_good * least; });
    if (best == trials_.end()) return;  // nothing can be told
    chosen_ = static_cast<std::size_t>(best - trials_.begin());
    scale_ = best->scale;
  }

  void tell() const {
    if (comm_.rank() > 0 || !monitor_.message) return;
    std::vector<std::string> all;
    for (std::size_t i = 0; i < trials_.size(); ++i)
      all.push_back(fmt::format("{} {:.1e}", candidates_[i].what, std::sqrt(trials_[i].misfit)));
    monitor_.message(
        fmt::format("features: {} (of the statements of single subdomains, at fresh points, "
                    "trials leave: {})",
                    candidates_[chosen_].what, fmt::join(all, ", ")));
  }

  const CaseFile& file_;
  const Communicator& comm_;
  const Monitor& monitor_;
  std::vector<FeatureCandidate> candidates_;
  std::vector<Trial> trials_;
  std::size_t chosen_ = 0;
  double scale_ = 0;
};

}  // namespace

bool chooses_features(const CaseFile& file) { return file.options.network.kind == "auto"; }

std::vector<FeatureCandidate> feature_candidates(const CaseFile& file) {
  std::vector<FeatureCandidate> result;
  const auto model = compile(file.problem);
  const int dimension = model.dimension();
  auto fixed = file;
  fixed.options.network.kind = "mlp";
  const auto& network = fixed.options.network;
  const auto features = count_features(network, dimension, model.order);
  const bool open =
      !file.options.solver.trains() &&
      !gives(file, {"network.hidden", "network.activation", "network.scale", "network.polynomial_degree"});
  if (const auto degree = open ? degree_of_as_many(dimension, model.order, features) : std::nullopt) {
    auto& polynomials =
        result.emplace_back(FeatureCandidate{fmt::format("polynomials of degree {}", *degree), fixed}).file;
    polynomials.options.network.hidden = {0};
    polynomials.options.network.polynomial_degree = std::vector<int>(dimension, *degree);
    raise_points(points_for(file.problem, polynomials.options.network.polynomial_degree), polynomials);
  }
  raise_points(points_for_features(file.problem, features), fixed);
  const auto given = network.activation;
  for (const auto activation : {Activation::tanh, Activation::sin}) {
    fixed.options.network.activation = gives(file, {"network.activation"}) ? given : activation;
    result.push_back({std::string(spelling(fixed.options.network.activation)), fixed});
    if (gives(file, {"network.activation"})) break;
  }
  return result;
}

Solved solve_with_chosen_features(const CaseFile& file, MPI_Comm ranks, const Monitor& monitor,
                                  const OneSolve& how) {
  const Communicator comm(ranks);
  auto timers = how.timers;
  auto listening = monitor;
  listening.timers = &timers;
  FeatureChoice choice(file, comm, listening);
  auto next = how;
  if (is_weak(file.problem)) return solve_once(choice.first(), ranks, monitor, how);
  if (is_affine(file.problem)) {
    const auto chosen = choice.best(nullptr);
    next.timers = timers;
    return solve_once(chosen, ranks, monitor, next);
  }
  auto first = [&] {
    const auto scope = journal_of(monitor).enter("first_features");
    return solve_once(choice.first(), ranks, monitor, how);
  }();
  if (!first.result.finished || first.result.stopped) return first;
  timers = first.fields.parts().timers;
  const auto chosen = choice.best(&first.fields.parts().slabs.front());
  if (chosen.options.network.activation == choice.first().options.network.activation &&
      chosen.options.network.hidden == choice.first().options.network.hidden)
    return first;
  next.timers = timers;
  next.start = fields_of(first);
  const auto scope = journal_of(monitor).enter("chosen_features");
  return solve_once(chosen, ranks, monitor, next);
}

}  // namespace ddpinn
