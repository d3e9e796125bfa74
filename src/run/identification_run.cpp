// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "run/identification_run.hpp"

#include "parallel/agree.hpp"
#include "problem/case/derived_cases.hpp"

#include <fmt/format.h>

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
    if (kept_name_ != name_) journal().erase(kept_name_ + "/parts");
    kept_name_ = name_;
    run_.parts = std::move(parts_);
    kept_ = misfits_;
    kept_values_ = values_;
  }

  std::optional<std::vector<double>> misfits(const std::vector<double>& values, bool anew) {
    // Where they are linear, solutions do not depend on where they start.
    if (!anew && linear_ && values == kept_values_) return kept_;
    if (name_ != kept_name_) journal().erase(name_ + "/parts");
    name_ = fmt::format("solve_{}", run_.solves++);
    values_ = values;
    parts_.clear();
    const auto scope = journal().enter(name_);
    const auto* record = journal().take("found");
    if (record && record->texts.contains("failed"))
      throw AgreedError(Status::numerical, record->texts.at("failed"));
    if (record && !journal().resumes("parts")) return remembered(*record);
    return calculated(values, anew, record == nullptr);
  }

  /// Those of a solution that was not kept.
  std::vector<double> remembered(const Record& record) {
    misfits_ = observations_.own(record.numbers.at("misfits"));
    run_.krylov_iterations += static_cast<long long>(record.number("iterations"));
    linear_ = record.number("linear") != 0;
    if (const auto& scale = record.numbers.at("scale"); !scale.empty()) march_.set_scale(scale.front());
    return misfits_;
  }

  /// @param is_new whether the journal has no record of it
  std::optional<std::vector<double>> calculated(const std::vector<double>& values, bool anew, bool is_new) {
    auto file = forward_case(file_, values);
    if (!anew) file.options.solver.method = {Method::least_squares};
    misfits_.assign(observations_.rows(), 0.0);
    const auto before = run_.krylov_iterations;
    SlabMarch::Listener listener;
    if (run_.solves == 1) listener.first = first_;
    listener.solved = [&](TimePart& part, const Solution& solution) {
      observations_.compare(part.field(), part.slab(), misfits_);
      run_.krylov_iterations += solution.krylov_iterations;
      linear_ = part.discretisation().model().affine && !file_.options.solver.trains();
      parts_.push_back(solution);
      parts_.back().fields.clear();
      parts_.back().field = part.field();
      parts_.back().problem.reset();
    };
    try {
      const auto scope = journal().enter("parts");
      march_.run(file, listener, anew ? nullptr : &run_.parts);
    } catch (const AgreedError& error) {
      if (error.status() == Status::numerical) journal().put("found", {.texts = {{"failed", error.what()}}});
      throw;
    }
    if (monitor_.stop()) return {};
    if (is_new && journal().is_kept())
      journal().put("found", {.numbers = {{"misfits", observations_.gathered(misfits_)},
                                          {"iterations", {1.0 * (run_.krylov_iterations - before)}},
                                          {"linear", {linear_ ? 1.0 : 0.0}},
                                          {"scale", scale()}}});
    journal().offer();
    return misfits_;
  }

  std::vector<double> scale() const {
    return march_.scale() ? std::vector{*march_.scale()} : std::vector<double>{};
  }

  Journal& journal() const { return journal_of(monitor_); }

  const Communicator& comm_;
  const CaseFile& file_;
  const Monitor& monitor_;
  const std::function<void(const Space&)>& first_;
  Observations observations_;
  SlabMarch march_;
  bool linear_ = false;
  std::vector<Solution> parts_;             ///< of the last solution
  std::vector<double> values_, misfits_;    ///< for it
  std::string name_, kept_name_;            ///< in the journal, of that and of the kept one
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
