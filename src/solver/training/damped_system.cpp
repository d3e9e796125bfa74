// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "solver/training/damped_system.hpp"

#include "dense/lapack.hpp"
#include "parallel/square_sum.hpp"
#include "solver/identification/identification.hpp"
#include "solver/linear/preconditioner_kind.hpp"

#include <algorithm>
#include <cmath>

namespace ddpinn {

namespace {

/// Squared columns, relative to the largest, that damping takes for larger than they are: parameters without
/// effect stay where they are.
constexpr double least_column = 1e-16;

/// `left`, and beside it the first columns of `right`.
Matrix beside(const Matrix& left, const Matrix& right, std::size_t columns) {
  Matrix result(right.rows(), left.columns() + columns);
  std::ranges::copy(left.entries(), result.data());
  std::copy_n(right.data(), right.rows() * columns, result.column(left.columns()));
  return result;
}

}  // namespace

DampedSystem::DampedSystem(const TrainableField& field, const Linearisation& linear, bool variable_projection,
                           const SolverOptions& options)
    : field_(&field), linear_(&linear), options_(&options) {
  const std::size_t subdomains = field.layout().subdomains();
  compression_.size.assign(subdomains, 0);
  auto blocks = build_blocks(variable_projection);
  for (auto size : compression_.size) size_.push_back(size + damped_);
  scale_damped_columns(blocks);
  layout_.emplace(field.discretisation().owner(), size_, field.communicator());
  undamped_.emplace(field.communicator(), field.discretisation(), *layout_, std::move(blocks));
  if (preconditioner_kind(options.krylov.preconditioner).needs_normal_blocks())
    normal_ = std::make_unique<NormalBlocks>(*undamped_);
}

std::vector<Matrix> DampedSystem::build_blocks(bool variable_projection) {
  const auto& discretisation = field_->discretisation();
  const auto& network = field_->network();
  damped_ = variable_projection ? network.hidden() : network.size();
  SharedMatrices outputs;
  std::vector<Matrix> blocks;
  if (variable_projection) {
    outputs = discretisation.jacobian(*linear_);
    compression_ = compress(field_->communicator(), discretisation, options_->krylov.compression, outputs);
  }
  for (std::size_t b = 0; b < discretisation.blocks().size(); ++b) {
    const auto all = field_->jacobian(discretisation.blocks()[b], *linear_);
    blocks.push_back(beside(variable_projection ? outputs[b] : Matrix(all.rows(), 0), all, damped_));
  }
  return blocks;
}

/// Scales the damped columns to norm one, as the compressed ones have.
void DampedSystem::scale_damped_columns(std::vector<Matrix>& blocks) {
  std::vector<double> squares(size_.size() * damped_, 0.0);
  for (std::size_t b = 0; b < blocks.size(); ++b) {
    const std::size_t k = field_->discretisation().blocks()[b].subdomain;
    for (std::size_t j = 0; j < damped_; ++j) {
      const double* column = blocks[b].column(compression_.size[k] + j);
      for (std::size_t i = 0; i < blocks[b].rows(); ++i) squares[k * damped_ + j] += column[i] * column[i];
    }
  }
  sum(field_->communicator(), squares);
  largest_column_ = std::ranges::max(squares);
  for (auto square : squares) {
    const double kept = std::max(square, least_column * largest_column_);
    unit_.push_back(kept > 0 ? 1 / std::sqrt(kept) : 1);
  }
  for (std::size_t b = 0; b < blocks.size(); ++b) {
    const std::size_t k = field_->discretisation().blocks()[b].subdomain;
    for (std::size_t j = 0; j < damped_; ++j) {
      double* column = blocks[b].column(compression_.size[k] + j);
      for (std::size_t i = 0; i < blocks[b].rows(); ++i) column[i] *= unit_[k * damped_ + j];
    }
  }
}

/// The row that damps a parameter by mu |column| / |largest column|, where it is measured in `unit`.
double DampedSystem::damping_row(double unit, double damping) const {
  return largest_column_ > 0 ? std::sqrt(damping * unit / std::sqrt(largest_column_)) : 0;
}

std::vector<Matrix> DampedSystem::damped_blocks(const Rows& damped, double damping) const {
  std::map<int, const Matrix*> undamped;
  for (std::size_t b = 0; b < undamped_->blocks().size(); ++b)
    undamped[field_->discretisation().blocks()[b].subdomain] = &undamped_->blocks()[b];
  std::vector<Matrix> result;
  for (const auto& block : damped.blocks()) {
    const std::size_t k = block.subdomain;
    const auto columns = size_[k], compressed = compression_.size[k];
    auto& j = result.emplace_back(block.rows, columns);
    if (const auto found = undamped.find(block.subdomain); found != undamped.end())
      for (std::size_t c = 0; c < columns; ++c)
        std::copy_n(found->second->column(c), found->second->rows(), j.column(c));
    if (field_->layout().owner(block.subdomain) != field_->communicator().rank()) continue;
    for (std::size_t c = 0; c < damped_; ++c)
      j(block.rows - damped_ + c, compressed + c) = damping_row(unit_[k * damped_ + c], damping);
  }
  return result;
}

std::unique_ptr<NormalBlocks> DampedSystem::damped_normal(double damping) const {
  if (!normal_) return nullptr;
  std::map<int, std::vector<double>> diagonal;
  for (int k : layout_->owned()) {
    auto& values = diagonal[k];
    values.resize(compression_.size[k], 0.0);
    for (std::size_t c = 0; c < damped_; ++c) {
      const double row = damping_row(unit_[k * damped_ + c], damping);
      values.push_back(row * row);
    }
  }
  return std::make_unique<NormalBlocks>(normal_->with_diagonal(diagonal));
}

/// The coordinates of the polynomials, for the coarse space.
std::map<int, SharedMatrix> DampedSystem::polynomials() const {
  std::map<int, SharedMatrix> result;
  const auto count = field_->discretisation().family().shape.coarse_polynomials(),
             fields = field_->discretisation().model().fields.size();
  for (int k : field_->layout().owned()) {
    Matrix z(size_[k], count * fields);
    const auto found = compression_.polynomial.find(k);
    for (std::size_t f = 0; f < fields; ++f)
      for (std::size_t p = 0; p < count; ++p)
        if (found != compression_.polynomial.end())
          std::copy_n(found->second->column(f * count + p), found->second->rows(), z.column(f * count + p));
        else if (damped_ == field_->network().size())
          z(field_->network().output(f, p), f * count + p) = 1;
    result[k] = shared(std::move(z));
  }
  return result;
}

DampedSystem::Problem::Problem(const DampedSystem& system, double damping)
    : rows(system.field_->discretisation().with_own_rows(system.field_->communicator().rank(),
                                                         system.damped_)),
      layout(rows.owner(), system.size_, system.field_->communicator()),
      jacobian(system.field_->communicator(), rows, layout, system.damped_blocks(rows, damping)),
      preconditioner(system.options_->krylov.preconditioner, jacobian, system.damped_normal(damping),
                     system.polynomials()) {}

Border DampedSystem::border(const Problem& problem, const Monitor& monitor, int nonlinear) const {
  auto columns = linear_->unknowns;
  for (auto& column : columns) column.resize(problem.rows.rows().count, 0.0);
  return {problem.jacobian, problem.preconditioner, *options_, columns, monitor, nonlinear};
}

std::vector<double> DampedSystem::step_of_unknowns(const Border& border, const std::vector<double>& residual,
                                                   double damping) const {
  const auto& discretisation = field_->discretisation();
  const auto [lower, upper] = room(discretisation.model().unknowns, discretisation.unknowns());
  return border.solve(residual, lower, upper, largest_column_ > 0 ? damping / largest_column_ : 0);
}

DampedSystem::Step DampedSystem::solve(double damping, const Monitor& monitor, int nonlinear,
                                       ::Vec parameters) const {
  const auto& comm = field_->communicator();
  const Problem problem(*this, damping);
  auto right = linear_->residual;
  right.resize(problem.rows.rows().count, 0.0);
  Step step;
  if (!linear_->unknowns.empty()) {
    const auto border = this->border(problem, monitor, nonlinear);
    step.krylov_iterations += border.iterations();
    step.unknowns = step_of_unknowns(border, right, damping);
    for (std::size_t k = 0; k < step.unknowns.size(); ++k)
      for (std::size_t i = 0; i < linear_->residual.size(); ++i)
        right[i] += step.unknowns[k] * linear_->unknowns[k][i];
  }
  const auto y = problem.jacobian.create_unknowns();
  step.krylov_iterations +=
      solve_least_squares(problem.jacobian, problem.preconditioner, *options_, right, y, monitor, nonlinear)
          .iterations;
  std::vector<double> rows(right.size());
  problem.jacobian.multiply(y, rows);
  for (std::size_t i = 0; i < rows.size(); ++i) rows[i] += right[i];
  rows.resize(linear_->residual.size());
  step.promised = square_sum(comm, linear_->residual) - square_sum(comm, rows);
  add_to_parameters(y, problem.layout, parameters);
  return step;
}

std::vector<double> DampedSystem::standard_errors(const Monitor& monitor, double residual_deviation) const {
  constexpr double slight = 1e-6;  // against columns that are dependent to rounding
  const Problem problem(*this, slight * largest_column_);
  return border(problem, monitor, 0)
      .standard_errors(row_errors(field_->discretisation(), linear_->residual, residual_deviation));
}

void DampedSystem::add_to_parameters(::Vec y, const DofLayout& layout, ::Vec parameters) const {
  const petsc::ConstLocalArray from(y);
  const petsc::LocalArray to(parameters);
  const auto& network = field_->network();
  std::map<int, std::size_t> transform;
  for (std::size_t b = 0; b < compression_.transform.size(); ++b)
    transform[field_->discretisation().blocks()[b].subdomain] = b;
  for (int k : layout.owned()) {
    const auto step = from.get().subspan(layout.local_offset(k), layout.size(k));
    const auto target = to.get().subspan(field_->layout().local_offset(k), network.size());
    const auto compressed = compression_.size[k];
    const auto units = std::span(unit_).subspan(k * damped_, damped_);
    for (std::size_t i = 0; i < damped_; ++i) target[i] += units[i] * step[compressed + i];
    const auto found = transform.find(k);
    if (found == transform.end()) continue;
    const auto features = field_->discretisation().family().shape.features(),
               fields = field_->discretisation().model().fields.size();
    Matrix c(features, fields);
    compression_.expand(found->second, step, c);
    for (std::size_t f = 0; f < fields; ++f)
      for (std::size_t i = 0; i < features; ++i) target[network.output(f, i)] += c(i, f);
  }
}

}  // namespace ddpinn
