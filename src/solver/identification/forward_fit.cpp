// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "solver/identification/forward_fit.hpp"

#include "parallel/agree.hpp"
#include "parallel/square_sum.hpp"
#include "solver/linear/border.hpp"
#include "solver/nonlinear/newton_rules.hpp"

#include <fmt/format.h>
#include <algorithm>
#include <cmath>
#include <limits>

namespace ddpinn {

namespace {

/// Step of a difference relative to the size of an unknown: about the root of the accuracy of solutions.
constexpr double relative_difference = 1e-3;

/// Relative change of the fields, by an unknown that changes by its own size, below which it is rounding.
constexpr double rounding = 1e-6;

/// Least size of an unknown relative to its unit: near zero, and with tiny standard errors, differences of
/// solutions would be their rounding.
constexpr double least_size = 1e-3;

/// Steps of so many standard errors are nothing beside what training leaves to chance.
constexpr double settled = 0.1;
constexpr int most_trainings = 4;

constexpr int most_iterations = 50;

/// A typical size of an unknown: its initial value, the width of its bounds where that is zero, or 1.
double unit_of(const Unknown& unknown) {
  if (unknown.initial != 0) return std::abs(unknown.initial);
  const double width = unknown.upper - unknown.lower;
  return std::isfinite(width) ? width : 1;
}

class Fitter {
 public:
  Fitter(const Communicator& comm, const std::vector<Unknown>& unknowns, const Observations& observations,
         const ForwardModel& forward)
      : comm_(comm), unknowns_(unknowns), observations_(observations), forward_(forward) {}

  Fit run(const std::function<void(const Fit&)>& report) {
    for (const auto& unknown : unknowns_) fit_.values.push_back(unknown.initial);
    fit_.standard_errors.assign(unknowns_.size(), std::numeric_limits<double>::infinity());
    fit_.stop_reason = "stopped by a signal or the time limit";
    if (!make_networks()) return fit_;
    for (;;) {
      const auto border = linearise();
      if (!border) break;
      const auto step = next_step(*border);
      ++fit_.iterations;
      report(fit_);
      if (is_small(*border, step)) {
        if (is_final()) break;
        if (!make_networks()) break;
      } else if (!move(*border, step)) {
        break;
      }
      if (fit_.iterations >= most_iterations) {
        fit_.stop_reason = fmt::format("{} iterations of the unknowns taken", fit_.iterations);
        break;
      }
    }
    return fit_;
  }

 private:
  /// For the present values. @returns false where that was stopped
  bool make_networks() {
    auto misfits = forward_.misfits(fit_.values, true);
    if (!misfits) return false;
    keep(std::move(*misfits));
    ++trainings_;
    trained_here_ = true;
    return true;
  }

  void keep(std::vector<double> misfits) {
    misfits_ = std::move(misfits);
    fit_.square = square_sum(comm_, misfits_);
    forward_.keep();
  }

  double size(std::size_t i) const {
    const double unit = unit_of(unknowns_[i]);
    return std::max(std::abs(fit_.values[i]), std::clamp(fit_.standard_errors[i], least_size * unit, unit));
  }

  /// Of the difference by an unknown, within its bounds.
  double difference(std::size_t i) const {
    const double h = relative_difference * size(i), value = fit_.values[i];
    const double up = unknowns_[i].upper - value, down = value - unknowns_[i].lower;
    if (up >= h) return h;
    return down >= h || down > up ? -std::min(h, down) : up;
  }

  /// The derivatives of the misfits; empty where the solutions were stopped.
  std::optional<Border> linearise() const {
    std::vector<std::vector<double>> columns;
    std::vector<double> negligible;
    const double square = observations_.square();
    const auto base = forward_.misfits(fit_.values, false);
    if (!base) return {};
    for (std::size_t i = 0; i < unknowns_.size(); ++i) {
      auto values = fit_.values;
      values[i] += difference(i);
      const double h = values[i] - fit_.values[i];
      auto misfits = forward_.misfits(values, false);
      if (!misfits) return {};
      for (std::size_t r = 0; r < misfits_.size(); ++r) (*misfits)[r] = ((*misfits)[r] - (*base)[r]) / h;
      columns.push_back(std::move(*misfits));
      negligible.push_back(std::pow(rounding / size(i), 2) * square);
    }
    return Border(comm_, std::move(columns), std::move(negligible));
  }

