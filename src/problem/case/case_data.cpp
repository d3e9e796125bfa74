// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "base/random.hpp"
#include "geometry/sobol.hpp"
#include "problem/case/case_key_lists.hpp"
#include "problem/case/case_parts.hpp"
#include "problem/case/case_tree.hpp"
#include "problem/expression/level_sets.hpp"
#include "problem/expression/scope.hpp"
#include "problem/forward_problem.hpp"
#include "problem/weak_forms.hpp"

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <numbers>

namespace ddpinn {
namespace {

/// Two independent standard normal numbers from two uniform ones (Box and Muller, Ann. Math. Stat. 29, 1958).
std::pair<double, double> normal_pair(Random& random) {
  const double radius = std::sqrt(-2 * std::log(1 - random.uniform()));
  const double angle = 2 * std::numbers::pi * random.uniform();
  return {radius * std::cos(angle), radius * std::sin(angle)};
}

/// Points all over the domain's box, the first `count` of which inside the region are taken.
class PointSource {
 public:
  PointSource(const Domain& domain, const DataSet& data)
      : domain_(domain), data_(data), random_(data.seed, 1) {}

  std::vector<Point> draw(int count) {
    const auto d = domain_.coordinates.size();
    auto points =
        data_.sampling == Sampling::sobol ? sobol_points(d, count, data_.seed) : std::vector<Point>(count);
    for (auto& x : points)
      for (std::size_t k = 0; k < d; ++k) {
        const double part = data_.sampling == Sampling::sobol ? x[k] : random_.uniform();
        x[k] = domain_.lower[k] + part * (domain_.upper[k] - domain_.lower[k]);
      }
    return points;
  }

 private:
  const Domain& domain_;
  const DataSet& data_;
  Random random_;
};

std::vector<Point> draw_inside(const Problem& problem, const DataSet& data) {
  const Region region(problem.domain, level_sets(problem));
  std::vector<Point> inside;
  // check_shapes has seen that shapes leave something; doubling finds even a small rest of the box.
  for (int trials = data.count; trials <= 1 << 27 && std::ssize(inside) < data.count; trials *= 2) {
    inside.clear();
    const auto points = PointSource(problem.domain, data).draw(trials);
    const auto flags = region.contains(points);
    for (std::size_t i = 0; i < points.size() && std::ssize(inside) < data.count; ++i)
      if (flags[i]) inside.push_back(points[i]);
  }
  return inside;
}

void generate(const Problem& problem, DataSet& data) {
  const auto points = draw_inside(problem, data);
  const std::ptrdiff_t d = problem.domain.coordinates.size();
  for (const auto& x : points) data.points.emplace_back(x.begin(), x.begin() + d);
  Random random(data.seed, 2);
  for (const auto& field : problem.fields) {
    const auto text = data.values.find(field);
    if (text == data.values.end()) continue;
    auto values = Expression(text->second, coordinate_scope(problem, Value::number)).at(points);
    for (auto& value : values) value += data.noise * normal_pair(random).first;
    data.observed.emplace_back(field, std::move(values));
  }
}

/// Takes the columns of a file, and reports what is missing, or outside the domain, with its line.
class FileReader {
 public:
  FileReader(const Section& section, const Problem& problem, DataSet& data)
      : section_(section), problem_(problem), data_(data), table_(section.table(data.file->value)) {}

  void run() {
    const auto at = section_.at("file");
    const auto errors = section_.diagnostics().size();
    for (const auto& coordinate : problem_.domain.coordinates)
      if (!table_.find(coordinate))
        section_.error(at, "the data file has no column " + coordinate + " (its columns are " +
                               listed(table_.names, "and") + "); it needs one for each coordinate");
    for (const auto& field : problem_.fields)
      if (const auto* column = table_.find(field)) data_.observed.emplace_back(field, *column);
    if (data_.observed.empty())
      section_.error(at, "the data file has no column for a field (its columns are " +
                             listed(table_.names, "and") + ", the fields are " +
                             listed(problem_.fields, "and") + "); name its columns after the fields");
    if (section_.diagnostics().size() == errors) take_points();
  }

 private:
  void take_points() {
    const auto& domain = problem_.domain;
    std::vector<Point> points(table_.rows());
    for (std::size_t k = 0; k < domain.coordinates.size(); ++k)
      for (std::size_t i = 0; i < points.size(); ++i) points[i][k] = (*table_.find(domain.coordinates[k]))[i];
    const auto inside = Region(domain, level_sets(problem_)).contains(points);
    if (const auto i = std::find(inside.begin(), inside.end(), char{0}) - inside.begin();
        i < std::ssize(inside))
      throw outside(points[i], i);
    const std::ptrdiff_t d = domain.coordinates.size();
    for (const auto& x : points) data_.points.emplace_back(x.begin(), x.begin() + d);
  }

