// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "run/attempts.hpp"

#include "grid/grid_correction.hpp"
#include "parallel/agree.hpp"
#include "problem/affine.hpp"
#include "problem/time_slabs.hpp"
#include "problem/weak_forms.hpp"
#include "run/continuation.hpp"
#include "solver/nonlinear/fitted_solution.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <optional>
#include <string>
#include <vector>

namespace ddpinn {

namespace {

/// Whether errors are as large as the fields: not for want of features, but since it is no solution.
bool is_far(const Result& result) {
  constexpr double far = 0.5;
  return std::ranges::any_of(result.estimates,
                             [](const auto& estimate) { return !(estimate.l2_relative < far); });
}

/// Another way to solve a case.
struct Attempt {
  std::string what;  ///< as keys of the case file say it
  CaseFile file;
};

/// What a solve gives, or the error that all ranks have met.
struct Outcome {
  std::optional<Solved> solved;
  std::optional<AgreedError> error;

  bool good() const { return solved && solved->result.finished && !is_far(solved->result); }
  bool stopped() const { return solved && solved->result.stopped; }
  std::string why() const { return solved ? solved->result.stop_reason : error->what(); }
};

class Attempts {
 public:
  Attempts(const CaseFile& file, const Communicator& comm, const Monitor& monitor, const SolveOnce& solve)
      : file_(file), comm_(comm), monitor_(monitor), solve_(solve) {}

  Solved run() {
    auto first = attempt(file_, false);
    auto why = first.why();
    if (first.good() || first.stopped() || !may_be_the_start(first)) return given(std::move(first));
    for (const auto& way : ways()) {
      const auto other = (this->*way)();
      if (!other) continue;
      say(fmt::format("not converged ({}); next with {}", why, other->what));
      auto outcome = attempt(other->file, true);
      why = outcome.why();
      if (outcome.good()) {
        say(fmt::format("{} has helped", other->what));
        return given(std::move(outcome));
      }
      if (!outcome.stopped()) continue;
      if (first.solved) first.solved->result.stopped = true;
      break;
    }
    return given(std::move(first));
  }

 private:
  Outcome attempt(const CaseFile& file, bool gives_up) const {
    try {
      return {solve_(file, gives_up), {}};
    } catch (const AgreedError& error) {
      if (error.status() != Status::numerical) throw;
      return {{}, error};
    }
  }

  static Solved given(Outcome outcome) {
    if (outcome.error) throw AgreedError(*outcome.error);
    return std::move(*outcome.solved);
  }

  bool open(const std::string& key) const { return !file_.given.contains(key); }

  using Way = std::optional<Attempt> (Attempts::*)() const;

  /// Unknowns are fitted to solutions for given values of them in time slabs, and else found with the fields.
  std::vector<Way> ways() const {
    if (!file_.problem.unknowns.empty()) return {&Attempts::in_few_slabs, &Attempts::in_slabs};
    return {&Attempts::from_conditions, &Attempts::from_grid, &Attempts::by_continuation,
            &Attempts::in_few_slabs,    &Attempts::in_slabs,  &Attempts::with_bump,
            &Attempts::with_dent};
  }

  /// Where an iteration ends because the case says so, no other start is asked for.
  bool may_be_the_start(const Outcome& outcome) const {
    const auto& options = file_.options;
    if (options.solver.trains() || is_affine(file_.problem) || is_weak(file_.problem)) return false;
    const bool cut = outcome.solved && !open("solver.max_iterations") &&
                     outcome.solved->result.nonlinear_iterations >= options.solver.max_iterations;
    return !cut;
  }

  /// The case from the smoothest fields that meet the conditions, which are no worse than zero.
  CaseFile from_smooth_fields() const {
    auto file = file_;
    if (open("solver.start")) file.options.solver.start = 1;
    return file;
  }

  std::optional<Attempt> from_guess(int number) const {
    if (!open("solver.start")) return {};
    auto file = file_;
    file.options.solver.start = number;
    return Attempt{fmt::format("solver.start = {}", number), std::move(file)};
  }
  std::optional<Attempt> from_conditions() const { return from_guess(1); }
  std::optional<Attempt> with_bump() const { return from_guess(2); }
  std::optional<Attempt> with_dent() const { return from_guess(3); }

  std::optional<Attempt> from_grid() const {
    if (!open("coarse.grid") || file_.options.decomposition.coupling == Coupling::interface) return {};
    auto file = from_smooth_fields();
    const auto& domain = file.problem.domain;
    for (const auto& name : domain.coordinates)
      file.options.coarse.push_back(name == "t" ? 64 : domain.coordinates.size() < 3 ? 32 : 16);
    if (!grid_has_solution(file)) return {};
    return Attempt{fmt::format("coarse.grid = [{}]", fmt::join(file.options.coarse, ", ")), std::move(file)};
  }

  bool grid_has_solution(const CaseFile& file) const {
    if (file.options.time.slabs > 1) return true;
    try {
      const auto model = collectively(comm_, [&] { return compile(file.problem); });
      GridCorrection grid(comm_, model, file.options.coarse);
      fields_of(grid)({});
      return true;
    } catch (const Error&) {
      recover(comm_);
      return false;
    }
  }

  std::optional<Attempt> by_continuation() const {
    if (!open("solver.continuation")) return {};
    auto file = from_smooth_fields();
    auto& values = file.options.solver.continuation;
    values = collectively(comm_, [&] { return continuation_in_small_factors(file.problem); });
    if (values.empty()) return {};
    const auto& [name, list] = *values.begin();
    return Attempt{fmt::format("solver.continuation = {{ {} = [{}] }}", name, fmt::join(list, ", ")),
                   std::move(file)};
  }

  std::optional<Attempt> slabs(int count) const {
    const auto& options = file_.options;
    if (!open("time.slabs") || !open("time.breakpoints") || options.time.slabs > 1 ||
        options.decomposition.coupling == Coupling::interface ||
        options.decomposition.breakpoints.contains("t") || !can_march(file_.problem))
      return {};
    auto file = from_smooth_fields();
    file.options.time.slabs = count;
    return Attempt{fmt::format("time.slabs = {}", count), std::move(file)};
  }
  std::optional<Attempt> in_few_slabs() const { return slabs(4); }
  std::optional<Attempt> in_slabs() const { return slabs(16); }

  void say(const std::string& line) const {
    if (comm_.rank() == 0 && monitor_.message) monitor_.message(line);
  }

  const CaseFile& file_;
  const Communicator& comm_;
  const Monitor& monitor_;
  const SolveOnce& solve_;
};

}  // namespace

Solved solve_by_attempts(const CaseFile& file, const Communicator& comm, const Monitor& monitor,
                         const SolveOnce& solve) {
  return Attempts(file, comm, monitor, solve).run();
}

}  // namespace ddpinn
