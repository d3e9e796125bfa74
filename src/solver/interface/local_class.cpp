// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "solver/interface/local_class.hpp"

#include "assembly/box_rows.hpp"
#include "assembly/compression.hpp"
#include "dense/lapack.hpp"
#include "parallel/square_sum.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace ddpinn {

namespace {

/// Right sides that are multiplied at once.
constexpr std::size_t together = 64;

/// Bytes of orthonormal bases that are kept for further boxes with the same slopes.
constexpr std::size_t kept_bytes = std::size_t{1} << 28;

/// As many unknowns as a local problem may have. Its functions have no windows, so Gauss points on a whole
/// box are a quadrature of products of smooth functions, and 1.3 rows per direction for each unknown do;
/// where shapes cut the box they are not, and the windowed coupling's rule holds.
std::size_t most_local_unknowns(std::size_t rows, std::size_t parts, const Region& region) {
  constexpr double oversampling = 1.3;
  bool cut = parts > 1;
  for (std::size_t i = 0; i < region.shapes(); ++i) cut |= region.shape(i).use != Shape::Use::interface;
  if (cut) return most_unknowns(rows, region.dimension());
  return static_cast<std::size_t>(rows / std::pow(oversampling, region.dimension()));
}

bool is_zero(const Matrix& coefficients) {
  return std::ranges::all_of(coefficients.entries(), [](double c) { return c == 0; });
}

/// Columns of a part's coefficients: rows of T.
MatrixView rows_of_part(const Matrix& transform, std::size_t part, std::size_t size) {
  return {transform.data() + part * size, size, transform.columns(), transform.rows()};
}

void weigh(const Rows::Weights& weights, const std::vector<double>& by_row, Linearisation& linear) {
  for (std::size_t r = 0; r < linear.residual.size(); ++r) linear.residual[r] *= by_row[r];
  for (std::size_t g = 0; g < weights.size(); ++g)
    for (std::size_t s = 0; s < weights[g].size(); ++s)
      for (auto& column : linear.derivative[g][s])
        for (std::size_t i = 0; i < column.size(); ++i) column[i] *= weights[g][s][i];
}

/// The points of a group in all boxes, one after the other, as statements see them.
PointGroup points_of(const PointGroup& group, const std::vector<Point>& points,
                     std::span<const LinearisedRows> boxes) {
  PointGroup all;
  all.statements = group.statements;
  all.derivatives = group.derivatives;
  all.probe_step = group.probe_step;
  all.given.resize(group.given.size());
  for (const auto& box : boxes) {
    for (const auto& x : points) {
      auto& to = all.points.x.emplace_back(x);
      for (std::size_t d = 0; d < to.size(); ++d) to[d] += box.shift[d];
    }
    all.points.normal.insert(all.points.normal.end(), group.points.normal.begin(), group.points.normal.end());
    all.core.insert(all.core.end(), points.size(), box.k);
    for (std::size_t c = 0; c < group.given.size(); ++c)
      all.given[c].insert(all.given[c].end(), group.given[c].begin(), group.given[c].end());
  }
  return all;
}

}  // namespace

/// With order "restricted" a trace comes from one neighbour alone, by windows that can be equal, and then
/// rounding decides: congruent boxes would not agree on it. The defect of nonlinear equations on a grid
/// depends on what neighbours have found.
Congruence congruence_of(const Model& model, const Decomposition& decomposition, const NetworkFamily& family,
                         const TransmissionRule& rule, const Options& options) {
  const auto grid = rule.time < 0 ? options.coarse : std::vector<int>{};
  if (!options.solver.congruence || options.solver.trains() ||
      rule.options.order == SubdomainOrder::restricted || (!model.affine && !grid.empty()))
    return Congruence(decomposition);
  return {model, decomposition, family, grid};
}

double judged_part(const Model& model, const Decomposition& decomposition, const Options& options) {
  constexpr double most = 262144;  // points, of all ranks together
  if (options.decomposition.coupling != Coupling::interface || !model.affine || options.solver.trains())
    return 1;
  double points = decomposition.cores();
  for (int n : options.points.interior) points *= n;
  return std::min(1.0, most / points);
}

Rows& problem_at(const InterfaceCase& c, LocalClass& local, int box) {
  if (!local.problem) {
    local.problem = std::make_unique<Rows>(
        c.space,
        draw_box(c.space.model(), c.space.decomposition(), c.space.decomposition().parts(local.box),
                 {c.points.interior, c.points.boundary, c.points.sampling, c.space.family().seed, true},
                 local.weights.size()));
    local.points.clear();
    for (const auto& group : local.problem->rows().groups) local.points.push_back(group.points.x);
  }
  if (local.members.size() > 1)
    local.problem->move_points(local.points, shift_between(c.space.decomposition(), local.box, box), box);
  return *local.problem;
}