  Error outside(const Point& x, std::size_t row) const {
    const auto& domain = problem_.domain;
    std::string why = "a shape cuts it out";
    for (std::size_t k = 0; k < domain.coordinates.size(); ++k)
      if (x[k] < domain.lower[k] || x[k] > domain.upper[k])
        why = domain.coordinates[k] + " is from " + as_toml(domain.lower[k]) + " to " +
              as_toml(domain.upper[k]);
    std::string numbers;
    for (std::size_t k = 0; k < domain.coordinates.size(); ++k)
      numbers += (k > 0 ? ", " : "") + as_toml(x[k]);
    const auto line = table_.lines.empty() ? 0 : table_.lines[row];
    return {Status::case_file, Location{data_.file->value, line, 0},
            "the point (" + numbers + ") of row " + std::to_string(row + 1) + " is outside the domain (" +
                why + "); remove the row"};
  }

  const Section& section_;
  const Problem& problem_;
  DataSet& data_;
  Table table_;
};

void read_file(const Section& section, const Problem& problem, DataSet& data) {
  std::error_code ignored;
  if (!std::filesystem::is_regular_file(data.file->value, ignored))
    return section.error(section.at("file"), "there is no file " + data.file->value +
                                                 " (paths are relative to the case file); correct the path");
  try {
    FileReader(section, problem, data).run();
  } catch (const Error& error) {
    section.diagnostics().add(error);
  }
}

/// One of file and values, and keys that belong to it.
bool is_consistent(const Section& section) {
  const auto errors = section.diagnostics().size();
  if (section.has("file") == section.has("values"))
    section.error(section.has("file") ? section.at("values") : section.at(),
                  std::string("the data have ") +
                      (section.has("file") ? "both file and values (they come from one of them)"
                                           : "neither file nor values (nothing is observed)") +
                      "; write for example file = \"velocity.csv\"");
  for (const auto* key : {"points", "sampling", "noise", "seed"})
    if (section.has("file") && section.has(key))
      section.error(section.at(key), "'data." + std::string(key) +
                                         "' is for generated observations (these come from a file); remove "
                                         "it");
  if (section.has("values") && section.section("values").names().empty())
    section.error(section.at("values"),
                  "'data.values' is empty (nothing is observed); write for example values = { u = \"x\" }");
  return section.diagnostics().size() == errors;
}

}  // namespace

DataSet read_data_set(const Section& section, const std::string& directory, std::uint64_t seed) {
  DataSet data;
  data.seed = seed;
  data_table().read(section, data);
  if (data.file)
    data.file->value = (std::filesystem::path(directory) / data.file->value).lexically_normal().string();
  if (!data.standard_deviation && data.noise > 0) data.standard_deviation = data.noise;
  return data;
}

void load_data(const Section& root, Problem& problem) {
  const auto sections = root.sections("data");
  for (std::size_t i = 0; i < sections.size(); ++i) {
    if (!is_consistent(sections[i])) continue;
    problem.data[i].file ? read_file(sections[i], problem, problem.data[i])
                         : generate(problem, problem.data[i]);
  }
}

void check_unknowns(const Section& root, const Problem& problem) {
  const auto section = root.section("unknowns");
  for (const auto& unknown : problem.unknowns) {
    const auto own = section.section(unknown.name);
    if (unknown.lower >= unknown.upper)
      own.error(own.at("upper"), "'unknowns." + unknown.name + ".upper' is " + as_toml(unknown.upper) +
                                     " (it must be greater than the lower bound, " + as_toml(unknown.lower) +
                                     "); exchange or correct the two");
    else if (unknown.initial < unknown.lower || unknown.initial > unknown.upper)
      own.error(own.at("initial"), "'unknowns." + unknown.name + ".initial' is " + as_toml(unknown.initial) +
                                       " (it must be within the bounds, " + as_toml(unknown.lower) + " and " +
                                       as_toml(unknown.upper) + "); move it between them");
  }
}

void check_observations(const Section& root, const Problem& problem, const Options& options) {
  if (!fits_forward_solutions(problem, options)) return;
  const bool slabs = options.time.slabs > 1,
             interface = options.decomposition.coupling == Coupling::interface, weak = is_weak(problem);
  const auto observed = observations(problem);
  if (observed >= problem.unknowns.size()) return;
  const auto count = [](std::size_t n, const std::string& what) {
    return std::to_string(n) + " " + what + (n == 1 ? "" : "s");
  };
  root.error(root.section("unknowns").at(problem.unknowns.front().name),
             (observed == 0 ? "there are [unknowns] but no [[data]]"
                            : "there are " + count(problem.unknowns.size(), "unknown") + " and only " +
                                  count(observed, "observation")) +
                 " (with " +
                 (slabs       ? "time slabs"
                  : interface ? "coupling = \"interface\""
                  : weak      ? "weak forms"
                              : "training by gradients") +
                 " unknowns are fitted to observations alone); add [[data]]" +
                 (slabs       ? ", or use time.slabs = 1"
                  : interface ? ", or use coupling = \"windowed\""
                  : weak      ? ""
                              : ", or use method = \"gauss-newton\""));
}

}  // namespace ddpinn
