// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "run/identification_run.hpp"

#include "problem/case/derived_cases.hpp"

namespace ddpinn {

namespace {

class March {
 public:
  March(const Communicator& comm, const CaseFile& file, const Monitor& monitor,
        const std::function<void(const Space&)>& first)
      : comm_(comm),
        file_(file),
        monitor_(monitor),
        first_(first),
        observations_(comm, file.problem),
        march_(comm, monitor) {}

  IdentificationRun run(const std::function<void(const IdentificationRun&)>& report) {
    const ForwardModel forward{
        [this](const std::vector<double>& values, bool anew) { return misfits(values, anew); },
        [this] { keep(); }, file_.options.solver.trains()};
    run_.fit = fit_unknowns(comm_, file_.problem.unknowns, observations_, forward, [&](const Fit& fit) {
      run_.fit = fit;
      report(run_);
    });
    if (run_.parts.empty()) run_.parts = std::move(parts_);  // stopped before anything was known
    run_.file = forward_case(file_, run_.fit.values);
    return std::move(run_);
  }

 private:
  void keep() {
    run_.parts = std::move(parts_);
    kept_ = misfits_;
    kept_values_ = values_;
  }

  std::optional<std::vector<double>> misfits(const std::vector<double>& values, bool anew) {
    // Where they are linear, solutions do not depend on where they start.
    if (!anew && linear_ && values == kept_values_) return kept_;
    auto file = forward_case(file_, values);
    if (!anew) file.options.solver.method = {Method::least_squares};
    values_ = values;
    misfits_.assign(observations_.rows(), 0.0);
    parts_.clear();
    SlabMarch::Listener listener;
    if (run_.solves == 0) listener.first = first_;
    listener.solved = [&](TimePart& part, const Solution& solution) {
      observations_.compare(part.field(), part.slab(), misfits_);
      run_.krylov_iterations += solution.krylov_iterations;
      linear_ = part.discretisation().model().affine && !file_.options.solver.trains();
      parts_.push_back(solution);
      parts_.back().fields.clear();
      parts_.back().field = part.field();
      parts_.back().problem.reset();
    };
    ++run_.solves;
    march_.run(file, listener, anew ? nullptr : &run_.parts);
    if (monitor_.stop()) return {};
    return misfits_;
  }

  const Communicator& comm_;
  const CaseFile& file_;
  const Monitor& monitor_;
  const std::function<void(const Space&)>& first_;
  Observations observations_;
  SlabMarch march_;
  bool linear_ = false;
  std::vector<Solution> parts_;             ///< of the last solution
  std::vector<double> values_, misfits_;    ///< for it
  std::vector<double> kept_values_, kept_;  ///< the same for the kept one
  IdentificationRun run_;
};

}  // namespace

IdentificationRun identify_by_march(const Communicator& comm, const CaseFile& file, const Monitor& monitor,
                                    const std::function<void(const Space&)>& first,
                                    const std::function<void(const IdentificationRun&)>& report) {
  return March(comm, file, monitor, first).run(report);
}

}  // namespace ddpinn
