// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "solver/interface/interface_solver.hpp"

#include "parallel/square_sum.hpp"
#include "solver/interface/output_solver.hpp"
#include "solver/interface/training_rounds.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <functional>
#include <map>
#include <optional>
#include <utility>

namespace ddpinn {

namespace {

/// Relative tolerance of the outer iteration after a round of local training, which is followed by another.
constexpr double round_tolerance = 1e-4;

class InterfaceSolver {
 public:
  InterfaceSolver(const Communicator& comm, Rows& discretisation, const TransmissionRule& rule,
                  const Options& options, GridCorrection* grid, const Monitor& monitor)
      : comm_(comm),
        discretisation_(discretisation),
        options_(options),
        monitor_(monitor),
        case_{discretisation.space(),
              options.points,
              options.solver.krylov.compression,
              rule,
              {},
              grid,
              options.solver.trains(),
              congruence_of(discretisation.space().model(), discretisation.space().decomposition(),
                            discretisation.space().family(), rule, options)},
        solution_(zero_solution(discretisation)),
        outputs_(discretisation.space(), options, monitor, coefficients_, solution_,
                 {[&] { return record(); }, [&](const Record& state) { go_on_from(state); }}) {}

  /// @param start null: all networks zero
  Solution run(const Solution* start);

 private:
  void find_robin_parameters();
  std::vector<std::vector<int>> layers() const;
  bool solve(InterfaceLayer&);
  bool train(InterfaceLayer&);
  bool train(InterfaceLayer&, std::size_t method, const Record*);
  bool solves_outputs(Method method) const;
  void finish();

  Record record() const;
  void go_on_from(const Record&);
  const Record* begin_training(InterfaceLayer&);

