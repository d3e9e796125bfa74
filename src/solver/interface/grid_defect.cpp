// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "solver/interface/grid_defect.hpp"

#include "assembly/statement_rows.hpp"
#include "dense/lapack.hpp"
#include "problem/form_points.hpp"
#include "solver/interface/local_class.hpp"
#include "solver/nonlinear/network_fit.hpp"
#include "space/neighbours.hpp"

#include <algorithm>
#include <cmath>
#include <set>

namespace ddpinn {

namespace {

/// The derivatives of a field that a condition at a point with this normal takes, with their factors.
std::vector<std::pair<MultiIndex, double>> terms(const TraceCondition& condition, const Point& normal) {
  std::vector<std::pair<MultiIndex, double>> result;
  if (condition.value != 0) result.emplace_back(MultiIndex{}, condition.value);
  for (std::size_t d = 0; d < max_dimension; ++d)
    if (condition.normal * normal[d] != 0) {
      MultiIndex alpha{};
      alpha[d] = 1;
      result.emplace_back(alpha, condition.normal * normal[d]);
    }
  return result;
}

/// Quadrature points of a core and direction. The residual of the composite is small at the solution, so
/// these need not be as many as the rows': at 0.6 of them iterations and errors are the same to 10 %, at less
/// than half the work.
std::vector<int> quadrature_counts(std::vector<int> interior) {
  for (auto& n : interior) n = std::max(std::min(n, 6), (3 * n + 4) / 5);
  return interior;
}

std::size_t index_in(const std::vector<PetscInt>& nodes, PetscInt node) {
  return std::ranges::lower_bound(nodes, node) - nodes.begin();
}

/// Whether the box of subdomain k may hold x: cheaper than to ask for all that cover it.
bool may_cover(const Decomposition& decomposition, const Region& region, int k, const Point& x) {
  const auto& box = decomposition[k].box;
  for (int d = 0; d < box.dimension; ++d) {
    double offset = x[d] - (box.lower[d] + box.upper[d]) / 2;
    if (region.periodic(d)) offset -= region.box().width(d) * std::round(offset / region.box().width(d));
    if (std::abs(offset) > (0.5 + 1e-9) * box.width(d)) return false;
  }
  return true;
}

/// The points of a group that subdomain k counts, as far as statements see them.
PointGroup counted_points(const PointGroup& all, int k) {
  PointGroup own;
  own.statements = all.statements;
  own.derivatives = all.derivatives;
  own.space = all.space;
  for (std::size_t i = 0; i < all.points.size(); ++i) {
    if (all.core[i] != k) continue;
    own.points.x.push_back(all.points.x[i]);
    own.points.measure.push_back(all.points.measure[i]);
    own.core.push_back(k);
    own.cover.push_back(all.cover[i]);
  }
  return own;
}

PointGroup moved(PointGroup group, const Point& shift) {
  for (auto& x : group.points.x)
    for (std::size_t d = 0; d < x.size(); ++d) x[d] += shift[d];
  return group;
}

}  // namespace

GridDefect::GridDefect(const InterfaceCase& c)
    : case_(c), grid_(*c.grid), place_(static_cast<std::size_t>(grid_.nodes()), -1) {}

GridDefect::Nodes GridDefect::nodes(int k, const TraceRows& rows) const {
  std::set<PetscInt> hats, smooth;
  for (const auto& group : quadrature_groups(k))
    for (const auto& x : group.points.x)
      for (const auto& hat : grid_.hats(x)) hats.insert(hat.node);
  for (std::size_t r = 0; r < rows.size(); ++r) {
    const auto& row = rows.row(r);
    for (const auto& [alpha, factor] : terms(row.condition, rows.points().normal[row.point]))
      for (const auto& node : grid_.smooth(rows.points().x[row.point], alpha)) smooth.insert(node.node);
  }
  return {{hats.begin(), hats.end()}, {smooth.begin(), smooth.end()}};
}

void GridDefect::want(const Nodes& nodes, const Point& shift) {
  for (auto node : nodes.defect) place_[grid_.moved(node, shift)] = 0;
  for (auto node : nodes.trace) place_[grid_.moved(node, shift)] = 0;
}

void GridDefect::create() {
  std::vector<PetscInt> touched;
  for (std::size_t node = 0; node < place_.size(); ++node)
    if (place_[node] == 0) {
      place_[node] = static_cast<int>(touched.size());
      touched.push_back(static_cast<PetscInt>(node));
    }
  const auto count = touched.size();
  grid_.touch(std::move(touched));
  defect_.resize(count * grid_.equations());
  fixed_.resize(defect_.size());
  correction_.resize(count * grid_.fields());
  solution_.resize(correction_.size());
  if (!case_.space.model().affine) grid_.solve(solution_);
  grid_.linearise(solution_);
}

GridDefect::Places GridDefect::places(const Nodes& nodes, const Point& shift) const {
  Places result;
  for (auto node : nodes.defect) result.defect.push_back(place_[grid_.moved(node, shift)]);
  for (auto node : nodes.trace) result.trace.push_back(place_[grid_.moved(node, shift)]);
  return result;
}

/// Each point of the domain is counted by one subdomain: of its core's box, where that has one in its part.
int GridDefect::counted_by(std::span<const Cover> covers, int core) const {
  for (const auto& cover : covers)
    if (case_.space.decomposition()[cover.subdomain].first == core) return cover.subdomain;
  return covers.front().subdomain;
}

/// Quadrature points that subdomain k covers, group by group of interior statements. Others that cover them
/// are there for nonlinear equations only, whose linearisation needs the fields.
std::vector<PointGroup> GridDefect::quadrature_groups(int k) const {
  const auto& model = case_.space.model();
  std::vector<PointGroup> groups;
  const auto counts = quadrature_counts(case_.points.interior);
  for (const auto& statements : model.groups) {
    if (!statements.interior) continue;
    auto group = point_group(statements, {}, model.dimension());
    for (int core : neighbourhood(case_.space.decomposition(), k)) {
      const auto points = only_where(
          statements.where, core_quadrature(model.region, case_.space.decomposition(), core, counts));
      for (std::size_t i = 0; i < points.size(); ++i) {
        if (!may_cover(case_.space.decomposition(), model.region, k, points.x[i])) continue;
        auto covers = case_.space.decomposition().cover(points.x[i]);
        if (std::ranges::find(covers, k, &Cover::subdomain) == covers.end()) continue;
        group.core.push_back(counted_by(covers, core));
        if (model.affine) std::erase_if(covers, [k](const Cover& cover) { return cover.subdomain != k; });
        group.points.x.push_back(points.x[i]);
        group.points.measure.push_back(points.measure[i]);
        group.cover.push_back(std::move(covers));
      }
    }
    groups.push_back(std::move(group));
  }
  return groups;
}

void GridDefect::prepare(const std::map<int, Matrix>& coefficients) {
  std::ranges::fill(fixed_, 0.0);
  if (case_.space.model().affine) return;
  coefficients_ = coefficients;
  std::set<int> wanted;
  for (const auto& [k, own] : coefficients)
    for (int box : neighbourhood(case_.space.decomposition(), k)) {
      const auto& sheets = case_.space.decomposition().sheets(box);
      wanted.insert(sheets.begin(), sheets.end());
    }
  gather_coefficients(case_.space.communicator(), case_.space.owner(), wanted, coefficients_);
}

GridDefect::Quadrature GridDefect::quadrature(int k, const Nodes& nodes) const {
  Quadrature result{k, quadrature_groups(k), {}, {}};
  for (const auto& group : result.groups) {
    const auto& own = result.own.emplace_back(counted_points(group, k)).points;
    auto& hats = result.hats.emplace_back(own.size());
    for (std::size_t i = 0; i < own.size(); ++i)
      for (const auto& hat : grid_.hats(own.x[i]))
        hats[i].emplace_back(index_in(nodes.defect, hat.node), own.measure[i] * hat.value);
  }
  return result;
}

/// The fields about which the problem is linearised. Those of linear problems do not matter to slopes, and
/// their defect is that of zero.
FieldValues GridDefect::fields_at(const PointGroup& group) const {
  const GroupBasis basis(group, case_.space.model(), case_.space.decomposition());
  auto fields = basis.lift();
  for (const auto& [l, coefficients] : coefficients_)
    basis.add_field(l, case_.space.family().network(l), coefficients, fields);
  return fields;
}

/// The same at own points, where congruent subdomains have zero.
FieldValues GridDefect::own_fields(const PointGroup& group, std::size_t subdomains) const {
  if (subdomains == 1) return fields_at(group);
  return FieldValues(group.derivatives.size(), std::vector<double>(subdomains * group.points.size(), 0.0));
}

namespace {

/// The points of all subdomains, one after the other, as statements see them.
PointGroup points_of(const PointGroup& own, std::span<const GridDefect::At> subdomains) {
  PointGroup all;
  all.statements = own.statements;
  all.derivatives = own.derivatives;
  for (const auto& at : subdomains) {
    for (const auto& x : own.points.x) {
      auto& to = all.points.x.emplace_back(x);
      for (std::size_t d = 0; d < to.size(); ++d) to[d] += at.shift[d];
    }
    all.core.insert(all.core.end(), own.core.begin(), own.core.end());
  }
  return all;
}

}  // namespace

std::vector<DistinctNumbers::Columns> GridDefect::add_fixed(const Quadrature& at,
                                                            std::span<const At> subdomains) {
  std::vector<DistinctNumbers::Columns> slopes(subdomains.size());
  std::size_t equation = 0;
  for (std::size_t g = 0; g < at.own.size(); ++g) {
    const auto n = at.own[g].points.size();
    const auto group = points_of(at.own[g], subdomains);
    const auto fields = own_fields(at.own[g], subdomains.size());
    for (const auto& statement : group.statements->statements) {
      const auto values = evaluate(statement, group, fields, {}, case_.space.model(), true);
      for (std::size_t s = 0; s < subdomains.size(); ++s) {
        for (std::size_t i = 0; i < n; ++i)
          for (const auto& [node, weight] : at.hats[g][i])
            fixed_[subdomains[s].places->defect[node] * grid_.equations() + equation] -=
                weight * values.residual[s * n + i];
        for (const auto& column : values.derivative) {
          auto& own = slopes[s].emplace_back();
          if (!column.empty()) own.assign(column.begin() + s * n, column.begin() + (s + 1) * n);
        }
      }
      ++equation;
    }
  }
  return slopes;
}

GridDefect::Images GridDefect::images(const Quadrature& at, const Point& shift, const Nodes& nodes,
                                      const TraceRows& rows, MatrixView transform, MatrixView traces) const {
  Matrix raw(nodes.defect.size() * grid_.equations(),
             case_.space.family().shape.features() * case_.space.model().fields.size());
  std::size_t equation = 0;
  for (const auto& all : at.groups) {
    const auto there = moved(all, shift);
    const GroupBasis basis(all, case_.space.model(), case_.space.decomposition());
    const auto fields = fields_at(all);
    for (const auto& statement : all.statements->statements) {
      const auto values = evaluate(statement, there, fields, {}, case_.space.model(), true);
      add_statement(at, basis, values.derivative, equation, nodes, raw);
      ++equation;
    }
  }
  return {product(Op::none, raw, Op::none, transform),
          product(Op::none, traces, Op::none, smooth_traces(rows, nodes))};
}

void GridDefect::add_statement(const Quadrature& at, const GroupBasis& basis,
                               const GroupBasis::Linearised& linearised, std::size_t equation,
                               const Nodes& of_part, Matrix& raw) const {
  const auto& points = basis.group().points;
  Matrix values(points.size(), raw.columns());
  basis.add_rows(at.k, case_.space.family().network(at.k), linearised, basis.covered(at.k), values);
  const auto nodes = of_part.defect.size(), equations = grid_.equations();
  Matrix weight(nodes, points.size());
  for (std::size_t i = 0; i < points.size(); ++i)
    for (const auto& hat : grid_.hats(points.x[i]))
      weight(index_in(of_part.defect, hat.node), i) -= points.measure[i] * hat.value;
  const auto weighted = product(Op::none, weight, Op::none, values);
  for (std::size_t j = 0; j < raw.columns(); ++j)
    for (std::size_t n = 0; n < nodes; ++n) raw(n * equations + equation, j) = weighted(n, j);
}

/// The traces of the grid's smooth interpolation: rows by nodes times fields.
Matrix GridDefect::smooth_traces(const TraceRows& rows, const Nodes& nodes) const {
  Matrix result(rows.size(), nodes.trace.size() * grid_.fields());
  for (std::size_t r = 0; r < rows.size(); ++r) {
    const auto& row = rows.row(r);
    for (const auto& [alpha, factor] : terms(row.condition, rows.points().normal[row.point]))
      for (const auto& node : grid_.smooth(rows.points().x[row.point], alpha))
        result(r, index_in(nodes.trace, node.node) * grid_.fields() +
                      static_cast<std::size_t>(row.condition.field)) += factor * node.value;
  }
  return result;
}

Matrix GridDefect::fit(int k) const {
  FitPoints points;
  for (const auto& group : quadrature_groups(k))
    for (const auto& x : group.points.x)
      for (auto& cover : case_.space.decomposition().cover(x))
        if (cover.subdomain == k) {
          cover.window.fill(LineJet{1});
          cover.jet.clear();
          points.x.push_back(x);
          points.cover.push_back(std::move(cover));
          break;
        }
  FieldValues fields(case_.space.model().fields.size(), std::vector<double>(points.x.size(), 0.0));
  for (std::size_t i = 0; i < points.x.size(); ++i)
    for (const auto& node : grid_.smooth(points.x[i], {}))
      for (std::size_t f = 0; f < fields.size(); ++f)
        fields[f][i] += node.value * solution_[place_[node.node] * fields.size() + f];
  return fit_network(case_.space.model(), case_.space.decomposition(), case_.space.family().network(k), k,
                     points, fields);
}

void GridDefect::start(bool homogeneous) {
  if (homogeneous)
    std::ranges::fill(defect_, 0.0);
  else
    defect_ = fixed_;
}

void GridDefect::add_defect(const Images& images, std::span<const Places* const> members, MatrixView y) {
  const auto values = product(Op::none, images.defect, Op::none, y);
  const auto equations = grid_.equations();
  for (std::size_t m = 0; m < members.size(); ++m) {
    const double* value = values.column(m);
    for (int place : members[m]->defect)
      for (std::size_t e = 0; e < equations; ++e) defect_[place * equations + e] += *value++;
  }
}

void GridDefect::correct() { grid_.correct(defect_, correction_); }

void GridDefect::add_correction(const Images& images, std::span<const Places* const> members,
                                double* y) const {
  const auto fields = grid_.fields();
  auto values = Matrix::uninitialised(images.correction.columns(), members.size());
  for (std::size_t m = 0; m < members.size(); ++m) {
    double* value = values.column(m);
    for (int place : members[m]->trace)
      for (std::size_t f = 0; f < fields; ++f) *value++ = correction_[place * fields + f];
  }
  const auto unknowns = images.correction.rows();
  multiply(1, Op::none, images.correction, Op::none, values, 1, y, unknowns);
}

}  // namespace ddpinn
