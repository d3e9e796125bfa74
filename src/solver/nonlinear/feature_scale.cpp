// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "solver/nonlinear/feature_scale.hpp"

#include "assembly/box_rows.hpp"
#include "assembly/compression.hpp"
#include "dense/lapack.hpp"
#include "parallel/agree.hpp"
#include "parallel/square_sum.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <type_traits>

namespace ddpinn {

namespace {

constexpr std::array ladder_of_all{0.2, 0.3, 0.5, 0.7, 1.0, 1.5, 2.0, 3.0, 5.0, 8.0, 12.0, 20.0};
/// But for sines, whose frequencies can be those of the solution, features of larger scales are rough.
constexpr std::size_t of_others = 8;

/// The scales that networks of this shape try, ascending.
std::vector<double> ladder(const NetworkShape& shape) {
  const auto count = shape.activation == Activation::sin ? ladder_of_all.size() : of_others;
  return {ladder_of_all.begin(), ladder_of_all.begin() + count};
}

constexpr int representatives = 6;
/// The scale is a property of the problem: networks of one seed try it, whatever the seed of the solution's,
/// so that seeds differ in their features only.
constexpr std::uint64_t seed_of_trials = 1;
constexpr double rounding = 1e-20;  ///< squared, of right-hand sides

/// A local problem at points all over its box, linearised about some fields, for the whole solution. Near the
/// ends of its box the network need not be accurate, so rows are weighted by its window.
class WindowedProblem {
 public:
  /// @param wanted number of points inside the box, about
  WindowedProblem(const Space& space, int k, double wanted, Sampling sampling, std::uint64_t seed)
      : rows_(space, draw_box(space.model(), space.decomposition(), {k},
                              density(space.model().dimension(), wanted, sampling, seed))) {}

  const std::vector<PointGroup>& groups() const { return rows_.rows().groups; }

  void linearise() { linearise(rows_.lift()); }
  /// @param fields by group
  void linearise(const std::vector<FieldValues>& fields) {
    take_given(fields);
    rows_.set_weights(fields);
    taper_weights();
    linear_ = rows_.linearise(fields);
    linear_.residual = rows_.linear_rows_at_lift(linear_, fields);
  }

  /// Where the network is zero.
  const std::vector<double>& residual() const { return linear_.residual; }
  Matrix jacobian(const FeatureNetwork& network) const {
    return rows_.jacobian(rows_.blocks().front(), network, linear_);
  }

 private:
  static BoxPoints density(int dimension, double wanted, Sampling sampling, std::uint64_t seed) {
    const int count = std::max(2, static_cast<int>(std::ceil(std::pow(wanted, 1.0 / dimension))));
    return {std::vector<int>(dimension, count), count, sampling, seed};
  }

  void take_given(const std::vector<FieldValues>&);
  void taper_weights();