  const Communicator& comm_;
  Rows& discretisation_;
  const Options& options_;
  const Monitor& monitor_;
  InterfaceCase case_;
  Coefficients coefficients_;
  std::optional<InterfaceTraining> training_;
  Solution solution_;
  Jump jump_;
  OutputSolver outputs_;
};

/// Owners compute them; neighbours on other ranks need them for the traces they give.
void InterfaceSolver::find_robin_parameters() {
  const auto& owner = case_.space.owner();
  const std::size_t faces = 2 * case_.space.model().dimension(), fields = case_.space.model().fields.size();
  std::vector<double> all(owner.size() * faces * fields, 0.0);
  for (std::size_t k = 0; k < owner.size(); ++k) {
    if (owner[k] != comm_.rank()) continue;
    const auto own = robin_parameters(case_.rule, case_.space, k);
    for (std::size_t i = 0; i < faces; ++i) std::ranges::copy(own[i], all.begin() + (k * faces + i) * fields);
  }
  sum(comm_, all);
  for (std::size_t k = 0; k < owner.size(); ++k) {
    auto& table = case_.robin.emplace_back();
    for (std::size_t i = 0; i < faces; ++i) {
      const auto begin = all.begin() + (k * faces + i) * fields;
      table.emplace_back(begin, begin + fields);
    }
  }
}

std::vector<std::vector<int>> InterfaceSolver::layers() const {
  std::map<int, std::vector<int>> by_time;
  const int time = case_.rule.time;
  for (int k = 0; k < case_.space.decomposition().cores(); ++k)
    if (case_.space.decomposition()[k].live)
      by_time[time < 0 ? 0 : case_.space.decomposition()[k].cell[time]].push_back(k);
  std::vector<std::vector<int>> result;
  for (auto& [cell, members] : by_time) result.push_back(std::move(members));
  return result;
}

/// @returns whether to go on to the next layer
bool InterfaceSolver::solve(InterfaceLayer& layer) {
  return training_ ? train(layer) : outputs_.solve(layer, options_.solver.tolerance, true);
}

/// What all layers share.
Record InterfaceSolver::record() const {
  const auto& report = *solution_.interface;
  Record record{.numbers = {{"solver", as_numbers(solution_.nonlinear_iterations, solution_.krylov_iterations,
                                                  solution_.unknowns, jump_.difference, jump_.trace,
                                                  report.trace_rows, report.messages, report.bytes)}}};
  auto& blocks = record.blocks["coefficients"];
  for (const auto& [k, coefficients] : coefficients_)
    blocks[k] = {coefficients.entries().begin(), coefficients.entries().end()};
  if (training_) record.blocks["networks"] = training_->blocks();
  return record;
}

void InterfaceSolver::go_on_from(const Record& record) {
  const auto& journal = journal_of(monitor_);
  const auto& numbers = record.numbers.at("solver");
  auto& report = *solution_.interface;
  solution_.nonlinear_iterations = static_cast<int>(numbers.at(0));
  solution_.krylov_iterations = static_cast<int>(numbers.at(1));
  solution_.unknowns = static_cast<long long>(numbers.at(2));
  jump_ = {numbers.at(3), numbers.at(4)};
  report.trace_rows = static_cast<long long>(numbers.at(5));
  report.messages = static_cast<long long>(numbers.at(6));
  report.bytes = static_cast<long long>(numbers.at(7));
  std::vector<int> wanted;
  for (const auto& [k, coefficients] : coefficients_) wanted.push_back(k);
  for (const auto& [k, values] : journal.fetch(record.blocks.at("coefficients"), wanted))
    std::ranges::copy(values, coefficients_.at(k).data());
  if (training_) training_->take(record.blocks.at("networks"), journal);
}

/// Method after method. Gauss-Newton and least squares start from the solution for the output layers; where
/// that has not converged with random hidden layers, training goes on from what it has found.
bool InterfaceSolver::train(InterfaceLayer& layer) {
  const auto* record = begin_training(layer);
  if (!record && solves_outputs(options_.solver.method.front())) {
    outputs_.solve(layer, options_.solver.tolerance, true);
    if (monitor_.stop()) return false;
  }
  const std::size_t first = record ? static_cast<std::size_t>(record->number("method")) : 0;
  for (std::size_t m = first; m < options_.solver.method.size(); ++m) {
    const bool go_on = options_.solver.method[m] == Method::least_squares
                           ? outputs_.solve(layer, options_.solver.tolerance, false)
                           : train(layer, m, m == first ? record : nullptr);
    if (!go_on) return false;
  }
  return true;
}

/// @returns the state of rounds that the journal has; null where it has none
const Record* InterfaceSolver::begin_training(InterfaceLayer& layer) {
  auto& journal = journal_of(monitor_);
  training_->leave_layer();
  const auto* record = journal.take("rounds");
  if (!record) {
    layer.weigh(coefficients_);
    return nullptr;
  }
  go_on_from(*record);
  layer.take_weights(record->blocks.at("weights"), journal);
  return record;
}

/// Whether the interface problem of the output layers is solved between rounds of local steps; else traces
/// are exchanged only. Gradients are no match for output layers that solve an ill-conditioned problem.
bool InterfaceSolver::solves_outputs(Method method) const {
  if (method == Method::least_squares) return true;
  return method == Method::gauss_newton &&
         options_.decomposition.interface.acceleration != Acceleration::none;
}

/// @param record state of its rounds; null: they begin
bool InterfaceSolver::train(InterfaceLayer& layer, std::size_t number, const Record* state) {
  const auto method = options_.solver.method[number];
  const int before = state ? static_cast<int>(state->number("before")) : solution_.nonlinear_iterations;
  const auto between = [&](const std::function<Record()>& make) {
    journal_of(monitor_).offer("rounds", Journal::Kept::always, [&] {
      auto all = record();
      all.merge(make());
      all.numbers["method"] = as_numbers(number);
      all.numbers["before"] = as_numbers(before);
      all.blocks["weights"] = layer.weights();
      return all;
    });
  };
  std::function<void()> outputs;
  if (solves_outputs(method)) outputs = [&] { outputs_.solve(layer, round_tolerance, false); };
  const auto outcome = TrainingRounds(layer, *training_, coefficients_, options_, monitor_, outputs)
                           .run(method, before, between, state);
  solution_.nonlinear_iterations += outcome.iterations;
  solution_.converged = outcome.converged;
  solution_.stop_reason = outcome.stop_reason;
  return outcome.converged;
}

/// The solution in the layout of the windowed coupling, ghosts included, and its own residual.
void InterfaceSolver::finish() {
  const auto timed = start_phase(monitor_, "residual");
  Field field(discretisation_.space(), std::vector<int>{});
  for (auto& [k, coefficients] : coefficients_) field.take(k, std::move(coefficients));
  field.complete();
  solution_.fields = solution_of(discretisation_, field).fields;
  solution_.field = std::move(field);
  discretisation_.set_weights(discretisation_.lift());
  solution_.rows = sum(comm_, discretisation_.rows().count);
  const double square = square_sum(comm_, discretisation_.residual(solution_.fields));
  solution_.residual = std::sqrt(square / std::max(1LL, solution_.rows));
  auto& interface = *solution_.interface;
  interface.jump = jump_.relative();
  interface.outer_iterations = solution_.krylov_iterations;
  solution_.stop_reason +=
      fmt::format("; interface jump {:.2e}, residual {:.2e}", interface.jump, solution_.residual);
}

Solution InterfaceSolver::run(const Solution* start) {
  solution_.interface.emplace();
  for (int k = 0; k < case_.space.decomposition().cores(); ++k)
    if (case_.space.decomposition()[k].live && case_.space.owns(k))
      for (int part : case_.space.decomposition().parts(k))
        coefficients_.emplace(
            part, Matrix(case_.space.family().shape.features(), case_.space.model().fields.size()));
  if (case_.trains) training_.emplace(comm_, discretisation_, options_);
  if (start)
    for (auto& [k, own] : coefficients_)
      if (start->field.knows(k)) own = start->field[k];
  {
    const auto timed = start_phase(monitor_, "transmission");
    find_robin_parameters();
  }
  auto& journal = journal_of(monitor_);
  std::vector<int> before;
  int done = 0;  // layers
  if (const auto* record = journal.take("layers")) {
    go_on_from(*record);
    done = static_cast<int>(record->number("layers"));
  }
  int number = -1;
  for (auto& members : layers()) {
    if (++number < done) {
      before = std::move(members);
      continue;
    }
    if (number > 0 && journal.is_kept() && !journal.resumes("layers")) {
      auto state = record();
      state.numbers["layers"] = as_numbers(number);
      journal.put("layers", std::move(state));
      journal.offer();
    }
    const auto scope = journal.enter("layers");
    auto layer = [&] {
      const auto timed = start_phase(monitor_, "traces");
      return InterfaceLayer(case_, members, std::move(before), monitor_.timers);
    }();
    solution_.converged = false;
    const bool go_on = solve(layer);
    const auto timed = start_phase(monitor_, "residual");
    solution_.unknowns =
        training_ ? training_->parameters() : solution_.unknowns + sum(comm_, layer.unknowns());
    const auto jump = layer.jump(coefficients_);
    jump_.difference += jump.difference;
    jump_.trace += jump.trace;
    auto& interface = *solution_.interface;
    interface.trace_rows += layer.trace_rows();
    interface.classes += layer.classes();
    interface.messages = std::max(interface.messages, max(comm_, layer.messages()));
    interface.bytes = std::max(interface.bytes, max(comm_, layer.bytes()));
    before = std::move(members);
    if (!go_on) break;
  }
  finish();
  return std::move(solution_);
}

}  // namespace

Solution solve_interface(const Communicator& comm, Rows& discretisation, const TransmissionRule& rule,
                         const Options& options, GridCorrection* grid, const Monitor& monitor,
                         const Solution* start) {
  return InterfaceSolver(comm, discretisation, rule, options, grid, monitor).run(start);
}

}  // namespace ddpinn
