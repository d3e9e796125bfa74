// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "grid/grid_correction.hpp"

#include "grid/grid_exchange.hpp"
#include "grid/grid_march.hpp"
#include "parallel/agree.hpp"

#include <algorithm>
#include <cmath>
#include <optional>

namespace ddpinn {

using petsc::check;

class GridCorrection::Impl {
 public:
  Impl(const Communicator& comm, const Model& model, const std::vector<int>& grid, int order)
      : comm_(comm.get()),
        problem_(model, grid, order),
        layout_(problem_.mesh(), comm.size()),
        part_(comm_.first(layout_.ranks())) {
    if (!part_) return;
    march_.emplace(problem_, layout_, *part_);
    nodes_ = layout_.local(part_->rank());
  }

  const GridProblem& problem() const { return problem_; }

  template <class OfAxis>
  std::vector<Hat> products(OfAxis&& stencil) const {
    const auto& mesh = problem_.mesh();
    std::vector<Hat> result{{0, 1.0}};
    for (int d = mesh.dimension() - 1; d >= 0; --d) {
      std::vector<Hat> next;
      for (const auto& hat : result)
        for (const auto& [node, weight] : stencil(d))
          if (weight != 0) next.push_back({hat.node * mesh.axis(d).nodes() + node, hat.value * weight});
      result = std::move(next);
    }
    return result;
  }

  PetscInt moved(PetscInt node, const Point& shift) const {
    const auto& mesh = problem_.mesh();
    PetscInt result = 0, stride = 1;
    for (int d = 0; d < mesh.dimension(); ++d) {
      const auto& axis = mesh.axis(d);
      const auto steps = std::lround(shift[static_cast<std::size_t>(d)] / axis.spacing());
      auto place = node % axis.nodes() + steps;
      if (axis.periodic()) place = (place % axis.nodes() + axis.nodes()) % axis.nodes();
      result += stride * place;
      stride *= axis.nodes();
      node /= axis.nodes();
    }
    return result;
  }

  void touch(const std::vector<PetscInt>& nodes) {
    of_fields_ = grid_exchange(comm_, problem_.mesh(), layout_, nodes, problem_.fields());
    of_equations_ = grid_exchange(comm_, problem_.mesh(), layout_, nodes, problem_.equations());
  }

  void continue_from(const Columns& columns) {
    auto values = columns(first_level());
    if (march_) march_->set_given(std::move(values));
  }

  void start_from(const Columns& columns) { start_ = columns(first_level()); }

  void linearise(std::span<const double> fields) {
    const auto count = problem_.fields(), width = problem_.width();
    auto values = owned(count);
    of_fields_.reduce(fields, values, MPI_REPLACE);
    if (!march_) return;
    auto levels = march_->zeros();
    const double* value = values.data();
    for (auto& level : levels) {
      const petsc::LocalArray local(level);
      for (std::size_t node = 0; node < nodes_.size(); ++node, value += count)
        for (std::size_t f = 0; f < width; ++f)  // ghosts of other parts start as the node
          local.get()[node * width + f] = value[f % count];
    }
    march_->linearise(levels);
  }

  void correct(std::span<const double> defect, std::span<double> correction) const {
    auto defects = owned(problem_.equations());
    of_equations_.reduce(defect, defects, MPI_SUM);
    std::vector<double> values;
    if (march_) {
      auto levels = march_->zeros();
      march_->correct(right_sides(defects), levels);
      values = collect(levels);
    }
    of_fields_.broadcast(values, correction);
  }

  void solve(std::span<double> touched) {
    std::vector<double> values;
    collectively(comm_, [&] {
      if (!march_) return;
      auto levels = march_->zeros();
      if (!start_.empty()) fill(levels.front());
      march_->solve(levels);
      values = collect(levels);
    });
    of_fields_.broadcast(values, touched);
  }

 private:
  /// This rank's nodes at the first level.
  std::vector<Point> first_level() const {
    std::vector<Point> x;
    for (const auto& index : nodes_) x.push_back(problem_.mesh().at(index, 0));
    return x;
  }

  void fill(::Vec level) const {
    const petsc::LocalArray local(level);
    const auto width = problem_.width();
    for (std::size_t i = 0; i < local.get().size(); ++i)
      local.get()[i] = start_[i % width % problem_.fields()][i / width];
  }

