// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "judge/correction.hpp"

#include "assembly/jacobian_numbers.hpp"
#include "judge/enriched_coordinates.hpp"
#include "parallel/agree.hpp"
#include "parallel/square_sum.hpp"
#include "solver/identification/identification.hpp"

#include <algorithm>
#include <cmath>
#include <functional>

namespace ddpinn {

namespace {

constexpr double unknown_condition = 1e4;

/// How a correction is solved for. It needs no more digits than one, but the norm of the stopping test weighs
/// parts of it by the roots of their eigenvalues. Preconditioned by two levels these lie within a factor of a
/// hundred in most problems; where errors grow, as along an exponential, there is a mode with a far smaller
/// one, and its part of the correction, which can be all that matters, comes last. Problems that are small
/// are then factorised.
/// What data say of the model's unknowns is a small part of the rows: it takes the digits of a solve.
/// @param condition of the preconditioned normal matrix, as the solve before has seen it; unknown_condition
/// of a problem that was not solved before
SolverOptions rough(SolverOptions options, const Rows& rich, double condition, std::size_t unknowns) {
  constexpr double usual = 100;
  constexpr std::size_t small = 20000;
  if (rich.model().is_weak()) options.krylov.type = KrylovType::cg;
  if (rich.model().unknowns.empty()) options.tolerance = 1e-2 * std::min(1.0, usual / condition);
  if (condition > usual && unknowns <= small) options.krylov.preconditioner = PreconditionerType::direct;
  return options;
}

/// A linearised least-squares problem of a richer space.
struct Enriched {
  const JacobianOperator& jacobian;
  const Preconditioner& preconditioner;
  const SolverOptions& how;
  std::function<Field(::Vec)> expand;  ///< from its unknowns to output coefficients
};

/// Adds to y what the unknowns change by, and says what is left uncertain of them.
/// @param y solution for the unknowns as they are
std::vector<Field> correct_unknowns(const Communicator& comm, const Enriched& enriched, const Rows& rich,
                                    const Linearisation& linear, ::Vec y, const Monitor& monitor) {
  const Border border(enriched.jacobian, enriched.preconditioner, enriched.how, linear.unknowns, monitor, 1);
  const auto left = [&](const std::vector<double>& change) {
    std::vector<double> rows(linear.residual.size());
    enriched.jacobian.multiply(y, rows);
    for (std::size_t r = 0; r < rows.size(); ++r) {
      rows[r] += linear.residual[r];
      for (std::size_t i = 0; i < change.size(); ++i) rows[r] += change[i] * linear.unknowns[i][r];
    }
    return rows;
  };
  const auto add = [&](const std::vector<double>& change, ::Vec to) {
    for (std::size_t i = 0; i < change.size(); ++i) petsc::check(VecAXPY(to, change[i], border.answers()[i]));
  };
  const auto [lower, upper] = room(rich.model().unknowns, rich.unknowns());
  const auto change = border.solve(left({}), lower, upper, Border::least_damping);
  add(change, y);
  const auto rest = left(change);
  const long long freedom =
      sum(comm, rich.rows().count) - enriched.jacobian.layout().total() - std::ssize(change);
  const double deviation = std::sqrt(square_sum(comm, rest) / std::max(1LL, freedom));
  std::vector<Field> uncertain;
  for (const auto& direction : deviations(border.covariance(row_errors(rich, rest, deviation)))) {
    const auto answer = enriched.jacobian.create_unknowns();
    add(direction, answer);
    uncertain.push_back(enriched.expand(answer));
  }
  return uncertain;
}

Correction solve(const Communicator& comm, const Enriched& enriched, const Rows& rich,
                 const Linearisation& linear, const Monitor& monitor) {
  const auto y = enriched.jacobian.create_unknowns();
  const auto found = solve_least_squares(enriched.jacobian, enriched.preconditioner, enriched.how,
                                         linear.residual, y, monitor, 1);
  std::vector<Field> uncertain;
  if (!linear.unknowns.empty()) uncertain = correct_unknowns(comm, enriched, rich, linear, y, monitor);
  std::vector<double> left(linear.residual.size());
  enriched.jacobian.multiply(y, left);
  for (std::size_t i = 0; i < left.size(); ++i) left[i] += linear.residual[i];
  return {enriched.expand(y), found.converged, square_sum(comm, left), std::move(uncertain)};
}

/// Of a weak form: solved for in passes, each of which takes over as multipliers what the springs of the
/// conditions were stretched by.
/// @param gradient of the weak form, by block @param transforms from the unknowns to coefficients, by block
Correction solve_weak_form(const Communicator& comm, JacobianOperator& jacobian, const Enriched& enriched,
                           const std::vector<std::vector<double>>& gradient, const SharedMatrices& transforms,
                           const Rows& rich, const Linearisation& linear, const Monitor& monitor) {
  constexpr int passes = 3;
  if (any(comm, !linear.form.symmetric())) jacobian.set_form(linear.form, false);
  const auto y = jacobian.create_unknowns(), more = jacobian.create_unknowns(),
             forces = jacobian.create_unknowns();
  petsc::check(VecZeroEntries(y));
  petsc::check(VecZeroEntries(forces));
  jacobian.add_compressed(gradient, transforms, forces);
  auto right = linear.residual, image = right;
  const auto conditions = rich.condition_rows();
  bool converged = true;
  for (int pass = 0; pass < passes; ++pass) {
    const auto found =
        solve_least_squares(jacobian, enriched.preconditioner, enriched.how, right, more, monitor, 1, forces);
    converged = converged && found.converged;
    petsc::check(VecAXPY(y, 1, more));
    jacobian.multiply(more, image);
    for (std::size_t i = 0; i < right.size(); ++i) right[i] += image[i];
    jacobian.multiply(y, image);
    for (auto i : conditions) right[i] += linear.residual[i] + image[i];
  }
  return {enriched.expand(y), converged, 0, {}};
}

/// @param transforms from the unknowns to coefficients, by block
Correction solve(const Communicator& comm, const RichRows& rich, JacobianOperator& jacobian,
                 const Enriched& enriched, const SharedMatrices& transforms, const Monitor& monitor) {
  return rich.rows.model().is_weak() ? solve_weak_form(comm, jacobian, enriched, rich.gradient, transforms,
                                                       rich.rows, rich.linear, monitor)
                                     : solve(comm, enriched, rich.rows, rich.linear, monitor);
}

}  // namespace

/// A richer space in the coordinates of a solved problem, ready to be solved in.
struct Corrections::Enrichment {
  Enrichment(const Communicator& comm, const Rows& rich, std::shared_ptr<const LinearProblem> of,
             EnrichedCoordinates in, SharedMatrices blocks, PreconditionerType type, const StopTest& stop)
      : solved(std::move(of)),
        coordinates(std::move(in)),
        jacobian(comm, rich, coordinates.layout(), std::move(blocks)),
        kind(type),
        preconditioner(type, jacobian, coordinates.polynomials(*solved), nullptr, stop) {}
  Enrichment(const Enrichment&) = delete;
  Enrichment& operator=(const Enrichment&) = delete;

