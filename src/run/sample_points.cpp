// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "run/sample_points.hpp"

#include "io/fields/table_file.hpp"
#include "parallel/agree.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <algorithm>
#include <charconv>
#include <cmath>
#include <limits>

namespace ddpinn {

namespace {

[[noreturn]] void misuse(const std::string& what) { throw Error(Status::usage, "sample: " + what); }

double number(const std::string& text, const std::string& option) {
  double value = 0;
  const auto [end, status] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (status != std::errc() || end != text.data() + text.size() || !std::isfinite(value))
    misuse(fmt::format("'{}' in {} is no finite number; write for example 0.5", text, option));
  return value;
}

/// What stands between commas.
std::vector<std::string> separated(const std::string& text) {
  std::vector<std::string> words;
  for (std::size_t begin = 0; begin <= text.size();) {
    const auto end = std::min(text.find(',', begin), text.size());
    words.push_back(text.substr(begin, end - begin));
    begin = end + 1;
  }
  return words;
}

/// "0,0.5" as a point.
Point corner(const std::string& text, const Domain& domain) {
  std::vector<double> values;
  for (const auto& word : separated(text)) values.push_back(number(word, "--line"));
  if (values.size() != domain.coordinates.size())
    misuse(fmt::format("--line: '{}' has {} number(s) (the coordinates are {}); write one for each", text,
                       values.size(), fmt::join(domain.coordinates, ", ")));
  Point point{};
  std::ranges::copy(values, point.begin());
  return point;
}

SamplePoints on_line(const std::vector<std::string>& line, const Domain& domain) {
  if (line.size() != 3) misuse("--line takes three words: one end, the other end, and the number of points");
  const auto a = corner(line[0], domain), b = corner(line[1], domain);
  const double count = number(line[2], "--line");
  if (count < 2 || count > 1e9 || count != std::floor(count))
    misuse(fmt::format("--line: {} points (two at least, a whole number); write for example 101", line[2]));
  const int n = static_cast<int>(count);
  SamplePoints points;
  points.shape = {n};
  for (int i = 0; i < n; ++i) {
    const double s = static_cast<double>(i) / (n - 1);
    Point x{};
    for (std::size_t d = 0; d < domain.coordinates.size(); ++d) x[d] = (1 - s) * a[d] + s * b[d];
    points.list.push_back(x);
  }
  return points;
}

SamplePoints of_table(const Table& table, const std::string& file, const Domain& domain) {
  SamplePoints points;
  points.shape = {static_cast<int>(table.rows())};
  points.list.resize(table.rows());
  for (std::size_t d = 0; d < domain.coordinates.size(); ++d) {
    const auto* column = table.find(domain.coordinates[d]);
    if (!column)
      throw Error(Status::case_file, Location{file, 0, 0},
                  fmt::format("there is no column {} (a point has all coordinates: {}); add it",
                              domain.coordinates[d], fmt::join(domain.coordinates, ", ")));
    for (std::size_t i = 0; i < points.list.size(); ++i) points.list[i][d] = (*column)[i];
  }
  return points;
}

/// Sets the coordinates of "x=0.5,t=1", and marks them.
void fix(const std::string& plane, const Domain& domain, SamplePoints& points, std::vector<char>& fixed) {
  for (const auto& word : separated(plane)) {
    const auto equals = word.find('=');
    const auto found = std::ranges::find(domain.coordinates, word.substr(0, equals));
    if (equals == std::string::npos || found == domain.coordinates.end())
      misuse(fmt::format("--plane: '{}' fixes nothing (the coordinates are {}); write for example {}=0.5",
                         word, fmt::join(domain.coordinates, ", "), domain.coordinates.front()));
    const auto d = found - domain.coordinates.begin();
    points.lower[d] = points.upper[d] = number(word.substr(equals + 1), "--plane");
    fixed[d] = 1;
  }
}

SamplePoints on_grid(const SampleRequest& request, const Domain& domain) {
  const auto dimension = domain.coordinates.size();
  SamplePoints points;
  std::vector<char> fixed(dimension, 0);
  std::ranges::copy(domain.lower, points.lower.begin());
  std::ranges::copy(domain.upper, points.upper.begin());
  for (const auto& plane : request.planes) fix(plane, domain, points, fixed);
  const auto open = std::ranges::count(fixed, 0);
  auto counts = request.counts;
  if (counts.size() == 1) counts.assign(std::max<std::ptrdiff_t>(open, 1), counts.front());
  if (std::ssize(counts) != std::max<std::ptrdiff_t>(open, 1))
    misuse(
        fmt::format("--grid has {} numbers ({} coordinates are not fixed by --plane); write one, or one for "
                    "each of them",
                    counts.size(), open));
  double all = 1;
  for (const int count : counts) all *= count;
  if (all > std::numeric_limits<int>::max())
    misuse(
        fmt::format("--grid has {:g} points (at most {}); use fewer", all, std::numeric_limits<int>::max()));
  std::size_t next = 0;
  for (std::size_t d = 0; d < dimension; ++d) {
    if (fixed[d]) continue;
    points.axis.insert(points.axis.begin(), static_cast<int>(d));
    points.shape.insert(points.shape.begin(), counts[next++]);
  }
  if (points.axis.empty()) {  // a single point
    points.list = {points.lower};
    points.shape = {1};
  }
  return points;
}

}  // namespace

std::int64_t SamplePoints::row() const {
  std::int64_t size = 1;
  for (std::size_t k = 1; k < shape.size(); ++k) size *= shape[k];
  return size;
}

std::vector<Point> SamplePoints::of(const Slab& rows) const {
  if (!grid()) return {list.begin() + rows.first, list.begin() + rows.first + rows.rows};
  std::vector<Point> points;
  points.reserve(rows.rows * row());
  for (std::int64_t i = rows.first * row(); i < (rows.first + rows.rows) * row(); ++i) {
    Point x = lower;
    std::int64_t rest = i;
    for (std::size_t k = shape.size(); k-- > 0; rest /= shape[k]) {
      const auto d = axis[k];
      const auto place = rest % shape[k];
      const int last = std::max(shape[k] - 1, 1);
      x[d] = place == last ? upper[d] : lower[d] + (upper[d] - lower[d]) * place / last;
    }
    points.push_back(x);
  }
  return points;
}

SamplePoints sample_points(const Communicator& comm, const SampleRequest& request, const Domain& domain) {
  const int ways =
      (request.points.empty() ? 0 : 1) + (request.counts.empty() ? 0 : 1) + (request.line.empty() ? 0 : 1);
  if (ways != 1) misuse("one of --points, --grid and --line says where to evaluate; give exactly one");
  if (!request.planes.empty() && request.counts.empty())
    misuse("--plane goes with --grid (it fixes coordinates of the grid); add --grid");
  if (!request.line.empty()) return on_line(request.line, domain);
  if (request.points.empty()) return on_grid(request, domain);
  const auto table = shared_tables(comm)(request.points);
  return of_table(table, request.points, domain);
}

}  // namespace ddpinn
