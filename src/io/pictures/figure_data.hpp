// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "io/pictures/slices.hpp"

#include <string>
#include <vector>

namespace ddpinn {

/// What is drawn of one field on one slice.
struct FieldValues {
  std::string field;
  std::vector<double> value;
  std::vector<double> exact;            ///< empty where not known
  std::vector<double> error;            ///< |error|; empty where not known
  std::vector<double> estimated_error;  ///< its estimate; empty where there is none
};

/// The fields among the columns: not subdomain, rank, residuals, and not a field's exact values and error.
std::vector<std::string> field_names(const std::vector<GridColumn>&);

FieldValues field_values(const Slice&, const std::string& field);

/// A text file for gnuplot: coordinates, value and, where known, exact value, |error| and estimated |error|
/// of each point; a blank line after each vertical line of points.
std::string figure_data(const GridSlices&, const Slice&, const FieldValues&);

/// Straight pieces of the borders of subdomains in a plane (two points and a blank line each), or their
/// places on a curve (one per line): half-way between neighbouring points of different subdomains. Empty
/// where unknown or too many to be seen.
std::string border_data(const GridSlices&, const Slice&);

/// Smallest and largest finite value; lower > upper where there is none.
struct Range {
  double lower = 1;
  double upper = 0;

  bool empty() const { return lower > upper; }
  void include(const std::vector<double>& values);
};

/// From the value that one in a hundred of the positive ones lies below, to the largest: single points where
/// an error crosses zero would take most of a logarithmic scale. Empty where no value is positive and finite.
Range positive_range(std::vector<double> values);

}  // namespace ddpinn