void linearise_at(const Rows& problem, const std::vector<std::vector<Point>>& points,
                  std::span<LinearisedRows> boxes) {
  const auto& groups = problem.rows().groups;
  for (auto& box : boxes) {
    box.rows->residual.assign(problem.rows().count, 0.0);
    box.rows->derivative.assign(groups.size(), {});
  }
  for (std::size_t g = 0; g < groups.size(); ++g) {
    const auto n = points[g].size();
    PointGroup wide = points_of(groups[g], points[g], boxes);
    FieldValues fields(groups[g].derivatives.size());
    for (std::size_t a = 0; a < fields.size(); ++a)
      for (const auto& box : boxes)
        fields[a].insert(fields[a].end(), (*box.fields)[g][a].begin(), (*box.fields)[g][a].end());
    const auto& statements = groups[g].statements->statements;
    for (std::size_t s = 0; s < statements.size(); ++s) {
      const auto values = evaluate(statements[s], wide, fields, problem.unknowns(), problem.model(), true);
      for (std::size_t b = 0; b < boxes.size(); ++b) {
        auto& rows = *boxes[b].rows;
        groups[g].rows.for_each([&](std::size_t i, const auto& place) {
          rows.residual[place.row(s)] = values.residual[b * n + i];
        });
        auto& slopes = rows.derivative[g].emplace_back(values.derivative.size());
        for (std::size_t a = 0; a < slopes.size(); ++a)
          if (const auto& all = values.derivative[a]; !all.empty())
            slopes[a].assign(all.begin() + static_cast<std::ptrdiff_t>(b * n),
                             all.begin() + static_cast<std::ptrdiff_t>((b + 1) * n));
      }
    }
  }
}

std::vector<FieldValues> local_fields(const InterfaceCase& c, LocalClass& local, int box,
                                      const std::vector<const Matrix*>& coefficients) {
  const auto& problem = problem_at(c, local, box);
  auto result = problem.lift();
  for (std::size_t p = 0; p < coefficients.size(); ++p)
    if (const int k = local.parts[p].k; !is_zero(*coefficients[p]))
      problem.add_fields(k, c.space.family().network(k), *coefficients[p], result);
  return result;
}

ClassLinearisation::ClassLinearisation(const InterfaceCase& c, LocalClass& local, std::size_t number,
                                       GridDefect* grid, KnownSystems& known_systems,
                                       std::vector<LocalSystems>& systems, bool reweight)
    : case_(c),
      class_(local),
      number_(number),
      grid_(grid),
      known_systems_(known_systems),
      systems_(systems),
      reweight_(reweight),
      first_(systems.size()) {
  if (!grid) return;
  for (const auto& part : local.parts) quadrature_.push_back(grid->quadrature(part.k, part.nodes));
}

std::shared_ptr<LocalSystem> KnownSystems::system(const Matrix& jacobian, const std::vector<double>& weights,
                                                  double tolerance, std::size_t most) {
  constexpr std::size_t kept = 27;  // as many as three directions have ends
  DistinctNumbers::Columns columns{weights};
  for (std::size_t j = 0; j < jacobian.columns(); ++j)
    columns.emplace_back(jacobian.column(j), jacobian.column(j) + jacobian.rows());
  const auto found = jacobians_.find(columns);
  if (found && (jacobian.rows() == 0 || !systems_[*found]->basis.empty())) return systems_[*found];
  auto made = std::make_shared<LocalSystem>(local_system(jacobian, weights, tolerance, most));
  if (!found && systems_.size() < kept) {
    jacobians_.add(std::move(columns));
    systems_.push_back(made);
  }
  return made;
}

/// Statements are evaluated at the points of all boxes at once.
std::vector<ClassLinearisation::Linearised> ClassLinearisation::linearise(std::span<const Box> boxes) {
  std::vector<Linearised> result(boxes.size());
  std::vector<LinearisedRows> all;
  for (std::size_t b = 0; b < boxes.size(); ++b) {
    result[b].box = &boxes[b];
    result[b].fields = local_fields(case_, class_, boxes[b].k, boxes[b].coefficients);
    all.push_back({boxes[b].k, shift_between(case_.space.decomposition(), class_.box, boxes[b].k),
                   &result[b].fields, &result[b].rows});
  }
  linearise_at(*class_.problem, class_.points, all);
  for (auto& one : result) {
    for (const auto& group : one.rows.derivative)
      for (const auto& statement : group)
        one.slopes.insert(one.slopes.end(), statement.begin(), statement.end());
  }
  for (std::size_t p = 0; grid_ && p < quadrature_.size(); ++p) {
    std::vector<GridDefect::At> at;
    for (std::size_t b = 0; b < boxes.size(); ++b) at.push_back({all[b].shift, &(*boxes[b].places)[p]});
    auto slopes = grid_->add_fixed(quadrature_[p], at);
    for (std::size_t b = 0; b < boxes.size(); ++b)
      std::ranges::move(slopes[b], std::back_inserter(result[b].slopes));
  }
  return result;
}

