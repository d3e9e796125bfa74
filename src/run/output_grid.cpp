// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "run/output_grid.hpp"

#include "assembly/statement_rows.hpp"
#include "base/grid_index.hpp"

#include <algorithm>
#include <limits>
#include <optional>

namespace ddpinn {

namespace {

constexpr double outside = std::numeric_limits<double>::quiet_NaN();

/// The output grid, and which of its points stand in which core.
class OutputGrid {
 public:
  OutputGrid(const Box& box, const std::vector<int>& counts) : box_(box), counts_(counts) {}

  double coordinate(int d, int i) const {
    const int last = counts_[d] - 1;
    return i == last ? box_.upper[d] : box_.lower[d] + box_.width(d) * i / last;
  }

  /// Indices and positions of the grid points in a core.
  void in(const Box& core, std::vector<std::int64_t>& index, std::vector<Point>& x) const {
    std::array<std::vector<int>, max_dimension> along;
    for (int d = 0; d < box_.dimension; ++d)
      for (int i = 0; i < counts_[d]; ++i) {
        Point p = core.lower;
        p[d] = coordinate(d, i);
        if (in_core(p, core, box_)) along[d].push_back(i);
      }
    GridIndex counts;
    for (std::size_t d = 0; d < counts.size(); ++d)
      counts[d] = std::max<std::size_t>(along[d].size(), d < counts_.size() ? 0 : 1);
    for_each_index(counts, [&](const GridIndex& place) {
      std::int64_t number = 0;
      Point p{};
      for (int d = 0; d < box_.dimension; ++d) {
        const int i = along[d][place[d]];
        number = number * counts_[d] + i;
        p[d] = coordinate(d, i);
      }
      index.push_back(number);
      x.push_back(p);
    });
  }

 private:
  Box box_;
  std::vector<int> counts_;
};

Box whole_box(const Domain& domain) {
  Box box;
  box.dimension = domain.coordinates.size();
  std::ranges::copy(domain.lower, box.lower.begin());
  std::ranges::copy(domain.upper, box.upper.begin());
  return box;
}

/// factor (a - b)
template <class A, class B>
std::vector<double> difference(const A& a, const B& b, double factor) {
  std::vector<double> result(a.size());
  for (std::size_t i = 0; i < result.size(); ++i) result[i] = factor * (a[i] - b[i]);
  return result;
}

/// Collects the columns of the sample core by core.
class Sampler {
 public:
  Sampler(const CaseFile& file, const Field& field, const CorrectedField* corrected, int first_subdomain)
      : field_(field),
        corrected_(corrected),
        model_(field.space().model()),
        first_subdomain_(first_subdomain),
        box_(whole_box(file.problem.domain)) {
    sample_.coordinates = file.problem.domain.coordinates;
    sample_.counts = file.options.output.grid;
    sample_.lower = box_.lower;
    sample_.upper = box_.upper;
    for (std::size_t f = 0; f < model_.fields.size(); ++f) {
      derivatives_.push_back({static_cast<int>(f), {}});
      add_column(model_.fields[f]);
      if (model_.exact[f]) {
        add_column(model_.fields[f] + "_exact");
        add_column(model_.fields[f] + "_error");
      }
      if (corrected_) add_column(model_.fields[f] + "_estimated_error");
    }
    for (const auto& group : model_.groups)
      if (group.interior && !group.is_weak()) add_statements(group);
    add_column("subdomain");
    add_column("rank");
  }

  void add_core(int k) {
    std::vector<std::int64_t> index;
    std::vector<Point> x;
    OutputGrid(box_, sample_.counts).in(field_.space().decomposition()[k].core, index, x);
    if (x.empty()) return;
    const auto inside = model_.region.contains(x);
    PointSet points;
    for (std::size_t i = 0; i < x.size(); ++i)
      if (inside[i]) points.x.push_back(x[i]);
    const auto group = field_.points(points, derivatives_);
    const auto values = field_.at(group);
    next_ = 0;
    add_fields(group, values, inside);
    for (const auto& statements : model_.groups)
      if (statements.interior && !statements.is_weak()) add_residuals(statements, group, values, inside);
    append(subdomains(group, k), inside);
    append(std::vector<double>(points.size(), field_.space().communicator().rank()), inside);
    sample_.index.insert(sample_.index.end(), index.begin(), index.end());
  }