  Rows rows_;
  Linearisation linear_;
};

/// Rows of continuity with what was before (time_slabs.hpp): takes it from these fields, so that they hold.
void WindowedProblem::take_given(const std::vector<FieldValues>& fields) {
  for (std::size_t g = 0; g < fields.size(); ++g) {
    auto columns = groups()[g].given;
    for (const auto& statement : groups()[g].statements->statements) {
      const auto& arguments = statement.residual.arguments();
      const auto given = std::ranges::find(arguments, Argument::Kind::given, &Argument::kind);
      const auto field = std::ranges::find(arguments, Argument::Kind::field, &Argument::kind);
      if (given == arguments.end() || field == arguments.end()) continue;
      const auto& derivatives = groups()[g].derivatives;
      columns[given->index] =
          fields[g][std::ranges::find(derivatives, field->derivative) - derivatives.begin()];
    }
    rows_.set_given(g, std::move(columns));
  }
}

/// Multiplies the weights by the window: how much of a windowed sum the network is at a point.
void WindowedProblem::taper_weights() {
  const auto& decomposition = rows_.decomposition();
  const int k = rows_.blocks().front().subdomain;
  for (std::size_t g = 0; g < groups().size(); ++g) {
    std::vector<double> window;
    for (const auto& x : groups()[g].points.x) {
      window.push_back(0);
      for (const auto& cover : decomposition.cover(x, decomposition[k].sides))
        if (cover.subdomain == k) window.back() += cover.window_jet({});
    }
    rows_.scale_weights(g, window);
  }
}

using Problems = std::vector<WindowedProblem>;
/// A copy would refer to the points of the original.
static_assert(std::is_nothrow_move_constructible_v<WindowedProblem>);

/// Fields at the points of all problems of this rank: by problem and group. @note Collective.
std::vector<std::vector<FieldValues>> fields_at(const Problems& problems, const Model& model,
                                                const DerivativesAt& about) {
  std::vector<std::vector<FieldValues>> result(problems.size());
  std::size_t g = 0;
  for (const auto& statements : model.groups) {
    if (statements.is_data()) continue;
    std::vector<Point> points;
    for (const auto& problem : problems) {
      const auto& own = problem.groups()[g].points.x;
      points.insert(points.end(), own.begin(), own.end());
    }
    const auto values = about(points, statements.derivatives());
    auto begin = std::ptrdiff_t{0};
    for (std::size_t p = 0; p < problems.size(); ++p) {
      const auto end = begin + std::ssize(problems[p].groups()[g].points.x);
      auto& fields = result[p].emplace_back();
      for (const auto& column : values) fields.emplace_back(column.begin() + begin, column.begin() + end);
      begin = end;
    }
    ++g;
  }
  return result;
}

/// @note Collective.
void linearise(const Communicator& comm, const Model& model, const DerivativesAt& about, Problems& problems) {
  const auto fields = about ? fields_at(problems, model, about) : std::vector<std::vector<FieldValues>>{};
  collectively(comm, [&] {
    for (std::size_t p = 0; p < problems.size(); ++p)
      about ? problems[p].linearise(fields[p]) : problems[p].linearise();
  });
}

/// Fits the network to one set of rows, and returns what is left at another, of points that it has not seen.
double misfit(const WindowedProblem& fitted, const WindowedProblem& fresh, const FeatureNetwork& network) {
  constexpr double tolerance = 1e-11;
  const auto jacobian = fitted.jacobian(network);
  const auto transform = orthonormalising_transform(qr_factor(jacobian), tolerance, jacobian.columns());
  const auto basis = product(Op::none, jacobian, Op::none, transform);
  std::vector<double> y(transform.columns()), c(transform.rows()), remainder = fitted.residual(),
                                                                   left = fresh.residual();
  // The basis is orthonormal up to rounding over the smallest singular value: projecting once more makes up
  // for that.
  for (int pass = 0; pass < 3; ++pass) {
    multiply(-1, Op::transpose, basis, remainder.data(), 1, y.data());
    remainder = fitted.residual();
    multiply(1, Op::none, basis, y.data(), 1, remainder.data());
  }
  multiply(1, Op::none, transform, y.data(), 0, c.data());
  multiply(1, Op::none, fresh.jacobian(network), c.data(), 1, left.data());
  return square_sum(left);
}

/// The subdomains with the largest right-hand sides on their boxes, on every rank.
std::vector<int> choose_representatives(const Space& space, const DerivativesAt& about) {
  constexpr double few_points = 64;
  const auto& comm = space.communicator();
  const auto& model = space.model();
  const auto& decomposition = space.decomposition();
  std::vector<double> size(decomposition.size(), 0.0);
  std::vector<int> order, own;
  Problems problems;
  collectively(comm, [&] {
    for (int k = 0; k < decomposition.size(); ++k) {
      if (!decomposition[k].live || decomposition[k].level > 0) continue;
      order.push_back(k);
      if (!space.owns(k)) continue;
      own.push_back(k);
      problems.emplace_back(space, k, few_points, Sampling::gauss, seed_of_trials);
    }
  });
  linearise(comm, model, about, problems);
  for (std::size_t i = 0; i < own.size(); ++i) size[own[i]] = square_sum(problems[i].residual());
  sum(comm, size);
  std::ranges::stable_sort(order, std::ranges::greater{}, [&](int k) { return size[k]; });
  order.resize(std::min<std::size_t>(order.size(), representatives));
  return order;
}

/// The scale with the smallest misfit; of those that are about as good, the one nearest to what is best in
/// most cases.
double best(const std::vector<ScaleTrial>& trials) {
  constexpr double usual = 0.7, about_as_good = 2;
  const double least = std::ranges::min(trials, {}, &ScaleTrial::misfit).misfit;
  double scale = 0;
  for (const auto& trial : trials)
    if (trial.misfit <= about_as_good * least &&
        (scale == 0 || std::abs(std::log(trial.scale / usual)) < std::abs(std::log(scale / usual))))
      scale = trial.scale;
  return scale;
}

/// Those of a range about a family's scale: near it, those of the ladder at it and next to it.
std::vector<double> scales_of(ScaleRange range, const NetworkFamily& family) {
  if (range == ScaleRange::own) return {family.scale};
  const auto all = ladder(family.shape);
  if (range == ScaleRange::all) return all;
  const auto at = std::ranges::lower_bound(all, family.scale * (1 - 1e-9)) - all.begin();
  std::vector<double> result;
  for (auto i = std::max<std::ptrdiff_t>(0, at - 1); i <= at + 1 && i < std::ssize(all); ++i)
    result.push_back(all[i]);
  return result;
}

}  // namespace

double choose_scale(const Space& space, std::vector<ScaleTrial>& trials, const DerivativesAt& about,
                    ScaleRange range) {
  const auto& comm = space.communicator();
  const auto& model = space.model();
  const auto& family = space.family();
  if (range != ScaleRange::own && !kind_of(family.shape)->has_scale()) return family.scale;
  const double columns = family.shape.features() * model.fields.size();
  const auto scales = scales_of(range, family);
  std::vector<double> misfits(scales.size(), 0.0);
  double given = 0;
  const auto chosen = choose_representatives(space, about);
  std::vector<int> own;
  Problems fitted, fresh;
  collectively(comm, [&] {
    for (std::size_t i = 0; i < chosen.size(); ++i) {
      if (static_cast<int>(i) % comm.size() != comm.rank()) continue;
      own.push_back(chosen[i]);
      fitted.emplace_back(space, chosen[i], 3 * columns, Sampling::gauss, seed_of_trials);
      fresh.emplace_back(space, chosen[i], 2 * columns, Sampling::random, seed_of_trials + 1);
    }
  });
  linearise(comm, model, about, fitted);
  linearise(comm, model, about, fresh);
  collectively(comm, [&] {
    for (std::size_t i = 0; i < own.size(); ++i) {
      given += square_sum(fresh[i].residual());
      for (std::size_t s = 0; s < scales.size(); ++s)
        misfits[s] += misfit(fitted[i], fresh[i],
                             {family.shape, scales[s], seed_of_trials, static_cast<std::uint64_t>(own[i])});
    }
  });
  sum(comm, misfits);
  given = sum(comm, given);
  for (std::size_t s = 0; s < scales.size(); ++s)
    trials.push_back({scales[s], misfits[s] + rounding * given, given});
  return best(trials);
}

}  // namespace ddpinn
