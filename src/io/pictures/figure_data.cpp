// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "io/pictures/figure_data.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <functional>
#include <iterator>

namespace ddpinn {
namespace {

const GridColumn* find_column(const std::vector<GridColumn>& columns, const std::string& name) {
  const auto found =
      std::find_if(columns.begin(), columns.end(), [&](const auto& c) { return c.name == name; });
  return found == columns.end() ? nullptr : &*found;
}

/// Coordinate along the slice's axis k at a place between points (i need not be whole), kept inside the grid.
double place(const GridSlices& grid, const Slice& slice, std::size_t k, double i) {
  const int axis = slice.axes[k];
  const std::size_t a = axis;
  const double step = (grid.upper[a] - grid.lower[a]) / std::max(1, grid.counts[a] - 1);
  return std::clamp(grid.lower[a] + step * slice.strides[k] * i, grid.lower[a], grid.upper[a]);
}

bool differ(double a, double b) { return std::isfinite(a) && std::isfinite(b) && a != b; }

/// Borders across the direction k of a plane: for each gap between two lines of points, the runs along it
/// where the subdomain changes. @param subdomain its number at (i along k, j along the other direction)
void add_borders(std::string& text, const GridSlices& grid, const Slice& slice, std::size_t k,
                 const std::function<double(int, int)>& subdomain) {
  const std::size_t other = 1 - k;
  const auto add_point = [&](double i, double j) {
    const double along = place(grid, slice, k, i);
    const double across = place(grid, slice, other, j);
    fmt::format_to(std::back_inserter(text), "{:.7g} {:.7g}\n", k == 0 ? along : across,
                   k == 0 ? across : along);
  };
  for (int i = 0; i + 1 < slice.counts[k]; ++i) {
    for (int j = 0; j < slice.counts[other]; ++j) {
      if (!differ(subdomain(i, j), subdomain(i + 1, j))) continue;
      const int first = j;
      while (j + 1 < slice.counts[other] && differ(subdomain(i, j + 1), subdomain(i + 1, j + 1))) ++j;
      add_point(i + 0.5, first - 0.5);
      add_point(i + 0.5, j + 0.5);
      text += "\n";
    }
  }
}

/// Whether lines between the subdomains would cover the picture: more than one change every six points.
bool too_many(const Slice& slice, const std::vector<double>& subdomain) {
  std::size_t changes = 0;
  for (std::size_t i = 0; i + 1 < subdomain.size(); ++i)
    changes += differ(subdomain[i], subdomain[i + 1]) ? 1 : 0;
  // The step from the end of one line of points to the start of the next counts too, which is harmless.
  return slice.counts.back() > 6 && changes > subdomain.size() / 6;
}

std::string curve_borders(const GridSlices& grid, const Slice& slice, const std::vector<double>& subdomain) {
  std::string text;
  for (std::size_t i = 0; i + 1 < subdomain.size(); ++i) {
    if (!differ(subdomain[i], subdomain[i + 1])) continue;
    fmt::format_to(std::back_inserter(text), "{:.7g}\n", place(grid, slice, 0, static_cast<double>(i) + 0.5));
  }
  return text;
}

bool ends_with(const std::string& text, const std::string& end) {
  return text.size() > end.size() && text.compare(text.size() - end.size(), end.size(), end) == 0;
}

}  // namespace

void Range::include(const std::vector<double>& values) {
  for (const double v : values) {
    if (!std::isfinite(v)) continue;
    lower = empty() ? v : std::min(lower, v);
    upper = std::max(upper, v);
  }
}

Range positive_range(std::vector<double> values) {
  std::erase_if(values, [](double v) { return !(v > 0 && std::isfinite(v)); });
  if (values.empty()) return {};
  const auto low = values.begin() + values.size() / 100;
  std::nth_element(values.begin(), low, values.end());
  return {*low, *std::max_element(values.begin(), values.end())};
}

std::vector<std::string> field_names(const std::vector<GridColumn>& columns) {
  std::vector<std::string> names;
  for (const auto& column : columns) {
    const auto& name = column.name;
    if (name == "subdomain" || name == "rank" || name.rfind("residual_", 0) == 0) continue;
    if (ends_with(name, "_exact") || ends_with(name, "_error")) continue;
    names.push_back(name);
  }
  return names;
}

FieldValues field_values(const Slice& slice, const std::string& field) {
  FieldValues values;
  values.field = field;
  values.value = find_column(slice.columns, field)->value;
  if (const auto* exact = find_column(slice.columns, field + "_exact")) values.exact = exact->value;
  if (const auto* error = find_column(slice.columns, field + "_error")) {
    for (const double e : error->value) values.error.push_back(std::abs(e));
  } else {
    for (std::size_t i = 0; i < values.exact.size(); ++i)
      values.error.push_back(std::abs(values.value[i] - values.exact[i]));
  }
  if (const auto* estimate = find_column(slice.columns, field + "_estimated_error"))
    for (const double e : estimate->value) values.estimated_error.push_back(std::abs(e));
  return values;
}

std::string figure_data(const GridSlices& grid, const Slice& slice, const FieldValues& values) {
  std::string text = "#";
  for (const int axis : slice.axes) text += " " + grid.coordinates[axis];
  text += fmt::format(" {0} {0}_exact {0}_error {0}_estimated_error\n", values.field);
  const bool plane = slice.axes.size() == 2;
  const std::size_t row = plane ? slice.counts[1] : 1;
  const auto number = [](const std::vector<double>& v, std::size_t i) {
    return v.empty() ? std::nan("") : v[i];
  };
  for (std::size_t i = 0; i < values.value.size(); ++i) {
    fmt::format_to(std::back_inserter(text), "{:.8g} ", place(grid, slice, 0, static_cast<double>(i / row)));
    if (plane)
      fmt::format_to(std::back_inserter(text), "{:.8g} ",
                     place(grid, slice, 1, static_cast<double>(i % row)));
    fmt::format_to(std::back_inserter(text), "{:.9g} {:.9g} {:.4g} {:.4g}\n", values.value[i],
                   number(values.exact, i), number(values.error, i), number(values.estimated_error, i));
    if (plane && (i + 1) % row == 0) text += "\n";
  }
  return text;
}

std::string border_data(const GridSlices& grid, const Slice& slice) {
  const auto* column = find_column(slice.columns, "subdomain");
  if (column == nullptr || too_many(slice, column->value)) return {};
  if (slice.axes.size() == 1) return curve_borders(grid, slice, column->value);
  const auto at = [&](int i, int j) { return column->value[i * slice.counts[1] + j]; };
  std::string text;
  add_borders(text, grid, slice, 0, at);
  add_borders(text, grid, slice, 1, [&](int j, int i) { return at(i, j); });
  return text;
}

}  // namespace ddpinn
