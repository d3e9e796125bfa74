// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "run/first_guess.hpp"

#include "assembly/field_sizes.hpp"
#include "base/log.hpp"
#include "problem/case/derived_cases.hpp"
#include "solver/nonlinear/fitted_solution.hpp"
#include "solver/nonlinear/least_squares.hpp"
#include "solver/nonlinear/linear_step.hpp"
#include "solver/nonlinear/met_rows.hpp"
#include "space/field_values.hpp"

#include <algorithm>
#include <cmath>

namespace ddpinn {

namespace {

class FirstGuess {
 public:
  FirstGuess(const CaseFile& whole, TimePart& part, const Monitor& monitor)
      : whole_(whole),
        rows_(part.discretisation()),
        comm_(part.space().communicator()),
        silent_(without_journal(monitor)) {
    silent_.iteration = nullptr;  // the history is about the case itself
  }

  std::optional<Solution> run() {
    const int number = whole_.options.solver.start;
    if (number == 0 && can_start(rows_, rows_.lift())) return {};
    const auto smooth = solve(1);
    const bool usable = can_start(rows_, smooth.fields);
    if (number <= 1) return usable ? smooth : best_of(smooth);
    const auto addition = scaled_difference(solve(number), smooth);
    const auto amount = usable ? Amount{1} : best_amount(smooth, addition);
    if (amount.factor == 0) return {};
    return sum(smooth, amount.factor, addition);
  }

 private:
  /// How much of something is added, and what is left of the rows then.
  struct Amount {
    double factor = 0;
    double objective = 0;
  };

  Solution solve(int number) const {
    const auto file = first_guess_case(whole_, number);
    TimePart part(file, 0, comm_);
    part.discretise(part.space().family(), nullptr);
    part.discretisation().set_sizes(supposed_sizes(part.discretisation()));
    part.keep(solve_fields(comm_, part.discretisation(), file.options.solver, silent_).field);
    return fitted_solution(rows_, fields_of(part.field()));
  }

  static Solution sum(Solution solution, double amount, const Solution& addition) {
    solution.fields = combined(solution.fields, amount, addition.fields);
    solution.field.add(amount, addition.field);
    return solution;
  }

  /// What is added, each field as large as the smooth one.
  Solution scaled_difference(const Solution& other, const Solution& smooth) const {
    const auto size = sizes(smooth.fields);
    auto result = sum(other, -1, smooth);
    const auto& groups = rows_.rows().groups;
    for (std::size_t g = 0; g < groups.size(); ++g)
      for (std::size_t a = 0; a < groups[g].derivatives.size(); ++a)
        for (auto& value : result.fields[g][a]) value *= size[groups[g].derivatives[a].field];
    for (const auto& block : rows_.blocks()) {
      auto& coefficients = result.field[block.subdomain];
      for (std::size_t f = 0; f < size.size(); ++f)
        for (std::size_t i = 0; i < coefficients.rows(); ++i) coefficients(i, f) *= size[f];
    }
    return result;
  }

  /// Largest values of the fields; of one that vanishes, that of all, or 1.
  std::vector<double> sizes(const std::vector<FieldValues>& fields) const {
    std::vector<double> result(rows_.model().fields.size(), 0.0);
    for (std::size_t g = 0; g < fields.size(); ++g) {
      const auto& derivatives = rows_.rows().groups[g].derivatives;
      for (std::size_t a = 0; a < derivatives.size(); ++a)
        if (derivatives[a].alpha == MultiIndex{})
          for (double value : fields[g][a])
            result[derivatives[a].field] = std::max(result[derivatives[a].field], std::abs(value));
    }
    for (auto& size : result) size = max(comm_, size);
    const double largest = std::ranges::max(result);
    for (auto& size : result)
      if (size <= 1e-6 * largest || size == 0) size = largest > 0 ? largest : 1;
    return result;
  }

  /// The one that makes the weighted rows smallest, of powers of two, and then of their quarters near it; 0
  /// where none is a start.
  Amount best_amount(const Solution& smooth, const Solution& addition) const {
    Amount best;
    const auto attempt = [&](double factor) {
      const auto fields = combined(smooth.fields, factor, addition.fields);
      if (!can_start(rows_, fields)) return;
      const double objective = weighted_objective(comm_, rows_, fields);
      if (best.factor == 0 || objective < best.objective) best = {factor, objective};
    };
    for (int power = -20; power <= 20; ++power) attempt(std::ldexp(1, power));
    const double coarse = best.factor;
    for (int quarter = -3; coarse > 0 && quarter <= 3; ++quarter) attempt(coarse * std::exp2(quarter / 4.0));
    return best;
  }

  /// With what makes the rows smallest: but of a field and its negative, which can be as good, the one that
  /// is positive in the mean, and a rise or fall, whose slope leads past conditions all around, only where it
  /// is far better.
  std::optional<Solution> best_of(const Solution& smooth) const {
    constexpr double about_as_good = 0.99, far_better = 0.1;
    std::optional<Solution> best;
    double least = 0;
    for (int number = 2; number <= 5; ++number) {
      const auto addition = scaled_difference(solve(number), smooth);
      const auto [factor, objective] = best_amount(smooth, addition);
      if (factor == 0) continue;
      auto found = sum(smooth, factor, addition);
      log::debug("first guess {}: {:.3g} of it leaves {:.3e} of the rows", number, factor, objective);
      double handicapped = is_positive(found) ? about_as_good * objective : objective;
      if (number > 3) handicapped /= far_better;
      if (best && handicapped >= least) continue;
      best = std::move(found);
      least = handicapped;
    }
    return best;
  }

  /// Over the equations' points.
  bool is_positive(const Solution& solution) const {
    auto field = solution.field;
    field.complete();
    const auto values = values_of_fields(rows_.model());
    double all = 0;
    for (const auto& group : rows_.rows().groups)
      if (group.statements->interior)
        for (const auto& column : field.at(field.points(group.points, values)))
          for (double value : column) all += value;
    return ddpinn::sum(comm_, all) > 0;
  }

  const CaseFile& whole_;
  Rows& rows_;
  const Communicator& comm_;
  Monitor silent_;
};

}  // namespace

std::optional<Solution> first_guess(const CaseFile& whole, TimePart& part, const Monitor& monitor) {
  const auto timed = start_phase(monitor, "start");
  return FirstGuess(whole, part, monitor).run();
}

}  // namespace ddpinn
