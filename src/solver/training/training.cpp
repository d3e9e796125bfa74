// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "solver/training/training.hpp"
#include "solver/identification/identification.hpp"

#include "assembly/dof_record.hpp"
#include "assembly/rows_record.hpp"
#include "assembly/training/redistribution.hpp"
#include "parallel/square_sum.hpp"
#include "solver/training/adam.hpp"
#include "solver/training/adam_schedule.hpp"
#include "solver/training/damped_system.hpp"
#include "solver/training/gauss_newton.hpp"
#include "solver/training/lbfgs_training.hpp"

#include <fmt/format.h>
#include <algorithm>
#include <cmath>
#include <ranges>

namespace ddpinn {

namespace {

/// A method that leaves the rows larger by more than this has failed.
constexpr double most_growth = 2;
constexpr const char* diverged =
    " (it has made them worse); use a smaller solver.adam.learning_rate, or gradients before solves";

bool by_gradients(Method method) { return method == Method::adam || method == Method::lbfgs; }

class Trainer {
 public:
  Trainer(const Communicator& comm, Rows& discretisation, const Options& options, const Monitor& monitor)
      : comm_(comm),
        discretisation_(discretisation),
        options_(options),
        monitor_(monitor),
        parameters_(new_field().create_parameters()) {}

  Solution run() {
    Progress progress;
    if (const auto* record = journal_of(monitor_).take("training"))
      go_on_from(*record, progress);
    else
      start();
    auto& [first, iterations, krylov_iterations, bytes] = progress;
    TrainingOutcome outcome;
    for (const auto& method : options_.solver.method | std::views::drop(first)) {
      put(progress);
      const auto scope = journal_of(monitor_).enter("training");
      initial_.reset();
      if (method != Method::least_squares) initial_ = field_->sum_of_squares(parameters_);
      outcome = apply(method);
      iterations += outcome.iterations;
      krylov_iterations += outcome.krylov_iterations;
      bytes += outcome.bytes_received;
      ++first;
      if (monitor_.stop()) {
        leave_out_after(method, outcome);
        break;
      }
    }
    auto solution = finish();
    const double growth = growth_of_rows(solution);
    solution.converged = outcome.converged && growth <= most_growth;
    solution.stop_reason = outcome.stop_reason;
    if (initial_)
      solution.stop_reason += fmt::format("; the rows are at {:.1e} of those at its start{}", growth,
                                          growth <= most_growth ? "" : diverged);
    solution.nonlinear_iterations = iterations;
    solution.krylov_iterations = krylov_iterations;
    solution.bytes_exchanged = sum(comm_, bytes);
    return solution;
  }

 private:
  /// Between two methods.
  struct Progress {
    int method = 0;  ///< that comes next
    int iterations = 0, krylov_iterations = 0;
    long long bytes = 0;
  };

  void put(const Progress& progress) const {
    auto& journal = journal_of(monitor_);
    if (!journal.is_kept() || journal.resumes("training")) return;
    Record record;
    put_rows(discretisation_, record);
    put_weights(discretisation_, record);
    record.blocks["parameters"] = by_subdomain(field_->layout(), parameters_);
    record.numbers["progress"] =
        as_numbers(progress.method, progress.iterations, progress.krylov_iterations, progress.bytes);
    if (rounds_ > 0) put_moved(record);
    journal.put("training", std::move(record));
    journal.erase("outputs");
  }

  void go_on_from(const Record& record, Progress& progress) {
    auto& journal = journal_of(monitor_);
    const auto& numbers = record.numbers.at("progress");
    progress = {static_cast<int>(numbers.at(0)), static_cast<int>(numbers.at(1)),
                static_cast<int>(numbers.at(2)), static_cast<long long>(numbers.at(3))};
    if (record.numbers.contains("rounds")) get_moved(record);
    get_rows(discretisation_, record, journal);
    get_weights(discretisation_, record, journal);
    from_subdomains(field_->layout(), record.blocks.at("parameters"), journal, parameters_);
  }

  void put_moved(Record& record) const {
    record.numbers["rounds"] = as_numbers(rounds_);
    put_points(discretisation_, record);
  }

  void get_moved(const Record& record) {
    rounds_ = static_cast<std::uint64_t>(record.number("rounds"));
    take_rows(get_points(discretisation_, record, journal_of(monitor_)));
  }

  /// Exchanges the points, and so the field on them; references to it stay valid.
  void take_rows(LocalRows rows) {
    const auto unknowns = discretisation_.unknowns();
    field_.reset();
    discretisation_ = discretisation_.with_rows(std::move(rows));
    discretisation_.set_unknowns(unknowns);
    new_field();
  }

