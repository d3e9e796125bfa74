// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "solver/training/adam.hpp"

#include "parallel/square_sum.hpp"

#include <fmt/format.h>
#include <algorithm>
#include <cmath>

namespace ddpinn {

void AdamMoments::step(double learning_rate, std::span<const double> gradient, std::span<double> parameters) {
  constexpr double first_rate = 0.9, second_rate = 0.999, smallest = 1e-8;
  first_decay_ *= first_rate;
  second_decay_ *= second_rate;
  const double step = learning_rate / (1 - first_decay_), correction = 1 / std::sqrt(1 - second_decay_);
  for (std::size_t i = 0; i < parameters.size(); ++i) {
    const double g = gradient[i];
    first_[i] += (1 - first_rate) * (g - first_[i]);
    second_[i] += (1 - second_rate) * (g * g - second_[i]);
    parameters[i] -= step * first_[i] / (std::sqrt(second_[i]) * correction + smallest);
  }
}

std::vector<double> AdamMoments::numbers(std::size_t begin, std::size_t count) const {
  std::vector<double> all{first_decay_, second_decay_};
  for (const auto* moments : {&first_, &second_})
    for (std::size_t i = begin; i < begin + count; ++i) all.push_back((*moments)[i]);
  return all;
}

void AdamMoments::take(std::span<const double> numbers, std::size_t begin) {
  const auto count = (numbers.size() - 2) / 2;
  first_decay_ = numbers[0];
  second_decay_ = numbers[1];
  std::ranges::copy(numbers.subspan(2, count), std::span(first_).subspan(begin).begin());
  std::ranges::copy(numbers.subspan(2 + count, count), std::span(second_).subspan(begin).begin());
}

Blocks AdamMoments::blocks(const DofLayout& layout) const {
  Blocks blocks;
  for (int k : layout.owned()) blocks[k] = numbers(layout.local_offset(k), layout.size(k));
  return blocks;
}

void AdamMoments::take(const DofLayout& layout, const Blocks& held, const Journal& journal) {
  for (const auto& [k, block] : journal.fetch(held, layout.owned())) take(block, layout.local_offset(k));
}

void AdamProgress::offer(bool at_end, const TrainingOutcome& outcome,
                         const std::function<Record()>& make) const {
  const auto whole = [&] {
    auto record = make();
    record.numbers["progress"] = as_numbers(initial_, relative_, outcome.iterations, outcome.bytes_received);
    return record;
  };
  auto& journal = journal_of(monitor_);
  if (!at_end)
    journal.offer("adam", Journal::Kept::when_due, whole);
  else if (journal.is_kept() && stopped_now_)
    journal.put_last("adam", whole());
}

const Record* AdamProgress::go_on(TrainingOutcome& outcome) {
  const auto* record = journal_of(monitor_).take("adam");
  if (!record) return nullptr;
  const auto& numbers = record->numbers.at("progress");
  initial_ = numbers.at(0);
  relative_ = numbers.at(1);
  outcome.iterations = static_cast<int>(numbers.at(2));
  outcome.bytes_received = static_cast<long long>(numbers.at(3));
  return record;
}

void AdamProgress::report(int steps, double objective) {
  if (initial_ == 0) initial_ = objective;
  relative_ = initial_ == 0 ? 0 : std::sqrt(objective / initial_);
  if (monitor_.iteration)
    monitor_.iteration({steps + 1, 0, relative_, objective / 2, monitor_.timers->elapsed()});
}

bool AdamProgress::ends(TrainingOutcome& outcome, int round) {
  const bool open = journal_of(monitor_).is_open();
  if (monitor_.stop()) {
    stopped_now_ =
        open && relative_ > options_.tolerance && outcome.iterations + round <= options_.max_iterations;
    outcome.converged = false;
    outcome.stop_reason = fmt::format("a signal or the time limit, after {} steps", outcome.iterations);
    return true;
  }
  outcome.converged = true;
  outcome.stop_reason =
      relative_ <= options_.tolerance
          ? fmt::format("residual fell to {:.1e} of the start after {} steps of Adam (solver.tolerance)",
                        relative_, outcome.iterations)
          : fmt::format("{} steps of Adam taken (solver.max_iterations)", outcome.iterations);
  return relative_ <= options_.tolerance || outcome.iterations + round > options_.max_iterations;
}

double learning_rate(const AdamOptions& options, int step) {
  return options.learning_rate * std::pow(options.decay_factor, step / options.decay_every);
}

TrainingOutcome train_by_adam(TrainableField& field, const SolverOptions& options, const Monitor& monitor,
                              ::Vec parameters) {
  const auto timed = start_phase(monitor, "adam");
  const auto& comm = field.communicator();
  const auto gradient = field.create_parameters();
  AdamMoments moments(field.layout().owned_size());
  AdamProgress progress(options, monitor);
  TrainingOutcome outcome;
  const auto& layout = field.layout();
  if (const auto* record = progress.go_on(outcome)) {
    const auto& journal = journal_of(monitor);
    from_subdomains(layout, record->blocks.at("parameters"), journal, parameters);
    moments.take(layout, record->blocks.at("moments"), journal);
  }
  for (bool ends = false; !ends;) {
    const auto linear = field.linearise(parameters);
    const int step = outcome.iterations++;
    if (AdamProgress::reports(step, options.max_iterations))
      progress.report(step, square_sum(comm, linear.residual));
    field.gradient(linear, gradient);
    moments.step(learning_rate(options.adam, step), petsc::ConstLocalArray(gradient).get(),
                 petsc::LocalArray(parameters).get());
    ends = progress.ends(outcome);
    progress.offer(ends, outcome, [&] {
      return Record{
          .blocks = {{"parameters", by_subdomain(layout, parameters)}, {"moments", moments.blocks(layout)}}};
    });
  }
  outcome.bytes_received = 2LL * outcome.iterations * field.ghost_bytes();
  return outcome;
}

}  // namespace ddpinn
