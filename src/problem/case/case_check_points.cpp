// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "network/feature_network.hpp"
#include "problem/case/case_keys.hpp"
#include "problem/case/case_parts.hpp"
#include "problem/case/case_tree.hpp"
#include "problem/weak_forms.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace ddpinn {
namespace {

/// How many polynomials a network has: those of degree up to p, or up to a degree for each coordinate.
long long polynomials(std::vector<int> degree, std::size_t coordinates, int p) {
  if (degree.empty()) degree = {p};
  if (degree.size() == 1) degree.assign(coordinates, degree.front());
  return monomials(degree).size();
}

/// Rows and unknowns of the least-squares problem, an average subdomain.
struct Balance {
  long long polynomials = 0;
  long long fields = 0;
  long long features = 0;  ///< of one field
  double interior = 0;     ///< rows
  double conditions = 0;   ///< rows

  double unknowns() const { return features * fields; }
};

double product(const std::vector<int>& counts) {
  return std::accumulate(counts.begin(), counts.end(), 1.0, [](double all, int n) { return all * n; });
}

/// Points of one face of the box, perpendicular to direction k, of all subdomains together.
double face_points(const Options& options, std::size_t k) {
  double points = 1;
  for (std::size_t d = 0; d < options.decomposition.subdomains.size(); ++d)
    if (d != k) points *= options.decomposition.subdomains[d] * options.points.boundary;
  return points;
}

/// An upper estimate: a shape counts as a box as large as the domain.
double condition_points(const Condition& condition, const Domain& domain, const Options& options) {
  double points = condition.points.size();
  for (std::size_t k = 0; k < domain.coordinates.size(); ++k) {
    const double face = face_points(options, k);
    for (const auto& name : condition.on) {
      const bool is_face = name.size() == 7 && (name.ends_with(".lower") || name.ends_with(".upper"));
      if (!is_face) points += 2 * face;
      if (is_face && name.substr(0, 1) == domain.coordinates[k]) points += face;
    }
  }
  return points;
}

Balance balance(const Problem& problem, int order, std::size_t width, const Options& options) {
  Balance result;
  result.fields = problem.fields.size();
  result.polynomials =
      polynomials(options.network.polynomial_degree, problem.domain.coordinates.size(), std::max(order, 2));
  result.features = width + result.polynomials;
  result.interior = product(options.points.interior) * problem.equations.size();
  for (const auto& condition : problem.conditions)
    result.conditions +=
        condition_points(condition, problem.domain, options) / product(options.decomposition.subdomains);
  for (const auto& data : problem.data)
    result.conditions +=
        data.points.size() * data.observed.size() / product(options.decomposition.subdomains);
  return result;
}

/// Interior points in each direction with which the equations alone make `surplus` times as many rows as
/// unknowns.
int enough_points(const Problem& problem, const Balance& balance, double surplus) {
  const double rows = surplus * balance.unknowns() / problem.equations.size();
  return std::ceil(std::pow(rows, 1.0 / problem.domain.coordinates.size()) - 1e-9);
}

std::string rounded(double count) { return as_toml(std::round(count)); }

/// Degree of the polynomials that a case asks for along coordinate k; 0 where it leaves them to us.
int degree_along(const Options& options, std::size_t k) {
  const auto& degree = options.network.polynomial_degree;
  return degree.empty() ? 0 : degree[degree.size() == 1 ? 0 : k];
}

/// n Gauss points tell polynomials up to degree n - 1 apart. Where boxes overlap, each has more points than
/// its core: solves then end, after many iterations, far from what the polynomials can do (8^3 subdomains of
/// degree 8 with 8 points: 636 iterations, and 9e-3).
void remark_on_degrees(const Section& root, const Problem& problem, const Options& options) {
  if (options.points.sampling != Sampling::gauss) return;
  std::vector<std::string> directions;
  int degree = 0, points = 0;
  for (std::size_t k = 0; k < problem.domain.coordinates.size(); ++k) {
    if (options.points.interior[k] > degree_along(options, k)) continue;
    directions.push_back("'" + problem.domain.coordinates[k] + "'");
    degree = std::max(degree, degree_along(options, k));
    points = std::max(points, options.points.interior[k]);
  }
  if (directions.empty()) return;
  root.diagnostics().remark(root.section("points").at("interior"),
                            "polynomials of degree " + std::to_string(degree) + " look alike at " +
                                std::to_string(points) + " Gauss points (along " + listed(directions, "and") +
                                ", where points have to be more than the degree); write points.interior = " +
                                std::to_string(degree + 1) +
                                (is_weak(problem) ? "" : ", points.sampling = \"sobol\"") +
                                ", or a lower network.polynomial_degree");
}

/// As many Gauss points in each part of a core as integrate products of derivatives.
void check_energy_points(const Section& root, const Problem& problem, int order, Options& options) {
  const auto d = problem.domain.coordinates.size();
  const bool random = options.network.hidden.back() > 0;
  const int least = std::max({order + 2, 4, random ? 8 : 0});
  if (options.points.interior.empty()) options.points.interior.assign(d, least);
  for (std::size_t k = 0; k < d && !root.section("points").has("interior"); ++k)
    options.points.interior[k] = std::max(least, degree_along(options, k) + 2);
  if (!root.section("points").has("boundary"))
    options.points.boundary = std::max(options.points.boundary, std::ranges::max(options.points.interior));
  remark_on_degrees(root, problem, options);
}

}  // namespace

void check_points(const Section& root, const Problem& problem, int order, std::size_t width,
                  Options& options) {
  constexpr double default_surplus = 1.5;
  const auto d = problem.domain.coordinates.size();
  if (is_weak(problem)) return check_energy_points(root, problem, order, options);
  if (options.points.interior.empty()) {
    const int enough = enough_points(problem, balance(problem, order, width, options), default_surplus);
    options.points.interior.assign(d, std::max(enough, d < 4 ? 8 : 6));
    for (std::size_t k = 0; k < d; ++k)
      options.points.interior[k] = std::max(options.points.interior[k], degree_along(options, k) + 1);
  }
  remark_on_degrees(root, problem, options);
  const auto now = balance(problem, order, width, options);
  if (now.interior + now.conditions >= now.unknowns()) return;
  const auto points = root.section("points");
  const std::string fields = now.fields == 1 ? "" : " for each of " + std::to_string(now.fields) + " fields";
  root.error(points.at("interior"), "there are fewer rows than unknowns (a subdomain has " +
                                        rounded(now.interior) + " rows of equations and on average at most " +
                                        rounded(now.conditions) + " of conditions, but " +
                                        rounded(now.unknowns()) + " unknowns: " + std::to_string(width) +
                                        " network features and " + std::to_string(now.polynomials) +
                                        " polynomials" + fields + "); write for example points.interior = " +
                                        std::to_string(enough_points(problem, now, default_surplus)) +
                                        ", or a narrower network.hidden");
}

}  // namespace ddpinn