  std::shared_ptr<const LinearProblem> solved;
  EnrichedCoordinates coordinates;
  JacobianOperator jacobian;
  PreconditionerType kind;
  Preconditioner preconditioner;
  std::optional<JacobianNumbers> numbers = {};  ///< where it is shared
};

Corrections::Corrections(const Communicator& comm, const SolverOptions& options, const Monitor& monitor,
                         bool shared)
    : comm_(comm), options_(options), monitor_(monitor), shared_(shared) {
  monitor_.iteration = {};
}

Corrections::Corrections(Corrections&&) noexcept = default;
Corrections::~Corrections() = default;

/// Whether what is kept is for these rows and this solved problem, too.
bool Corrections::serves(const Rows& rich, const Linearisation& linear, const LinearProblem& solved) {
  if (!kept_ || kept_->solved.get() != &solved) return false;
  const auto how = rough(options_, rich, solved.first.condition, kept_->coordinates.layout().total());
  if (how.krylov.preconditioner != kept_->kind) return false;
  if (any(comm_, !kept_->numbers->equal({rich, linear}))) return false;
  kept_->jacobian.serve(rich);
  return true;
}

/// @returns whether the space has such coordinates
bool Corrections::enrich(const Rows& rich, const Linearisation& linear,
                         const std::shared_ptr<const LinearProblem>& solved, SharedMatrices& blocks) {
  kept_.reset();
  auto coordinates = EnrichedCoordinates::make(comm_, rich, *solved, blocks);
  if (!coordinates) return false;
  const auto how = rough(options_, rich, solved->first.condition, coordinates->layout().total());
  kept_ = std::make_unique<Enrichment>(comm_, rich, solved, std::move(*coordinates), std::move(blocks),
                                       how.krylov.preconditioner, monitor_.stop);
  made_ = shares(rich);
  if (made_) kept_->numbers.emplace(rich, linear);
  return true;
}

Correction Corrections::anew(const RichRows& rich, SharedMatrices blocks) const {
  LinearProblem problem(comm_, rich.rows, options_.krylov.compression, std::move(blocks), monitor_.stop);
  const auto how = rough(options_, rich.rows, unknown_condition, problem.layout.total());
  problem.precondition(how.krylov.preconditioner, nullptr, monitor_.stop);
  return solve(comm_, rich, problem.jacobian,
               {problem.jacobian, *problem.preconditioner, how, [&](::Vec y) { return problem.expand(y); }},
               problem.compression.transform, monitor_);
}

void Corrections::make(Rows& rich, const std::shared_ptr<const LinearProblem>& solved) {
  Linearisation linear;
  auto blocks = collectively(comm_, [&] {
    rich.set_weights(rich.lift());
    linear = rich.linearise(rich.lift());
    return rich.jacobian(linear);
  });
  enrich(rich, linear, solved, blocks);
}

Correction Corrections::find(Rows& rich, const std::vector<FieldValues>& fields,
                             const std::shared_ptr<const LinearProblem>& solved) {
  made_ = false;
  const auto linear = collectively(comm_, [&] {
    rich.set_weights(fields);
    return rich.linearise(fields);
  });
  RichRows rows{rich, linear, {}};
  if (rich.model().is_weak()) rows.gradient = collectively(comm_, [&] { return rich.weak_gradient(fields); });
  if (!solved || !serves(rich, linear, *solved)) {
    auto blocks = jacobian_blocks(comm_, rich, linear, monitor_.stop);
    if (!solved || !enrich(rich, linear, solved, blocks)) return anew(rows, std::move(blocks));
  }
  const auto how = rough(options_, rich, solved->first.condition, kept_->coordinates.layout().total());
  const auto expand = [&](::Vec y) { return kept_->coordinates.expand(rich, kept_->jacobian.gather(y)); };
  auto result = solve(comm_, rows, kept_->jacobian, {kept_->jacobian, kept_->preconditioner, how, expand},
                      kept_->coordinates.transforms(), monitor_);
  if (!shares(rich)) kept_.reset();
  return result;
}

}  // namespace ddpinn