void ClassLinearisation::add(std::span<const Box> boxes) {
  for (auto& one : linearise(boxes)) add(one);
}

void ClassLinearisation::add(Linearised& one) {
  const auto& box = *one.box;
  auto& state = *box.state;
  const auto system = system_of(one);
  auto& found = systems_[first_ + system];
  found.members.push_back(box.member);
  state.weights = found.weights;
  auto residual = one.rows.residual;
  const auto transmission = std::span(residual).last(class_.weights.size());
  for (std::size_t r = 0; r < transmission.size(); ++r)
    transmission[r] = class_.weights[r] * (box.field[r] - box.traces[r]);
  state.size_square = 0;
  if (!std::ranges::all_of(box.coefficients, [](const Matrix* c) { return is_zero(*c); })) {
    const auto without = class_.problem->linear_rows_at_lift(one.rows, one.fields);
    for (std::size_t r = 0; r < without.size(); ++r)
      state.size_square += std::pow(one.rows.residual[r] - without[r], 2);
    for (std::size_t r = 0; r < transmission.size(); ++r)
      state.size_square += std::pow(class_.weights[r] * box.field[r], 2);
  }
  auto& work = work_[system];
  work.residuals.insert(work.residuals.end(), residual.begin(), residual.end());
  work.states.push_back(&state);
  if (work.states.size() == together) flush(system);
}

/// The system of a box, with the weights of which its linearisation is multiplied.
std::size_t ClassLinearisation::system_of(Linearised& one) {
  const void* weights = reweight_ ? nullptr : one.box->state->weights.get();
  const auto found = known_.find(one.slopes, weights);
  if (!found) {
    const double projection = DistinctNumbers::projection(one.slopes);
    create(one);
    systems_.back().projection = projection;
    known_.add(std::move(one.slopes), weights);
    return work_.size() - 1;
  }
  auto& system = systems_[first_ + *found];
  weigh(*system.weights, system.weights_by_row, one.rows);
  if (system.system->basis.empty() && system.unknowns() > 0)
    system.system->basis = product(Op::none, jacobian(one.rows), Op::none, system.system->transform);
  return *found;
}

void ClassLinearisation::create(Linearised& one) {
  release();
  auto& problem = problem_at(case_, class_, one.box->k);
  auto& system = systems_.emplace_back();
  work_.emplace_back();
  system.local_class = number_;
  system.weights = one.box->state->weights;
  if (reweight_ || !system.weights) {
    problem.set_weights(one.fields);
    system.weights = std::make_shared<const Rows::Weights>(problem.weights());
  }
  problem.take_weights(*system.weights);
  system.weights_by_row = problem.weights_by_row();
  weigh(*system.weights, system.weights_by_row, one.rows);
  const auto matrix = jacobian(one.rows);
  system.system = known_systems_.system(
      matrix, class_.weights, case_.compression,
      most_local_unknowns(matrix.rows(), class_.parts.size(), case_.space.model().region));
  if (grid_) add_images(*one.box, system);
  if (systems_.size() - first_ > 1) slim(matrix, system);
  if (!system.slim) add_giving(system);
}

/// From coefficients of the part that gives.
Matrix ClassLinearisation::raw_giving(const Giving& giving) const {
  Matrix raw(giving.rows->size(), case_.network_size());
  giving.rows->add_rows(case_.space.family().network(class_.parts[giving.part].k), {}, 0, raw);
  return raw;
}

void ClassLinearisation::add_giving(LocalSystems& system) const {
  for (const auto& giving : class_.giving)
    system.giving.push_back(
        product(Op::none, raw_giving(giving), Op::none,
                rows_of_part(system.system->transform, giving.part, case_.network_size())));
}

