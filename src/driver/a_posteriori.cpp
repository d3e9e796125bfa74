// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "driver/a_posteriori.hpp"

#include "coarse/grid_correction.hpp"

#include <fmt/format.h>
#include <algorithm>
#include <cmath>
#include <limits>

namespace ddpinn {

namespace {

/// Of the estimate; points a direction on a core; seed of the points, other than any that users give.
constexpr double safety = 1.5;
constexpr int fresh_points = 11;
constexpr std::uint64_t fresh_seed = 0x6672657368;

/// Quadrature points a cell and direction, and nodes that the grid may have.
constexpr int points_a_cell = 2;
constexpr double most_nodes = 1e6;

std::vector<int> own_cores(const Communicator& comm, const Discretisation& discretisation) {
  std::vector<int> cores;
  for (int k = 0; k < discretisation.decomposition().cores(); ++k)
    if (discretisation.owner()[static_cast<std::size_t>(k)] == comm.rank()) cores.push_back(k);
  return cores;
}

PointSet fresh(const StatementGroup& group, const Region& region, const Box& core, std::uint64_t seed) {
  PointSet all;
  if (group.interior)
    append(all, sample_interior(region, core,
                                std::vector<int>(static_cast<std::size_t>(region.dimension()), fresh_points),
                                Sampling::sobol, seed));
  for (const auto& face : group.faces)
    append(all, sample_face(region, core, face, fresh_points, Sampling::sobol, ++seed));
  for (auto shape : group.shapes) append(all, sample_surface(region, shape, core, fresh_points, seed));
  return only_where(group.where, std::move(all));
}

/// Sums of one statement over points.
struct Sums {
  double square = 0, measure = 0, largest = 0;
  long long points = 0;

  void add(double residual, double weight) {
    square += weight * residual * residual;
    measure += weight;
    largest = std::max(largest, std::abs(residual));
    ++points;
  }
};

FreshResidual reduce(const Communicator& comm, const Statement& statement, bool condition, const Sums& sums) {
  FreshResidual result{statement.name, condition};
  const double square = sum(comm, sums.square), measure = sum(comm, sums.measure);
  result.rms = measure > 0 ? std::sqrt(square / measure) : 0;
  result.largest = max(comm, sums.largest);
  result.points = sum(comm, sums.points);
  for (const auto& argument : statement.residual.arguments())
    if (argument.kind == Argument::Kind::field)
      result.order = std::max(result.order, order(argument.derivative.alpha));
  return result;
}

/// The residuals of the equations, weighted by the hat functions of a grid, and the grid's answer.
class ResidualGrid {
 public:
  ResidualGrid(const Communicator& comm, const Discretisation& discretisation,
               const std::map<int, Matrix>& coefficients, const std::vector<int>& points_a_core)
      : comm_(comm),
        discretisation_(discretisation),
        model_(discretisation.model()),
        per_core_(points_a_core),
        grid_(comm, model_, cells()),
        square_(2 * model_.fields.size(), 0.0) {
    for (int k : own_cores(comm, discretisation)) add_core(k, coefficients);
    solve();
  }

  /// Root mean square of the error and of the field, by field.
  double error(std::size_t f) const { return std::sqrt(square_[2 * f] / measure_); }
  double field(std::size_t f) const { return std::sqrt(square_[2 * f + 1] / measure_); }

 private:
  /// A quadrature point, for the norms at the end.
  struct Sample {
    Point x;
    double measure;
  };

  /// As many cells a core as it has points, so that the grid sees how the residual oscillates between these;
  /// fewer where the grid would have too many nodes.
  std::vector<int> cells() {
    const auto d = static_cast<std::size_t>(model_.dimension());
    per_core_.resize(d, per_core_.at(0));
    for (;;) {
      std::vector<int> result;
      double nodes = 1;
      for (std::size_t i = 0; i < d; ++i) {
        result.push_back(std::max(8, per_core_[i] * cores(static_cast<int>(i))));
        nodes *= result.back() + 1;
      }
      if (nodes <= most_nodes || *std::ranges::max_element(per_core_) <= 2) return result;
      for (auto& n : per_core_) n = std::max(2, n / 2);
    }
  }