  /// Every method starts from random features, which measure better than Glorot's numbers without biases: u'
  /// = cos 15x on 30 subdomains is at 3e-3 after 2000 steps of Adam, with Glorot's at 7e-2 after 4000.
  void start() {
    const auto& first = options_.solver.method.front();
    field_->take_hidden_layers(parameters_);
    field_->refresh(parameters_);
    discretisation_.set_weights(field_->fields());
    if (first == Method::gauss_newton && options_.solver.gauss_newton.variable_projection) solve_outputs();
  }

  /// A method that ended regularly is not the end where others should have followed.
  void leave_out_after(const Method& method, TrainingOutcome& outcome) const {
    if (&method == &options_.solver.method.back() || !outcome.converged) return;
    outcome.converged = false;
    outcome.stop_reason = fmt::format("a signal or the time limit, after all of {}", spelling(method));
  }

  TrainingOutcome apply(Method method) {
    if (method == Method::adam && options_.solver.adam.schedule == AdamSchedule::all)
      return train_by_adam(*field_, options_.solver, monitor_, parameters_);
    if (method == Method::adam) return train_by_scheduled_adam(*field_, options_, monitor_, parameters_);
    if (method == Method::lbfgs) return train_by_lbfgs(*field_, options_.solver, monitor_, parameters_);
    get_moved_points();
    if (method == Method::gauss_newton)
      return train_by_gauss_newton(*field_, discretisation_, options_.solver, monitor_, parameters_,
                                   {options_.points.refine_every, [this] { redistribute(); }});
    return solve_outputs();
  }

  TrainableField& new_field() { return field_.emplace(comm_, discretisation_, options_.network.precision); }

  /// Exchanges the interior points.
  void redistribute() {
    take_rows(ddpinn::redistribute(comm_, discretisation_, parameters_, options_.points, ++rounds_));
    field_->refresh(parameters_);
    discretisation_.set_weights(field_->fields());
    auto& journal = journal_of(monitor_);
    if (!journal.is_kept()) return;
    Record record;
    put_moved(record);
    put_weights(discretisation_, record);
    journal.put("points", std::move(record));
  }

  /// Of a method that has moved them before the checkpoint.
  void get_moved_points() {
    const auto* record = journal_of(monitor_).take("points");
    if (!record) return;
    get_moved(*record);
    get_weights(discretisation_, *record, journal_of(monitor_));
  }

  TrainingOutcome solve_outputs() {
    field_->refresh(parameters_);
    discretisation_.set_hidden_layers(field_->hidden_layers());
    const auto scope = journal_of(monitor_).enter("outputs");
    const auto solved = solve_output_layers(comm_, discretisation_, options_.solver, monitor_);
    field_->set_outputs(solved.field, parameters_);
    return {solved.converged, solved.stop_reason, solved.nonlinear_iterations, solved.krylov_iterations};
  }

  /// Size of the rows relative to that before the last method: a training that ends regularly may have
  /// achieved nothing.
  double growth_of_rows(const Solution& solution) const {
    if (!initial_ || *initial_ <= 0) return 1;
    return solution.residual * std::sqrt(solution.rows / *initial_);
  }

  Solution finish() {
    field_->refresh(parameters_);
    discretisation_.set_hidden_layers(field_->hidden_layers());
    auto solution = solution_of(discretisation_, field_->output_field());
    solution.rows = sum(comm_, discretisation_.rows().count);
    solution.unknowns = field_->layout().total();
    const double squares = square_sum(comm_, discretisation_.residual(solution.fields));
    solution.residual = std::sqrt(squares / std::max(1LL, solution.rows));
    if (const auto count = std::ssize(discretisation_.unknowns()); count > 0) {
      const auto timed = start_phase(monitor_, "standard errors");
      const auto linear = field_->linearise(parameters_);
      const DampedSystem system(*field_, linear, true, options_.solver);
      const auto freedom = solution.rows - solution.unknowns - count;
      solution.standard_errors =
          system.standard_errors(monitor_, std::sqrt(squares / std::max(1LL, freedom)));
    }
    return solution;
  }

  const Communicator& comm_;
  Rows& discretisation_;
  const Options& options_;
  const Monitor& monitor_;
  std::optional<TrainableField> field_;
  petsc::Vec parameters_;
  std::uint64_t rounds_ = 0;       ///< of redistributing points
  std::optional<double> initial_;  ///< sum of squares before the last method
};

}  // namespace

bool needs_scale(const Options& options) {
  if (options.network.hidden.back() == 0) return false;  // polynomials have none
  return !options.network.scale && !by_gradients(options.solver.method.front());
}

Solution train(const Communicator& comm, Rows& discretisation, const Options& options,
               const Monitor& monitor) {
  return Trainer(comm, discretisation, options, monitor).run();
}

}  // namespace ddpinn
