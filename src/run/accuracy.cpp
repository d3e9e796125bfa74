// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "run/accuracy.hpp"

#include "base/memory.hpp"
#include "base/threads.hpp"
#include "base/timers.hpp"
#include "parallel/agree.hpp"
#include "plan/plan.hpp"
#include "run/level.hpp"
#include "run/parts.hpp"
#include "solver/monitor.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <memory>
#include <optional>

namespace ddpinn {

namespace {

/// Part of the accuracy to which coefficients are to fall.
constexpr double aim = 0.2;
/// Errors are up to twice their estimates.
constexpr double surely = 0.5;
/// How many times the error may be what coefficients that are left out say.
constexpr double most_amplified = 100;
constexpr int most_levels = 14, most_failures = 5, most_useless = 3;

/// The phases of all levels together.
void add_phases(const std::vector<Phase>& more, std::vector<Phase>& all) {
  for (const auto& phase : more) {
    const auto found = std::ranges::find(all, phase.name, &Phase::name);
    if (found == all.end()) {
      all.push_back(phase);
      continue;
    }
    found->min += phase.min;
    found->mean += phase.mean;
    found->max += phase.max;
  }
}

/// Whether it is worth a look: everywhere iterations have ended, if only at a minimum that is no solution, as
/// on a level too coarse for one.
bool has_ended(Solved& solved) {
  const auto& parts = solved.fields.parts();
  return parts.ended && std::cmp_equal(parts.slabs.size(), parts.file.options.time.slabs);
}

/// The largest error of a field that what data leave uncertain of unknowns makes.
double uncertainty(const Level& level) {
  double largest = 0;
  for (const auto& estimate : level.solved.result.estimates)
    largest = std::max(largest, estimate.of_unknowns);
  return largest;
}

/// Levels of refinement, one after the other.
class Levels {
 public:
  Levels(const CaseFile& file, MPI_Comm ranks, const Monitor& monitor, const OneSolve& how)
      : file_(file),
        ranks_(ranks),
        comm_(ranks),
        monitor_(monitor),
        how_(how),
        refinement_(file),
        accuracy_(*file.options.solver.accuracy) {}

  Solved run() {
    say(fmt::format("{}: accuracy {:g}, {} rank(s), {}",
                    file_.problem.title.empty() ? file_.path : file_.problem.title, accuracy_, comm_.size(),
                    blas_description()));
    auto numerics = refinement_.first();
    for (climb(numerics); reason_.empty(); climb(numerics)) {
      numerics = next(numerics);
      if (!reason_.empty()) break;
    }
    return finish();
  }

 private:
  void climb(const Numerics& numerics) {
    const double begin = timers_.elapsed();
    ++levels_;
    const auto scope = journal_of(monitor_).enter(fmt::format("level_{}", levels_));
    auto solved = solve(numerics);
    if (stopped_) reason_ = "a signal or the time limit";
    if (!solved || !has_ended(*solved)) return fail(numerics, std::move(solved), timers_.elapsed() - begin);
    failures_ = 0;
    auto level = std::make_shared<Level>(Level{numerics, std::move(*solved)});
    measure(*level, last_.get());
    level->seconds = seconds_of_level(max(comm_, timers_.elapsed() - begin));
    tell(*level);
    judge(*level);
    if (!best_ || level->error <= best_->error) best_ = level;
    last_ = std::move(level);
  }

  /// What it took before a checkpoint, if that has it.
  double seconds_of_level(double now) const {
    auto& journal = journal_of(monitor_);
    const auto* record = journal.take("seconds");
    if (record) now = record->number("seconds");
    if (!record) journal.put("seconds", {.numbers = {{"seconds", {now}}}});
    return now;
  }

  /// None where the solve has failed.
  std::optional<Solved> solve(const Numerics& numerics) {
    Monitor monitor;
    monitor.journal = monitor_.journal;
    monitor.phase = monitor_.phase;
    monitor.iteration = monitor_.iteration;
    monitor.stop = [this] { return stop_requested(); };
    auto how = how_;
    how.gives_up = true;
    if (last_) how.start = fields_of(last_->solved);
    try {
      auto file = refinement_.at(numerics);
      if (start_ > 0) file.options.solver.start = start_;
      auto solved = solve_once(file, ranks_, monitor, how);
      add_phases(solved.result.phases, phases_);
      return solved;
    } catch (const AgreedError& error) {
      if (error.status() != Status::numerical) throw;
      failure_ = error.what();
      return {};
    }
  }

  void fail(const Numerics& numerics, std::optional<Solved> solved, double seconds) {
    if (solved) failure_ = solved->result.stop_reason;
    say(fmt::format("level {}: {}: not converged ({}), {:.3g} s", levels_, description(numerics), failure_,
                    seconds));
    if (++failures_ >= most_failures || !refinement_.open().intervals)
      if (reason_.empty()) reason_ = fmt::format("no convergence: {}", failure_);
    if (solved) failed_.emplace(std::move(*solved));
  }

  void tell(const Level& level) const {
    const auto error = std::isfinite(level.error) ? fmt::format("estimated error {:.2e} ({}), change {:.1e}",
                                                                level.error, level.worst, level.change)
                       : level.solved.result.finished ? std::string("no estimate yet")
                                                      : level.solved.result.stop_reason;
    say(fmt::format("level {}: {}: {}, {:.3g} s", levels_, description(level.numerics), error,
                    level.seconds));
  }