  /// Cores along a direction, were they all as narrow as the narrowest; at most 64.
  int cores(int direction) const {
    double narrowest = model_.region.box().width(direction);
    for (int k = 0; k < discretisation_.decomposition().cores(); ++k)
      narrowest = std::min(narrowest, discretisation_.decomposition()[k].core.width(direction));
    return static_cast<int>(std::min(64.0, std::round(model_.region.box().width(direction) / narrowest)));
  }

  void add_core(int k, const std::map<int, Matrix>& coefficients) {
    std::size_t equation = 0;
    for (const auto& group : model_.groups) {
      if (!group.interior) continue;
      add_group(group, k, equation, coefficients);
      equation += group.statements.size();
    }
  }

  /// Gauss points on the parts of a core on which windows are smooth: across their borders the low
  /// frequencies of the residual, which make the error, would drown in the quadrature error of the high ones.
  PointSet quadrature(int k) const {
    const auto parts = discretisation_.decomposition().core_parts(k);
    std::vector<int> counts;
    for (std::size_t d = 0; d < parts.size(); ++d)
      counts.push_back(points_a_cell * per_core_[d] / static_cast<int>(parts[d].size() - 1) + 2);
    PointSet all;
    Box part = discretisation_.decomposition()[k].core;
    const auto descend = [&](auto&& self, std::size_t d) -> void {
      if (d == parts.size())
        return append(all, sample_interior(model_.region, part, counts, Sampling::gauss, 0));
      for (std::size_t i = 0; i + 1 < parts[d].size(); ++i) {
        part.lower[d] = parts[d][i];
        part.upper[d] = parts[d][i + 1];
        self(self, d + 1);
      }
    };
    descend(descend, 0);
    return all;
  }

  void add_group(const StatementGroup& group, int k, std::size_t equation,
                 const std::map<int, Matrix>& coefficients) {
    const auto points = only_where(group.where, quadrature(k));
    auto derivatives = group.derivatives();
    for (int f = 0; f < static_cast<int>(model_.fields.size()); ++f)
      if (std::ranges::find(derivatives, Derivative{f, {}}) == derivatives.end())
        derivatives.push_back({f, {}});
    const auto at = evaluation_points(model_, discretisation_.decomposition(), points, derivatives);
    const auto values = evaluate_fields(at, discretisation_, coefficients);
    for (std::size_t s = 0; s < group.statements.size(); ++s) {
      const auto residual = residual_values(group.statements[s], at, values, discretisation_.unknowns());
      for (std::size_t i = 0; i < residual.size(); ++i)
        for (const auto& [node, hat] : grid_.hats(points.x[i])) {
          auto& defect = defect_[node];
          defect.resize(grid_.equations(), 0.0);
          defect[equation + s] -= points.measure[i] * hat * residual[i];
        }
    }
    if (equation > 0) return;
    for (std::size_t i = 0; i < points.size(); ++i) {
      samples_.push_back({points.x[i], points.measure[i]});
      for (std::size_t a = 0; a < derivatives.size(); ++a)
        if (order(derivatives[a].alpha) == 0)
          square_[2 * static_cast<std::size_t>(derivatives[a].field) + 1] +=
              points.measure[i] * values[a][i] * values[a][i];
    }
  }

  void solve() {
    std::vector<PetscInt> nodes;
    std::vector<double> defect;
    for (const auto& [node, values] : defect_) {
      nodes.push_back(node);
      defect.insert(defect.end(), values.begin(), values.end());
    }
    grid_.touch(nodes);
    const auto fields = grid_.fields();
    std::vector<double> correction(nodes.size() * fields, 0.0);
    grid_.linearise(correction);
    grid_.correct(defect, correction);
    for (const auto& [x, measure] : samples_) {
      measure_ += measure;
      for (std::size_t f = 0; f < fields; ++f) {
        double value = 0;
        for (const auto& [node, hat] : grid_.hats(x)) {
          const auto i = std::ranges::lower_bound(nodes, node) - nodes.begin();
          value += hat * correction[static_cast<std::size_t>(i) * fields + f];
        }
        square_[2 * f] += measure * value * value;
      }
    }
    sum(comm_, square_);
    measure_ = sum(comm_, measure_);
  }

