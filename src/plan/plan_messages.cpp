// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "plan/plan_messages.hpp"

#include "solver/linear/preconditioner_kind.hpp"

namespace ddpinn {

namespace {

/// How often an iteration exchanges the ghosts of which operator, there and back.
struct Schedule {
  int jacobian = 1;  ///< the products with the normal matrix
  int schwarz = 0;
  int coarse_solves = 0;
  int factor_solves = 0;
  int reductions = 3;  ///< two scalar products, and whether to stop
};

/// Of KSPCG on the normal equations (LSQR exchanges as often), and Preconditioner::apply.
Schedule schedule_of(const PreconditionerKind& kind) {
  Schedule schedule;
  if (kind.patches) schedule.schwarz = 1;
  if (kind.coarse) {
    schedule.jacobian += 2;
    schedule.coarse_solves = 2;
  }
  if (kind.direct) schedule.factor_solves = 1;
  return schedule;
}

class MessageCounter {
 public:
  MessageCounter(const SpaceLayout& space, const PlanCounts& counts)
      : space_(space), counts_(counts), plans_(counts.ranks.size()), partners_(counts.ranks.size()) {}

  /// Adds the exchange of the ghosts that `rank` has among these subdomains, done `times` there and back.
  template <class Subdomains>
  void add(int rank, const Subdomains& subdomains, int times) {
    std::map<int, double> unknowns;
    for (int k : subdomains) {
      const int owner = space_.owner[k];
      if (owner != rank) unknowns[owner] += counts_.unknowns(k);
    }
    for (const auto& [owner, number] : unknowns)
      for (auto [from, to] : {std::pair(owner, rank), std::pair(rank, owner)}) {
        auto& plan = plans_[from];
        plan.messages += times;
        plan.bytes += times * number * static_cast<double>(sizeof(double));
        partners_[from].insert(to);
      }
  }

  std::vector<MessagePlan> finish(const Schedule& schedule) {
    for (std::size_t r = 0; r < plans_.size(); ++r) {
      plans_[r].neighbours = partners_[r].size();
      plans_[r].reductions = schedule.reductions;
      plans_[r].coarse_solves = schedule.coarse_solves;
      plans_[r].factor_solves = schedule.factor_solves;
    }
    return std::move(plans_);
  }

 private:
  const SpaceLayout& space_;
  const PlanCounts& counts_;
  std::vector<MessagePlan> plans_;
  std::vector<std::set<int>> partners_;
};

std::set<int> covering(const RankCounts& rank) {
  std::set<int> subdomains;
  for (const auto& [k, rows] : rank.block_rows) subdomains.insert(k);
  return subdomains;
}

std::set<int> in_patches(const RankCounts& rank) {
  std::set<int> subdomains;
  for (const auto& patch : rank.patches) subdomains.insert(patch.begin(), patch.end());
  return subdomains;
}

}  // namespace

std::vector<MessagePlan> plan_messages(const CaseFile& file, const SpaceLayout& space,
                                       const PlanCounts& counts) {
  const auto schedule = schedule_of(preconditioner_kind(file.options.solver.krylov.preconditioner));
  MessageCounter counter(space, counts);
  for (std::size_t r = 0; r < counts.ranks.size(); ++r) {
    const int rank = r;
    counter.add(rank, covering(counts.ranks[r]), schedule.jacobian);
    if (schedule.schwarz > 0) counter.add(rank, in_patches(counts.ranks[r]), schedule.schwarz);
  }
  return counter.finish(schedule);
}

}  // namespace ddpinn