/// Traces that are taken and given depend on the slopes by T alone: A = J_t T and G = R T, where J_t are the
/// transmission rows of the Jacobian and R what networks give. Where a class has many systems, as with
/// coefficients that differ everywhere, R and J_t are kept once, and T by each: with 190 features and 486
/// rows an eighth. The orthonormal basis has more digits than J T where J has small singular values: with
/// these a system keeps its own.
void ClassLinearisation::slim(const Matrix& jacobian, LocalSystems& system) {
  constexpr double rounding = 1e-11;
  const auto& own = *system.system;
  const auto rows = class_.weights.size(), first = jacobian.rows() - rows;
  if (class_.parts.size() > 1 || own.unknowns() == 0 || rows == 0) return;
  if (class_.taken.empty()) {
    class_.taken = Matrix(jacobian.columns(), rows);
    for (std::size_t r = 0; r < rows; ++r)
      for (std::size_t j = 0; j < jacobian.columns(); ++j)
        class_.taken(j, r) = class_.weights[r] * jacobian(first + r, j);
    for (const auto& giving : class_.giving) class_.given.push_back(raw_giving(giving));
  }
  const auto traces = product(Op::transpose, own.transform, Op::none, class_.taken);
  double largest = 0, difference = 0;
  for (std::size_t i = 0; i < traces.entries().size(); ++i) {
    largest = std::max(largest, std::abs(own.traces.entries()[i]));
    difference = std::max(difference, std::abs(own.traces.entries()[i] - traces.entries()[i]));
  }
  system.slim = difference <= rounding * largest;
  if (system.slim && system.system.use_count() == 1) system.system->traces = {};
}

void ClassLinearisation::add_images(const Box& box, LocalSystems& system) const {
  const auto shift = shift_between(case_.space.decomposition(), class_.box, box.k);
  const auto& traces = system.system->traces;
  for (std::size_t p = 0; p < class_.parts.size(); ++p) {
    const auto& part = class_.parts[p];
    const MatrixView of_part(traces.data() + part.first_row * traces.rows(), traces.rows(), part.rows->size(),
                             traces.rows());
    system.images.push_back(grid_->images(quadrature_[p], shift, part.nodes, *part.rows,
                                          rows_of_part(system.system->transform, p, case_.network_size()),
                                          of_part));
  }
}

/// The weighted rows of a box: the columns of one network after those of another.
Matrix ClassLinearisation::jacobian(const Linearisation& linear) const {
  Matrix result;
  for (std::size_t p = 0; p < class_.parts.size(); ++p) {
    const auto& part = class_.parts[p];
    const auto network = case_.space.family().network(part.k);
    auto columns = class_.problem->jacobian(class_.problem->block(part.k), network, linear);
    if (part.rows->size() > 0)
      part.rows->add_rows(network, std::span(class_.weights).subspan(part.first_row, part.rows->size()),
                          columns.rows() - class_.weights.size() + part.first_row, columns);
    if (class_.parts.size() == 1) return columns;
    if (result.empty())
      result = Matrix::uninitialised(columns.rows(), columns.columns() * class_.parts.size());
    std::ranges::copy(columns.entries(), result.column(p * case_.network_size()));
  }
  return result;
}

/// Multiplies the right sides that wait.
void ClassLinearisation::flush(std::size_t s) {
  auto& work = work_[s];
  const auto& system = *systems_[first_ + s].system;
  const auto count = work.states.size(), unknowns = system.unknowns();
  if (count == 0) return;
  const auto rows = work.residuals.size() / count;
  auto start = Matrix(unknowns, count);
  if (unknowns > 0)
    multiply(-1, Op::transpose, system.basis, Op::none, {work.residuals.data(), rows, count, rows}, 0,
             start.data(), unknowns);
  for (std::size_t i = 0; i < count; ++i)
    work.states[i]->start.assign(start.column(i), start.column(i) + unknowns);
  work = {};
}

/// Forgets bases where they have become many.
void ClassLinearisation::release() {
  const auto own = std::span(systems_).subspan(first_);
  const auto bytes = std::accumulate(own.begin(), own.end(), std::size_t{0}, [](auto sum, const auto& s) {
    return sum + s.system->basis.entries().size() * sizeof(double);
  });
  if (bytes < kept_bytes) return;
  for (std::size_t s = 0; s < own.size(); ++s) {
    flush(s);
    if (own[s].system.use_count() == 1) own[s].system->basis = {};
  }
}

void ClassLinearisation::finish() {
  for (std::size_t s = 0; s < work_.size(); ++s) {
    flush(s);
    auto& system = systems_[first_ + s];
    system.weights_by_row = {};
    if (system.system.use_count() == 1) system.system->basis = {};  // nobody else will ask for it
  }
  // A linear problem is linearised once.
  if (case_.space.model().affine && !case_.trains) class_.problem.reset();
}

}  // namespace ddpinn