  std::vector<double> next_step(const Border& border) {
    auto [lower, upper] = room(unknowns_, fit_.values);
    for (std::size_t i = 0; i < unknowns_.size(); ++i) {
      // From far away a linear model takes a positive scalar past zero, and its bound may be a bad place.
      const double to_a_quarter = fit_.values[i] / 4 - fit_.values[i];
      if (unknowns_[i].lower >= 0) lower[i] = std::max(lower[i], to_a_quarter);
      if (unknowns_[i].upper <= 0) upper[i] = std::min(upper[i], to_a_quarter);
    }
    auto step = border.solve(misfits_, lower, upper, Border::least_damping);
    const double unit = noise() ? observations_.noise() : deviation();
    const RowErrors errors{noise() ? observations_.row_noise() : std::vector<double>(misfits_.size(), unit)};
    fit_.standard_errors = border.standard_errors(errors);
    fit_.deviations = deviations(border.covariance(errors));
    const double decrease = border.decrease(misfits_, step);
    fit_.step = decrease > 0 ? std::sqrt(decrease) / unit : 0;
    return step;
  }

  bool noise() const { return observations_.noise() > 0; }

  /// Standard deviation of the weighted misfits, as far as they tell.
  double deviation() const {
    const auto freedom = sum(comm_, misfits_.size()) - std::ssize(unknowns_);
    return std::sqrt(fit_.square / std::max(1LL, freedom));
  }

  bool is_small(const Border& border, const std::vector<double>& step) const {
    const bool again = trained_here_ && trainings_ > 1;
    return fit_.step <= (again ? settled : 1e-3) || border.decrease(misfits_, step) <= 1e-5 * fit_.square;
  }

  /// Whether a small step ends the fit, which then has converged.
  bool is_final() {
    if (forward_.trains && !trained_here_ && trainings_ < most_trainings) return false;
    fit_.converged = true;
    fit_.stop_reason =
        fmt::format("the next step of the unknowns would be {:.1e} of their standard errors", fit_.step);
    return true;
  }

  /// Where solutions do not converge, or overflow, the step was too long.
  std::optional<std::vector<double>> trial(const std::vector<double>& values) const {
    try {
      return forward_.misfits(values, false);
    } catch (const AgreedError& error) {
      if (error.status() != Status::numerical) throw;
      recover(comm_);
      return std::vector<double>(misfits_.size(), std::numeric_limits<double>::infinity());
    }
  }

  /// Takes the longest of the steps 1, 1/2, 1/4, ... that reduces the sum of squares (Armijo's condition).
  bool move(const Border& border, const std::vector<double>& step) {
    constexpr double shortest = 1e-3;
    const double decrease = border.decrease(misfits_, step);
    bool stopped = false;
    const bool taken = search_line(shortest, [&](double length) {
      auto values = fit_.values;
      for (std::size_t i = 0; i < values.size(); ++i)
        values[i] = moved(values[i], length * step[i], unknowns_[i]);
      auto misfits = trial(values);
      stopped = !misfits;
      if (stopped) return Trial::stopped;
      if (!decreases_enough(fit_.square, square_sum(comm_, *misfits), length, decrease))
        return Trial::too_long;
      fit_.values = values;
      trained_here_ = false;
      keep(std::move(*misfits));
      return Trial::taken;
    });
    if (taken || stopped) return taken;
    // Solutions are exact to their own tolerance only.
    fit_.converged = fit_.step <= settled;
    fit_.stop_reason = fmt::format(
        "no step of the unknowns reduces the misfits; the last was {:.1e} of their standard errors",
        fit_.step);
    return false;
  }

  const Communicator& comm_;
  const std::vector<Unknown>& unknowns_;
  const Observations& observations_;
  const ForwardModel& forward_;
  Fit fit_;
  std::vector<double> misfits_;
  int trainings_ = 0;
  bool trained_here_ = false;  ///< the networks are those for the present values
};

}  // namespace

Fit fit_unknowns(const Communicator& comm, const std::vector<Unknown>& unknowns,
                 const Observations& observations, const ForwardModel& forward,
                 const std::function<void(const Fit&)>& report) {
  return Fitter(comm, unknowns, observations, forward).run(report);
}

}  // namespace ddpinn
