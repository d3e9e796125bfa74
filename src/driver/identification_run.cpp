// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "driver/identification_run.hpp"

#include "problem/forward_problem.hpp"

namespace ddpinn {

namespace {

class March {
 public:
  March(const Communicator& comm, const CaseFile& file, const Monitor& monitor,
        const std::function<void(const Setup&)>& first)
      : comm_(comm),
        file_(file),
        monitor_(monitor),
        first_(first),
        observations_(comm, file.problem),
        march_(comm, monitor) {}

  IdentificationRun run(const std::function<void(const IdentificationRun&)>& report) {
    const ForwardModel forward{
        [this](const std::vector<double>& values, bool near) { return misfits(values, near); },
        [this] { keep(); }};
    run_.fit = fit_unknowns(comm_, file_.problem.unknowns, observations_, forward,
                            file_.options.solver.max_iterations, [&](const Fit& fit) {
                              run_.fit = fit;
                              report(run_);
                            });
    if (run_.parts.empty()) run_.parts = std::move(trial_);  // stopped before anything was known
    run_.file = forward_case(file_, run_.fit.values);
    return std::move(run_);
  }

 private:
  void keep() {
    run_.parts = std::move(trial_);
    kept_ = trial_misfits_;
    kept_values_ = trial_values_;
  }

  std::optional<std::vector<double>> misfits(const std::vector<double>& values, bool near) {
    // Where they are linear, solutions do not depend on where they start.
    if (near && linear_ && values == kept_values_) return kept_;
    auto file = forward_case(file_, values);
    if (near) file.options.solver.method = {"least-squares"};
    std::vector<double> result(observations_.rows());
    std::vector<PartSolution> parts;
    SlabMarch::Listener listener;
    if (run_.solves == 0) listener.first = first_;
    listener.solved = [&](TimePart& part, const Solution& solution) {
      observations_.compare(part.discretisation(), part.coefficients(), part.slab(), result);
      run_.krylov_iterations += solution.krylov_iterations;
      linear_ = part.discretisation().model().affine && !file_.options.solver.trains();
      parts.push_back({solution, part.discretisation().family()});
      parts.back().solution.fields.clear();
    };
    ++run_.solves;
    march_.run(file, listener, run_.parts.empty() ? nullptr : &run_.parts);
    if (!near) {
      trial_ = std::move(parts);
      trial_misfits_ = result;
      trial_values_ = values;
    }
    if (monitor_.stop()) return {};
    return result;
  }

  const Communicator& comm_;
  const CaseFile& file_;
  const Monitor& monitor_;
  const std::function<void(const Setup&)>& first_;
  Observations observations_;
  SlabMarch march_;
  bool linear_ = false;
  std::vector<PartSolution> trial_;
  std::vector<double> trial_values_, trial_misfits_, kept_values_, kept_;
  IdentificationRun run_;
};

}  // namespace

CaseFile forward_case(const CaseFile& file, const std::vector<double>& values) {
  auto result = file;
  result.problem = forward_problem(file.problem, values);
  auto& method = result.options.solver.method;
  if (result.options.solver.trains() && method.back() != "least-squares") method.push_back("least-squares");
  return result;
}

IdentificationRun identify_by_march(const Communicator& comm, const CaseFile& file, const Monitor& monitor,
                                    const std::function<void(const Setup&)>& first,
                                    const std::function<void(const IdentificationRun&)>& report) {
  return March(comm, file, monitor, first).run(report);
}

}  // namespace ddpinn
