// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "grid/elements/element_group.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace ddpinn {

namespace {

void check_derivatives(const StatementGroup& group, int time) {
  for (const auto& derivative : group.derivatives()) {
    auto alpha = derivative.alpha;
    const bool slow = time < 0 || alpha[time] <= 1;
    if (time >= 0) alpha[time] = 0;
    if (slow && order(alpha) <= 1) continue;
    const auto& name = group.statements.empty() ? std::string("weak form") : group.statements.front().name;
    throw Error(Status::case_file,
                fmt::format("grid: '{}' has second derivatives (elements of a grid have first ones); write "
                            "equations to compare with",
                            name));
  }
}

}  // namespace

ElementGroup::ElementGroup(const StatementGroup& group, const Model& model, const GridMesh& mesh,
                           ElementPoints points)
    : group_(&group),
      model_(&model),
      mesh_(&mesh),
      points_(std::move(points)),
      corners_(std::size_t{1} << mesh.space().size()) {
  check_derivatives(group, mesh.time());
  for (std::size_t i = 0; i < points_.size(); ++i) {
    add_functions(points_.element[i], points_.set.x[i]);
    if (i == 0 || points_.element[i] != points_.element[i - 1]) elements_.push_back(i);
  }
  elements_.push_back(points_.size());
}

void ElementGroup::add_functions(const SpaceIndex& element, const Point& x) {
  const auto& space = mesh_->space();
  const auto corner = mesh_->at(element, 0);
  for (std::size_t k = 0; k < corners_; ++k) {
    SpaceIndex node = element;
    std::array<double, 4> product{1, 1, 1, 1};
    for (std::size_t s = 0; s < space.size(); ++s) {
      const double h = mesh_->axis(space[s]).spacing();
      const double share = (x[space[s]] - corner[space[s]]) / h;
      const bool upper = (k >> s & 1) != 0;
      if (upper) ++node[s];
      for (std::size_t t = 0; t <= space.size(); ++t)
        product[t] *= t == s + 1 ? (upper ? 1 / h : -1 / h) : (upper ? share : 1 - share);
    }
    node_.push_back(static_cast<int>(mesh_->level_number(mesh_->wrapped(node))));
    for (std::size_t t = 0; t <= space.size(); ++t) function_[t].push_back(product[t]);
  }
}

std::span<const double> ElementGroup::functions(const MultiIndex& alpha, std::size_t i) const {
  std::size_t which = 0;
  for (std::size_t s = 0; s < mesh_->space().size(); ++s)
    if (alpha[mesh_->space()[s]] > 0) which = s + 1;
  return {function_[which].data() + i * corners_, corners_};
}

std::vector<double> ElementGroup::values(const Derivative& derivative, const ElementLevel& level) const {
  const bool rate = mesh_->time() >= 0 && derivative.alpha[mesh_->time()] > 0;
  const auto fields = model_->fields.size();
  std::vector<double> result(size(), 0.0);
  for (std::size_t i = 0; i < size(); ++i) {
    const auto phi = functions(derivative.alpha, i);
    for (std::size_t k = 0; k < corners_; ++k) {
      const auto n = nodes(i)[k] * fields + derivative.field;
      result[i] += phi[k] * (rate ? level.now * level.values[n] + level.past[n] : level.values[n]);
    }
  }
  return result;
}

std::vector<double> ElementGroup::column(const Argument& argument, const ElementLevel& level) const {
  if (argument.kind == Argument::Kind::field) return values(argument.derivative, level);
  const double step = argument.side == Side::plus    ? model_->region.probe_step()
                      : argument.side == Side::minus ? -model_->region.probe_step()
                                                     : 0.0;
  std::vector<double> result;
  for (std::size_t i = 0; i < size(); ++i) {
    const auto& normal = points_.set.normal;
    const double n = normal.empty() ? 0 : normal[i][argument.index];
    result.push_back(argument.kind == Argument::Kind::normal ? n
                                                             : points_.set.x[i][argument.index] + step * n);
  }
  return result;
}

std::vector<std::vector<double>> ElementGroup::columns(const Residual& residual,
                                                       const ElementLevel& level) const {
  std::vector<std::vector<double>> result;
  for (const auto& argument : residual.arguments()) result.push_back(column(argument, level));
  return result;
}

Expression::Linearisation ElementGroup::linearise(const Residual& residual, const ElementLevel& level) const {
  const auto all = columns(residual, level);
  return residual.linearise(std::vector<std::span<const double>>(all.begin(), all.end()), size());
}

std::vector<double> ElementGroup::evaluate(const Residual& residual, const ElementLevel& level) const {
  const auto all = columns(residual, level);
  return residual.evaluate(std::vector<std::span<const double>>(all.begin(), all.end()), size());
}

}  // namespace ddpinn
