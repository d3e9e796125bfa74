// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "solver/training/adam_schedule.hpp"

#include "parallel/square_sum.hpp"
#include "solver/training/frozen_neighbours.hpp"
#include "space/field.hpp"

#include <algorithm>
#include <deque>

namespace ddpinn {

namespace {

/// The rows of all cores that boxes of this rank's subdomains reach into: what covers what is symmetric.
LocalRows support_rows(const TrainableField& field, const PointsOptions& points) {
  const auto& discretisation = field.discretisation();
  const auto& decomposition = discretisation.decomposition();
  const int rank = field.communicator().rank();
  auto drawn = discretisation.owner();
  for (int k = 0; k < decomposition.cores(); ++k) {
    const std::vector<int> alone{k};
    std::vector<int> only(drawn.size(), -1);
    only[k] = rank;
    for (int l : covering_subdomains(decomposition, only, rank))
      if (discretisation.owner()[l] == rank) drawn[k] = rank;
  }
  return draw_rows(discretisation.model(), decomposition, drawn, rank, points, discretisation.family().seed);
}

/// The colour of a subdomain: no two neighbours of a level have the same, but in periodic directions of an
/// odd number of cells.
int colour(const Subdomain& subdomain, int dimension) {
  int result = subdomain.level;
  for (int d = 0; d < dimension; ++d) result = 2 * result + subdomain.cell[d] % 2;
  return result;
}

/// The subdomains of this rank by colour; as many colours on every rank.
std::vector<std::vector<int>> colours(const TrainableField& field, bool multiplicative) {
  const auto& decomposition = field.discretisation().decomposition();
  if (!multiplicative) return {field.layout().owned()};
  std::vector<std::vector<int>> result(static_cast<std::size_t>(decomposition.levels())
                                       << decomposition.dimension());
  for (int k : field.layout().owned())
    result[colour(decomposition[k], decomposition.dimension())].push_back(k);
  return result;
}

class ScheduledAdam {
 public:
  ScheduledAdam(TrainableField& field, const Options& options, const Monitor& monitor, ::Vec parameters)
      : field_(field),
        options_(options.solver),
        monitor_(monitor),
        progress_(options.solver, monitor),
        parameters_(parameters),
        discretisation_(field.discretisation().with_rows(support_rows(field, options.points))),
        support_(field.communicator(), discretisation_, field.precision()) {
    support_.refresh(parameters_);
    discretisation_.set_weights(support_.fields());
    for (const auto& subdomains : colours(field, options_.adam.schedule == AdamSchedule::multiplicative))
      problems_.emplace_back(support_, subdomains);
    moments_.assign(field.layout().owned().size(), AdamMoments(field.network().size()));
    for (std::size_t i = 0; i < moments_.size(); ++i) place_[field.layout().owned()[i]] = i;
    gradient_.resize(field.layout().owned_size());
  }

  TrainingOutcome run() {
    const auto timed = start_phase(monitor_, "adam");
    const int rounds = options_.max_iterations / options_.adam.every;
    TrainingOutcome outcome;
    if (const auto* record = progress_.go_on(outcome)) take(*record);
    for (bool ends = false; !ends;) {
      if (AdamProgress::reports(outcome.iterations / options_.adam.every, rounds)) report(outcome.iterations);
      for (auto& problem : problems_) step(problem, outcome.iterations);
      outcome.iterations += options_.adam.every;
      outcome.bytes_received += std::ssize(problems_) * support_.ghost_bytes();
      ends = progress_.ends(outcome, options_.adam.every);
      progress_.offer(ends, outcome, [&] { return record(); });
    }
    return outcome;
  }

 private:
  Record record() const {
    Blocks moments;
    for (const auto& [k, place] : place_) moments[k] = moments_[place].numbers(0, field_.network().size());
    return {.blocks = {{"parameters", by_subdomain(field_.layout(), parameters_)},
                       {"moments", std::move(moments)}}};
  }

  void take(const Record& record) {
    const auto& journal = journal_of(monitor_);
    const auto& layout = field_.layout();
    from_subdomains(layout, record.blocks.at("parameters"), journal, parameters_);
    for (const auto& [k, block] : journal.fetch(record.blocks.at("moments"), layout.owned()))
      moments_[place_.at(k)].take(block, 0);
  }

  void step(FrozenNeighbours& problem, int before) {
    support_.refresh(parameters_);
    problem.freeze(support_.fields());
    const petsc::LocalArray entries(parameters_);
    std::vector<std::span<double>> parameters, gradient;
    const auto& layout = field_.layout();
    for (int k : problem.subdomains()) {
      parameters.push_back(entries.get().subspan(layout.local_offset(k), layout.size(k)));
      gradient.push_back(std::span(gradient_).subspan(layout.local_offset(k), layout.size(k)));
    }
    const std::vector<std::span<const double>> present(parameters.begin(), parameters.end());
    start_.assign(entries.get().begin(), entries.get().end());
    for (int i = 0; i < options_.adam.every; ++i) {
      problem.gradient(present, gradient);
      for (std::size_t j = 0; j < parameters.size(); ++j)
        moments_[place_.at(problem.subdomains()[j])].step(learning_rate(options_.adam, before + i),
                                                          gradient[j], parameters[j]);
    }
    if (options_.adam.relaxation < 1) relax(entries.get());
  }

  /// Takes back a part of what has changed since the refresh: neighbours correct the error that they share
  /// without knowing of each other, and together go too far.
  void relax(std::span<double> parameters) const {
    for (std::size_t i = 0; i < parameters.size(); ++i)
      parameters[i] = start_[i] + options_.adam.relaxation * (parameters[i] - start_[i]);
  }

  void report(int steps) {
    const auto linear = field_.linearise(parameters_);
    progress_.report(steps, square_sum(field_.communicator(), linear.residual));
  }

  TrainableField& field_;
  const SolverOptions& options_;
  const Monitor& monitor_;
  AdamProgress progress_;
  ::Vec parameters_;
  Rows discretisation_;
  TrainableField support_;
  std::deque<FrozenNeighbours> problems_;
  std::vector<AdamMoments> moments_;
  std::map<int, std::size_t> place_;
  std::vector<double> gradient_, start_;  ///< of all parameters of this rank; those at the last refresh
};

}  // namespace

TrainingOutcome train_by_scheduled_adam(TrainableField& field, const Options& options, const Monitor& monitor,
                                        ::Vec parameters) {
  return ScheduledAdam(field, options, monitor, parameters).run();
}

}  // namespace ddpinn