  /// Whether this is the last level.
  void judge(const Level& level) {
    const bool helps = !best_ || !std::isfinite(best_->error) || level.error < 0.5 * best_->error;
    useless_ = helps ? 0 : useless_ + 1;
    if (!reason_.empty()) return;
    if (level.error < surely * accuracy_)
      reason_ = "reached";
    else if (last_ && uncertainty(level) > accuracy_ && uncertainty(*last_) < 2 * uncertainty(level))
      reason_ = fmt::format(
          "what the data leave uncertain of the unknowns makes an error of {:.2e} by itself; give more data, "
          "or "
          "data with smaller errors",
          uncertainty(level));
    else if (useless_ == most_useless)
      reason_ = "refinement does not help any more";
    else if (levels_ == most_levels)
      reason_ = fmt::format("not within {} levels", levels_);
    else if (!refinement_.open().any())
      reason_ = "the case leaves nothing open that could be refined";
  }

  Numerics next(const Numerics& numerics) {
    if (failures_ == 1 && can_start_elsewhere()) {
      start_ = 1;
      return numerics;
    }
    const auto result = failures_ > 0 ? refinement_.after_failure(numerics) : refined();
    limit_time(result);
    limit_memory(result);
    return result;
  }

  /// Whether there are other fields to start from than none, which may be no start at all.
  bool can_start_elsewhere() const {
    return !last_ && start_ == 0 && !file_.given.contains("solver.start") && !refinement_.affine();
  }

  /// Further than the last level, even where its coefficients seem to say that it is fine enough.
  Numerics refined() const {
    constexpr double stricter = 0.1;
    double tolerance = aim * accuracy_;
    if (std::isfinite(last_->error) && last_->unresolved > 0)
      tolerance /= std::clamp(last_->error / last_->unresolved, 1.0, most_amplified);
    auto result = refinement_.next(last_->numerics, last_->resolution, tolerance);
    while (refinement_.work(result) < 1.2 * refinement_.work(last_->numerics) && tolerance > 1e-16) {
      tolerance *= stricter;
      result = refinement_.next(last_->numerics, last_->resolution, tolerance);
    }
    return result;
  }

  void limit_time(const Numerics& numerics) {
    const auto& limit = file_.options.solver.time_limit;
    if (!limit || !last_) return;
    const double seconds = last_->seconds * refinement_.work(numerics) / refinement_.work(last_->numerics);
    if (max(comm_, timers_.elapsed()) + seconds > *limit)
      reason_ = fmt::format("{} would take about {:.3g} s more, beyond the time limit of {:.3g} s",
                            description(numerics), seconds, *limit);
  }

  void limit_memory(const Numerics& numerics) {
    constexpr double usable = 0.8;
    if (!reason_.empty()) return;
    const auto needed = predicted_memory(refinement_.at(numerics), comm_.size());
    if (needed < usable * machine_memory()) return;
    reason_ = fmt::format("{} would need about {:.3g} GB of memory (this machine has {:.3g} GB)",
                          description(numerics), needed / 1e9, machine_memory() / 1e9);
  }

  Solved finish() {
    if (!best_ && !failed_) throw Error(Status::numerical, failure_);
    auto solved = best_ ? std::move(best_->solved) : std::move(*failed_);
    auto& result = solved.result;
    if (best_) pronounce(result);
    result.stopped = stopped_;
    result.phases = phases_;
    result.seconds = journal_of(monitor_).earlier_seconds() + max(comm_, timers_.elapsed());
    return solved;
  }

  void pronounce(Result& result) const {
    const bool reached = best_->error < surely * accuracy_, likely = best_->error < accuracy_;
    const auto found = fmt::format("{} has an estimated error of {:.2e}{}", description(best_->numerics),
                                   best_->error, best_->worst.empty() ? "" : " (" + best_->worst + ")");
    result.stop_reason =
        reached ? fmt::format("{}, below {:g}", found, accuracy_)
                : fmt::format("accuracy {:g} is not {}reached: {}; {}{}", accuracy_, likely ? "surely " : "",
                              reason_, found, likely ? " (errors are up to twice as large)" : "");
    if (!reached) result.unresolved_because = result.stop_reason;
    result.resolved = result.resolved && reached;
    result.converged = result.resolved;
  }

  bool stop_requested() {
    const auto& limit = file_.options.solver.time_limit;
    const bool late = limit && timers_.elapsed() > *limit;
    stopped_ = any(comm_, late || (monitor_.stop && monitor_.stop()));
    return stopped_;
  }

  void say(const std::string& line) const {
    if (comm_.rank() == 0 && monitor_.message) monitor_.message(line);
  }

  const CaseFile& file_;
  MPI_Comm ranks_;
  Communicator comm_;
  const Monitor& monitor_;
  const OneSolve& how_;
  Refinement refinement_;
  double accuracy_;
  Timers timers_;
  std::shared_ptr<Level> last_, best_;
  std::optional<Solved> failed_;  ///< the last one that did not converge
  std::string failure_;           ///< why
  std::string reason_;            ///< why there are no more levels; empty: there are
  int levels_ = 0, failures_ = 0, useless_ = 0;
  int start_ = 0;  ///< solver.start, where the case leaves it open
  bool stopped_ = false;
  std::vector<Phase> phases_;
};

}  // namespace

Solved solve_to_accuracy(const CaseFile& file, MPI_Comm comm, const Monitor& monitor, const OneSolve& how) {
  return Levels(file, comm, monitor, how).run();
}

}  // namespace ddpinn
