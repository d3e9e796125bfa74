// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "plan/refinement.hpp"

#include "network/feature_network.hpp"
#include "plan/data_intervals.hpp"
#include "problem/model.hpp"
#include "problem/time_slabs.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

namespace ddpinn {

namespace {

constexpr double infinite = std::numeric_limits<double>::infinity();

std::vector<double> equal_intervals(double lower, double upper, int count) {
  std::vector<double> ends;
  for (int i = 0; i < count; ++i) ends.push_back(lower + (upper - lower) * i / count);
  ends.push_back(upper);
  return ends;
}

bool are_equal(const std::vector<double>& ends) {
  const auto equal = equal_intervals(ends.front(), ends.back(), static_cast<int>(ends.size()) - 1);
  const double rounding = 1e-9 * (equal[1] - equal[0]);
  return std::ranges::equal(ends, equal, [&](double a, double b) { return std::abs(a - b) < rounding; });
}

int intervals(const std::vector<double>& ends) { return static_cast<int>(ends.size()) - 1; }

std::size_t polynomials(const std::vector<int>& degree) { return monomials(degree).size(); }

/// By how much a total degree has to be larger than that of one direction: coefficients of products such as
/// sin(x) sin(y) fall in the directions faster than in the total.
double mixing(const Resolution& resolution, const std::vector<std::vector<double>>& needed,
              const std::vector<int>& degree, double tolerance) {
  constexpr double most = 1.5;
  double largest = 0;
  for (std::size_t d = 0; d < needed.size(); ++d)
    for (double need : needed[d])
      if (std::isfinite(need)) largest = std::max(largest, need / degree[d]);
  // Beyond the degree itself there are no coefficients but those of windows.
  auto totals = resolution.totals;
  totals.resize(std::min<std::size_t>(totals.size(), std::ranges::max(degree) + 1));
  const double total = needed_degree(totals, tolerance) / std::ranges::max(degree);
  return std::isfinite(total) && largest > 0 ? std::clamp(total / largest, 1.0, most) : 1.0;
}

/// Into how many parts an interval is cut that needs this degree, where `limit` is the highest, and what
/// degree each of them needs then: half the interval has half the waves, but not half the degree. What a low
/// degree lets expect is first looked at with the highest one, which is cheaper.
std::pair<int, double> divide(double need, int degree, int limit) {
  constexpr int most_parts = 3;
  constexpr double of_half = 0.65;
  if (need <= limit || (degree < limit && need < 2 * limit)) return {1, need};
  if (std::isinf(need)) return {2, limit};
  int parts = 1;
  double rest = need;
  while (rest > limit && parts < most_parts) rest = need * std::pow(of_half, std::log2(++parts));
  return {parts, rest};
}

}  // namespace

double needed_degree(const std::vector<double>& squares, double tolerance) {
  // The last ones hold what a level has missed, not what the solution has.
  const int last = static_cast<int>(squares.size()) - 2;
  for (int k = 0; k <= last; ++k)
    if (Resolution::tail(squares, k + 1) < tolerance) return k;
  if (last < 2) return infinite;
  const int middle = last / 2;
  const double rate =
      std::log(Resolution::tail(squares, middle) / Resolution::tail(squares, last)) / (last - middle);
  constexpr double least_rate = 0.2;
  return rate > least_rate ? last + std::log(Resolution::tail(squares, last) / tolerance) / rate : infinite;
}

std::vector<double> divided(const std::vector<double>& ends, const std::vector<int>& parts) {
  std::vector<double> result{ends.front()};
  for (std::size_t i = 0; i < parts.size(); ++i)
    for (int k = 1; k <= parts[i]; ++k)
      result.push_back(k == parts[i] ? ends[i + 1] : ends[i] + (ends[i + 1] - ends[i]) * k / parts[i]);
  return result;
}

std::vector<double> graded(std::vector<double> ends) {
  constexpr double steepest = 3.01;
  for (bool changed = true; changed;) {
    std::vector<int> parts(intervals(ends), 1);
    for (int i = 0; i < intervals(ends); ++i)
      for (int j : {i - 1, i + 1})
        if (j >= 0 && j < intervals(ends) && ends[i + 1] - ends[i] > steepest * (ends[j + 1] - ends[j]))
          parts[i] = 2;
    changed = std::ranges::max(parts) > 1;
    ends = divided(ends, parts);
  }
  return ends;
}

int highest_degree(int dimension, int order) {
  constexpr std::array highest{18, 14, 10, 11};
  return std::max(highest[dimension - 1], 2 * order + 2);
}

std::vector<int> points_for(const Problem& problem, const std::vector<int>& degree) {
  std::vector<int> result;
  const int dimension = static_cast<int>(degree.size());
  const double rows = 2.0 * static_cast<double>(polynomials(degree) * problem.fields.size()) /
                      static_cast<double>(std::max<std::size_t>(1, problem.equations.size()));
  for (int p : degree)
    result.push_back(dimension == 1  ? 2 * p
                     : dimension < 4 ? p + 5 - dimension
                                     : static_cast<int>(std::ceil(std::pow(rows, 1.0 / dimension))));
  return result;
}

std::string description(const Numerics& numerics) {
  std::vector<int> counts;
  for (std::size_t d = 0; d < numerics.ends.size(); ++d)
    if (std::cmp_not_equal(d, numerics.time)) counts.push_back(intervals(numerics.ends[d]));
  std::string text;
  if (!counts.empty())
    text = fmt::format("{} subdomain{}", fmt::join(counts, " x "),
                       counts == std::vector<int>(counts.size(), 1) ? "" : "s");
  if (numerics.time >= 0)
    text += fmt::format("{}{} time slabs", text.empty() ? "" : ", ", intervals(numerics.ends[numerics.time]));
  if (numerics.degree.empty()) return text;
  const bool same = std::ranges::all_of(numerics.degree, [&](int p) { return p == numerics.degree[0]; });
  return text + (same ? fmt::format(", degree {}", numerics.degree[0])
                      : fmt::format(", degrees {}", fmt::join(numerics.degree, " and ")));
}

OpenNumerics::OpenNumerics(const CaseFile& file) {
  const auto gives = [&](const std::string& start) {
    return std::ranges::any_of(file.given, [&](const auto& key) { return key.starts_with(start); });
  };
  const bool trains = file.options.solver.trains();
  const bool chooses = file.options.network.kind == "auto";
  const auto network =
      std::ranges::count_if(file.given, [](const std::string& key) { return key.starts_with("network."); });
  slabs = !gives("time.");
  intervals = !trains && !gives("decomposition.subdomains") && !gives("decomposition.breakpoints") &&
              !gives("decomposition.levels");
  degree = !trains && network == (chooses ? 1 : 0);
  points = !gives("points.interior") && !gives("points.sampling");
  boundary_points = !gives("points.boundary");
  preconditioner = !gives("solver.krylov.preconditioner");
}

Refinement::Refinement(const CaseFile& file)
    : file_(file), open_(file), dimension_(static_cast<int>(file.problem.domain.coordinates.size())) {
  const auto model = compile(file.problem);
  order_ = model.order;
  affine_ = model.affine;
  const bool windowed = file.options.decomposition.coupling == Coupling::windowed;
  const bool marches = open_.intervals && open_.slabs && windowed && can_march(file.problem);
  // Linear problems with unknowns have these among their rows, but not in slabs.
  const bool pays = !affine_ || (file.problem.unknowns.empty() && dimension_ > 2);
  time_ = marches && pays ? time_direction(file.problem) : -1;
}

Numerics Refinement::first() const {
  const auto& domain = file_.problem.domain;
  const auto& options = file_.options;
  Numerics result;
  result.time = time_;
  const int degree = std::max(dimension_ > 2 ? 6 : 8, 2 * order_);
  constexpr std::array most{64, 32, 16, 4};
  const auto sources =
      open_.intervals ? data_intervals(file_, degree * 2 / 3) : std::vector<int>(dimension_, 1);
  for (int d = 0; d < dimension_; ++d) {
    int count = dimension_ > 2 ? 1 : 2;
    if (domain.periodic[d] || d == time_ || dimension_ == 1) count = 4;
    if (!domain.shapes.empty()) count = std::max(count, dimension_ > 2 ? 2 : 4);
    count = std::max(count, std::min(sources[d], most[dimension_ - 1]));
    if (!open_.intervals) count = options.decomposition.subdomains[d];
    auto ends = equal_intervals(domain.lower[d], domain.upper[d], count);
    const auto given = options.decomposition.breakpoints.find(domain.coordinates[d]);
    result.ends.push_back(given == options.decomposition.breakpoints.end() ? ends : given->second);
  }
  if (open_.degree) result.degree.assign(dimension_, degree);
  return settled(result);
}

Numerics Refinement::settled(Numerics numerics) const {
  const double slabs = numerics.time < 0 ? 1 : intervals(numerics.ends[numerics.time]);
  double unknowns = cores(numerics) / slabs * static_cast<double>(file_.problem.fields.size());
  if (open_.degree) unknowns *= static_cast<double>(polynomials(numerics.degree));
  int long_directions = 0;
  for (int d = 0; d < dimension_; ++d)
    if (d != numerics.time && intervals(numerics.ends[d]) > 2) ++long_directions;
  constexpr std::array most{1e7, 1e6, 3e5, 2e4, 1e4};
  numerics.direct = unknowns < most[long_directions];
  return numerics;
}

std::vector<std::vector<double>> Refinement::needed(const Numerics& now, const Resolution& resolution,
                                                    double tolerance) const {
  std::vector<std::vector<double>> result(dimension_);
  for (int d = 0; d < dimension_; ++d)
    for (const auto& modes : resolution.modes[d]) {
      const double share = tolerance / std::sqrt(resolution.modes[d].size());
      // Shapes cut all cores there: no coefficients are known.
      const bool unknown = std::ranges::all_of(modes, [](double square) { return square == 0; });
      result[d].push_back(unknown ? (open_.degree ? now.degree[d] + 3 : infinite)
                                  : needed_degree(modes, share));
    }
  return result;
}

Numerics Refinement::next(const Numerics& now, const Resolution& resolution, double tolerance) const {
  constexpr int longest_step = 6;
  const auto needs = needed(now, resolution, tolerance);
  const double mixed = open_.degree ? mixing(resolution, needs, now.degree, tolerance) : 1.0;
  auto result = now;
  for (int d = 0; d < dimension_; ++d) {
    std::vector<int> parts;
    double degree = order_ + 2;
    for (double need : needs[d]) {
      const int limit = open_.degree ? highest_degree(dimension_, order_) : resolution.most_degree() - 1;
      const auto [count, rest] = divide(mixed * need, open_.degree ? now.degree[d] : limit, limit);
      parts.push_back(open_.intervals ? count : 1);
      degree = std::max(degree, open_.intervals ? rest : mixed * need);
    }
    if (open_.degree)
      result.degree[d] = static_cast<int>(std::min<double>(
          {std::ceil(degree), 1.0 * highest_degree(dimension_, order_), 1.0 * now.degree[d] + longest_step}));
    result.ends[d] = divided(now.ends[d], parts);
    if (d != now.time) result.ends[d] = graded(result.ends[d]);
  }
  return settled(result);
}

Numerics Refinement::after_failure(const Numerics& now) const {
  auto result = now;
  for (int d = 0; d < dimension_; ++d)
    if (open_.intervals && (now.time < 0 || d == now.time || intervals(now.ends[d]) < 16))
      result.ends[d] = divided(now.ends[d], std::vector<int>(intervals(now.ends[d]), 2));
  return settled(result);
}

CaseFile Refinement::at(const Numerics& numerics) const {
  auto result = file_;
  auto& options = result.options;
  const auto& coordinates = file_.problem.domain.coordinates;
  if (open_.intervals) {
    options.decomposition.breakpoints.clear();
    for (int d = 0; d < dimension_; ++d) {
      const auto& ends = numerics.ends[d];
      options.decomposition.subdomains[d] = d == numerics.time ? 1 : intervals(ends);
      if (d != numerics.time && !are_equal(ends)) options.decomposition.breakpoints[coordinates[d]] = ends;
    }
  }
  if (numerics.time >= 0) {
    const auto& ends = numerics.ends[numerics.time];
    options.time = {intervals(ends), are_equal(ends) ? std::vector<double>{} : ends};
  }
  if (open_.degree) {
    options.network.hidden = {0};
    options.network.kind = "mlp";
    options.network.polynomial_degree = numerics.degree;
    const auto counts = points_for(file_.problem, numerics.degree);
    if (open_.points) options.points.interior = counts;
    if (open_.points && dimension_ > 3) options.points.sampling = Sampling::sobol;
    if (open_.boundary_points) options.points.boundary = std::ranges::max(counts);
  }
  if (open_.preconditioner && numerics.direct)
    options.solver.krylov.preconditioner = PreconditionerType::direct;
  return result;
}

CaseFile first_level(const CaseFile& file) {
  if (!file.options.solver.accuracy) return file;
  const Refinement refinement(file);
  return refinement.at(refinement.first());
}

double Refinement::cores(const Numerics& numerics) const {
  return std::transform_reduce(numerics.ends.begin(), numerics.ends.end(), 1.0, std::multiplies<>(),
                               [](const auto& ends) { return intervals(ends); });
}

double Refinement::work(const Numerics& numerics) const {
  const double count = cores(numerics);
  if (!open_.degree) return count;
  const double columns = static_cast<double>(polynomials(numerics.degree) * file_.problem.fields.size());
  double rows = static_cast<double>(std::max<std::size_t>(1, file_.problem.equations.size()));
  for (int n : points_for(file_.problem, numerics.degree)) rows *= n;
  const double slabs = numerics.time < 0 ? 1 : intervals(numerics.ends[numerics.time]);
  const double factorised = numerics.direct ? std::pow(count / slabs, 1.5) * slabs : 0;
  return count * rows * columns * columns + 0.1 * factorised * columns * columns * columns;
}

}  // namespace ddpinn