  GridSample take() { return std::move(sample_); }

 private:
  void add_column(const std::string& name) { sample_.columns.push_back({name, {}}); }

  void add_statements(const StatementGroup& group) {
    for (const auto& statement : group.statements) add_column("residual_" + statement.name);
    for (const auto& derivative : group.derivatives())
      if (std::ranges::find(derivatives_, derivative) == derivatives_.end())
        derivatives_.push_back(derivative);
  }

  /// Whose network counts the most at each point: one of the core's own box where it has any.
  std::vector<double> subdomains(const PointGroup& group, int core) const {
    const auto& decomposition = field_.space().decomposition();
    std::vector<double> result;
    for (std::size_t i = 0; i < group.cover.size(); ++i) {
      double most = -1;
      int best = core;
      for (const auto& cover : group.cover[i]) {
        const auto& subdomain = decomposition[cover.subdomain];
        const double weight = subdomain.first == core ? 2 : cover.window_jet({});
        if (subdomain.level > 0 || weight <= most) continue;
        most = weight;
        best = cover.subdomain;
      }
      result.push_back(first_subdomain_ + best);
    }
    return result;
  }

  /// Appends values at the inside points to the next column.
  void append(const std::vector<double>& values, const std::vector<char>& inside) {
    auto& column = sample_.columns[next_++].value;
    std::size_t i = 0;
    for (char in : inside) column.push_back(in ? values[i++] : outside);
  }

  void add_fields(const PointGroup& group, const FieldValues& values, const std::vector<char>& inside) {
    std::optional<FieldValues> better;
    if (corrected_) better = corrected_->field.at(group);
    for (std::size_t f = 0; f < model_.fields.size(); ++f) {
      append(values[f], inside);
      if (model_.exact[f]) {
        const auto exact = model_.exact[f]->at(group.points.x);
        append(exact, inside);
        append(difference(values[f], exact, 1), inside);
      }
      if (better) append(difference(values[f], (*better)[f], corrected_->factor), inside);
    }
  }

  void add_residuals(const StatementGroup& statements, const PointGroup& group, const FieldValues& values,
                     const std::vector<char>& inside) {
    std::vector<double> holds(group.points.size(), 1.0);
    if (statements.where) holds = statements.where->at(group.points.x);
    for (const auto& statement : statements.statements) {
      auto residual = residual_values(statement, group, values, field_.unknowns());
      for (std::size_t i = 0; i < residual.size(); ++i)
        if (holds[i] == 0) residual[i] = outside;
      append(residual, inside);
    }
  }

  const Field& field_;
  const CorrectedField* corrected_;
  const Model& model_;
  int first_subdomain_;
  Box box_;                              ///< of the whole case, of which the field can be that of a time slab
  std::vector<Derivative> derivatives_;  ///< the fields themselves first
  GridSample sample_;
  std::size_t next_ = 0;
};

}  // namespace

GridSample sample_grid(const CaseFile& file, const Field& field, const CorrectedField* corrected,
                       int first_subdomain) {
  Sampler sampler(file, field, corrected, first_subdomain);
  for (int k : field.space().owned_cores()) sampler.add_core(k);
  return sampler.take();
}

void append(GridSample& all, GridSample&& more) {
  if (all.columns.empty()) {
    all = std::move(more);
    return;
  }
  all.index.insert(all.index.end(), more.index.begin(), more.index.end());
  for (std::size_t c = 0; c < all.columns.size(); ++c) {
    auto& to = all.columns[c].value;
    const auto& from = more.columns[c].value;
    to.insert(to.end(), from.begin(), from.end());
  }
}

}  // namespace ddpinn