  const Communicator& comm_;
  const Discretisation& discretisation_;
  const Model& model_;
  std::vector<int> per_core_;  ///< cells, by direction
  GridCorrection grid_;
  std::map<PetscInt, std::vector<double>> defect_;
  std::vector<Sample> samples_;
  std::vector<double> square_;  ///< by field: of the error, of the field
  double measure_ = 0;
};

/// The narrowest core's mean width.
double core_width(const Decomposition& decomposition) {
  double least = std::numeric_limits<double>::infinity();
  for (int k = 0; k < decomposition.cores(); ++k) {
    double product = 1;
    for (int d = 0; d < decomposition.dimension(); ++d) product *= decomposition[k].core.width(d);
    least = std::min(least, std::pow(product, 1.0 / decomposition.dimension()));
  }
  return least;
}

}  // namespace

std::vector<FreshResidual> fresh_residuals(const Communicator& comm, const Discretisation& discretisation,
                                           const std::map<int, Matrix>& coefficients) {
  const auto& model = discretisation.model();
  const auto cores = own_cores(comm, discretisation);
  std::vector<FreshResidual> result;
  for (const auto& group : model.groups) {
    if (!group.points.empty()) continue;
    PointSet points;
    for (int k : cores)
      append(points, fresh(group, model.region, discretisation.decomposition()[k].core,
                           fresh_seed + 16 * static_cast<std::uint64_t>(k)));
    const auto at = evaluation_points(model, discretisation.decomposition(), points, group.derivatives());
    const auto values = evaluate_fields(at, discretisation, coefficients);
    for (const auto& statement : group.statements) {
      Sums sums;
      const auto residual = residual_values(statement, at, values, discretisation.unknowns());
      for (std::size_t i = 0; i < residual.size(); ++i) sums.add(residual[i], points.measure[i]);
      result.push_back(reduce(comm, statement, !group.interior, sums));
    }
  }
  return result;
}

std::vector<ErrorEstimate> estimate_by_residual(const Communicator& comm,
                                                const Discretisation& discretisation,
                                                const std::map<int, Matrix>& coefficients,
                                                const std::vector<FreshResidual>& residuals,
                                                const std::vector<int>& points_a_core) {
  const auto& model = discretisation.model();
  if (!model.unknowns.empty()) return {};
  for (const auto& residual : residuals)
    if (!model.affine || (!residual.condition && residual.order < 2)) return {};
  double conditions = 0;
  const double width = core_width(discretisation.decomposition());
  for (const auto& residual : residuals)
    if (residual.condition) conditions += residual.rms * std::pow(width, residual.order);
  const ResidualGrid grid(comm, discretisation, coefficients, points_a_core);
  std::vector<ErrorEstimate> result;
  for (std::size_t f = 0; f < model.fields.size(); ++f)
    result.push_back({model.fields[f], safety * (grid.error(f) + conditions) / grid.field(f)});
  return result;
}

std::vector<std::string> a_posteriori_lines(const Result& result) {
  std::vector<std::string> lines;
  for (const auto& r : result.fresh_residuals)
    lines.push_back(fmt::format("a posteriori: {}={} residual_rms={:.3e} residual_max={:.3e} fresh_points={}",
                                r.condition ? "condition" : "equation", r.name, r.rms, r.largest, r.points));
  for (const auto& estimate : result.estimates) {
    auto line = fmt::format("a posteriori: field={} estimated_l2_relative={:.3e}", estimate.field,
                            estimate.l2_relative);
    for (const auto& error : result.errors)
      if (error.field == estimate.field)
        line += fmt::format(" estimate_over_error={:.2f}", estimate.l2_relative / error.l2_relative);
    lines.push_back(line);
  }
  return lines;
}

}  // namespace ddpinn
