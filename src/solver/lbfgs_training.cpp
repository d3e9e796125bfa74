// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "solver/lbfgs_training.hpp"

#include "solver/lbfgs.hpp"
#include "solver/trained_objective.hpp"
#include "solver/trained_scalars.hpp"

#include <algorithm>

namespace ddpinn {

using petsc::check;

namespace {

/// Vectors of a rank's parameters, and on rank 0 the scalars after them.
class ExtendedVectors {
 public:
  ExtendedVectors(const Communicator& comm, std::size_t parameters, std::size_t scalars)
      : comm_(comm), parameters_(parameters), scalars_(scalars) {}

  petsc::Vec create(double value) const {
    petsc::Vec x;
    const auto size = parameters_ + (comm_.rank() == 0 ? scalars_ : 0);
    check(VecCreateMPI(comm_.get(), static_cast<PetscInt>(size), PETSC_DETERMINE, x.out()));
    check(VecSet(x, value));
    return x;
  }

  void set_parameters(::Vec parameters, ::Vec x) const {
    std::ranges::copy(petsc::ConstLocalArray(parameters).get(), petsc::LocalArray(x).get().begin());
  }
  void get_parameters(::Vec x, ::Vec parameters) const {
    std::ranges::copy(petsc::ConstLocalArray(x).get().first(parameters_),
                      petsc::LocalArray(parameters).get().begin());
  }
  void set_scalars(const std::vector<double>& scalars, ::Vec x) const {
    if (comm_.rank() == 0)
      std::ranges::copy(scalars, petsc::LocalArray(x).get().subspan(parameters_).begin());
  }
  /// On every rank. @note Collective.
  std::vector<double> scalars(::Vec x) const {
    std::vector<double> result(scalars_, 0.0);
    if (comm_.rank() == 0)
      std::ranges::copy(petsc::ConstLocalArray(x).get().subspan(parameters_), result.begin());
    if (scalars_ > 0) sum(comm_, result);
    return result;
  }

 private:
  const Communicator& comm_;
  std::size_t parameters_, scalars_;
};

}  // namespace

TrainingOutcome train_by_lbfgs(TrainableField& field, Discretisation& discretisation,
                               const SolverOptions& options, const Monitor& monitor, ::Vec parameters) {
  const auto timed = start_phase(monitor, "lbfgs");
  const auto& comm = field.communicator();
  TrainedScalars scalars(comm, discretisation);
  const ExtendedVectors vectors(comm, field.layout().owned_size(), scalars.size());
  const auto slopes = field.create_parameters();
  const auto x = vectors.create(0), lower = vectors.create(PETSC_NINFINITY),
             upper = vectors.create(PETSC_INFINITY);
  vectors.set_parameters(parameters, x);
  vectors.set_scalars(scalars.values(), x);
  vectors.set_scalars(scalars.lower(), lower);
  vectors.set_scalars(scalars.upper(), upper);
  const auto take = [&](::Vec from) {
    vectors.get_parameters(from, parameters);
    scalars.set(vectors.scalars(from));
  };
  Minimisation problem;
  problem.evaluate = [&](::Vec at, ::Vec gradient) {
    take(at);
    const auto linear = linearise(field, parameters);
    field.gradient(linear, slopes);
    vectors.set_parameters(slopes, gradient);
    vectors.set_scalars(scalars.gradient(linear), gradient);
    return square_sum(comm, linear.residual) / 2;
  };
  problem.report = [&](int iteration, double value, double norm) {
    if (monitor.iteration) monitor.iteration({iteration, 0, norm, value, monitor.timers->elapsed()});
    return !monitor.stop();
  };
  if (scalars.bounded()) {
    problem.lower = lower;
    problem.upper = upper;
  }
  problem.tolerance = options.tolerance;
  problem.max_iterations = options.max_iterations;
  const auto result = minimise_by_lbfgs(comm, problem, x);
  take(x);
  return {result.converged, result.stop_reason, result.iterations, 0};
}

}  // namespace ddpinn