  /// Zeros for the nodes of this rank at all levels.
  std::vector<double> owned(std::size_t per_node) const {
    return std::vector<double>(problem_.mesh().levels() * nodes_.size() * per_node, 0.0);
  }

  /// Defects by level and row: divided by the integral of the hat, in the rows of their equations.
  std::vector<std::vector<double>> right_sides(const std::vector<double>& defects) const {
    const auto equations = problem_.equations(), width = problem_.width();
    const double* defect = defects.data();
    std::vector<std::vector<double>> right(problem_.mesh().levels());
    for (std::size_t n = 0; n < right.size(); ++n)
      for (const auto& index : nodes_) {
        const double integral = problem_.mesh().hat_integral(index, n);
        for (std::size_t i = 0; i < width; ++i)
          right[n].push_back(sum_of_row(n, right[n].size(), defect) / integral);
        defect += equations;
      }
    return right;
  }

  /// The defect in a row is that of its equation, and of equations which hold nearby, but not here, in its
  /// place.
  double sum_of_row(int level, std::size_t row, const double* defect) const {
    const auto fields = problem_.fields();
    const auto& equation = march_->equations(level);
    if (equation[row] < 0) return 0;
    double sum = defect[equation[row]];
    const auto here = std::span(equation).subspan(row / fields * fields, fields);
    for (std::size_t e = 0; problem_.equations() > fields && e < problem_.equations(); ++e)
      if (problem_.best_field(e) == row % fields && std::ranges::find(here, e) == here.end())
        sum += defect[e];
    return sum;
  }

  std::vector<double> collect(const GridLevels& levels) const {
    std::vector<double> values;
    for (const auto& level : levels) {
      const petsc::ConstLocalArray local(level);
      for (std::size_t i = 0; i < local.get().size(); ++i)
        if (i % problem_.width() < problem_.fields()) values.push_back(local.get()[i]);
    }
    return values;
  }

  Communicator comm_;
  GridProblem problem_;
  GridLayout layout_;
  std::optional<Communicator> part_;  ///< the ranks of the layout
  std::optional<GridMarch> march_;
  std::vector<SpaceIndex> nodes_;
  std::vector<std::vector<double>> start_;  ///< by field and node
  petsc::StarForest of_fields_, of_equations_;
};

GridCorrection::GridCorrection(const Communicator& comm, const Model& model, const std::vector<int>& grid,
                               int order)
    : impl_(std::make_unique<Impl>(comm, model, grid, order)) {}
GridCorrection::~GridCorrection() = default;
GridCorrection::GridCorrection(GridCorrection&&) noexcept = default;
GridCorrection& GridCorrection::operator=(GridCorrection&&) noexcept = default;

std::vector<GridCorrection::Hat> GridCorrection::hats(const Point& x) const {
  return impl_->products([&](int d) { return impl_->problem().mesh().axis(d).hats(x[d]); });
}

std::vector<GridCorrection::Hat> GridCorrection::smooth(const Point& x, const MultiIndex& alpha) const {
  return impl_->products([&](int d) {
    const std::size_t i = d;
    return impl_->problem().mesh().axis(d).cubic(x[i], alpha[i]);
  });
}

PetscInt GridCorrection::nodes() const { return impl_->problem().mesh().all_nodes(); }
PetscInt GridCorrection::moved(PetscInt node, const Point& shift) const { return impl_->moved(node, shift); }
std::size_t GridCorrection::fields() const { return impl_->problem().fields(); }
std::size_t GridCorrection::equations() const { return impl_->problem().equations(); }
void GridCorrection::start_from(const Columns& columns) { impl_->start_from(columns); }
void GridCorrection::touch(std::vector<PetscInt> nodes) { impl_->touch(nodes); }
void GridCorrection::continue_from(const Columns& columns) { impl_->continue_from(columns); }
void GridCorrection::linearise(std::span<const double> fields) { impl_->linearise(fields); }
void GridCorrection::correct(std::span<const double> defect, std::span<double> correction) const {
  impl_->correct(defect, correction);
}
void GridCorrection::solve(std::span<double> values) { impl_->solve(values); }

}  // namespace ddpinn
