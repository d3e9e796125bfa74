// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "problem/case/case_keys.hpp"
#include "problem/case/case_parts.hpp"
#include "problem/case/case_tree.hpp"

#include <fmt/format.h>
#include <algorithm>
#include <filesystem>
#include <functional>
#include <numeric>

namespace ddpinn {
namespace {

DecompositionOptions read_decomposition(const Section& section) {
  DecompositionOptions options;
  section.read("subdomains", options.subdomains);
  const auto breakpoints = section.section("breakpoints");
  for (const auto& [coordinate, at] : breakpoints.names())
    breakpoints.read(coordinate, options.breakpoints[coordinate]);
  section.read("overlap", options.overlap);
  section.read("window", options.window);
  section.read("levels", options.levels);
  section.read("coupling", options.coupling);
  const auto interface = section.section("interface");
  interface.read("transmission", options.interface.transmission);
  interface.read("robin_parameter", options.interface.robin_parameter);
  interface.read("order", options.interface.order);
  interface.read("acceleration", options.interface.acceleration);
  interface.read("local_steps", options.interface.local_steps);
  return options;
}

PointsOptions read_points(const Section& section) {
  PointsOptions options;
  section.read("interior", options.interior);
  section.read("boundary", options.boundary);
  section.read("sampling", options.sampling);
  section.section("refine").read("every", options.refine_every);
  return options;
}

NetworkOptions read_network(const Section& section, const std::string& case_path) {
  NetworkOptions options;
  section.read("kind", options.kind);
  if (section.read("file", options.file))  // absolute, as the files of data are
    options.file =
        (std::filesystem::absolute(case_path).parent_path() / options.file).lexically_normal().string();
  section.read("hidden", options.hidden);
  section.read("activation", options.activation);
  section.read("scale", options.scale);
  section.read("polynomial_degree", options.polynomial_degree);
  section.read("seed", options.seed);
  section.read("precision", options.precision);
  return options;
}

AdamOptions read_adam(const Section& section) {
  AdamOptions options;
  section.read("learning_rate", options.learning_rate);
  const auto decay = section.section("decay");
  decay.read("every", options.decay_every);
  decay.read("factor", options.decay_factor);
  section.read("schedule", options.schedule);
  section.read("every", options.every);
  if (options.schedule == "additive" && options.every > 1) options.relaxation = 0.5;
  section.read("relaxation", options.relaxation);
  if (options.schedule == "all" && options.relaxation < 1)
    section.error(section.at("relaxation"),
                  "'solver.adam.relaxation' has no effect with schedule = \"all\" (no neighbours are frozen "
                  "between steps); leave it out, or use schedule = \"additive\" or \"multiplicative\"");
  if (options.schedule == "all" && options.every > 1)
    section.error(section.at("every"),
                  "'solver.adam.every' is " + std::to_string(options.every) +
                      " (with schedule = \"all\" no neighbours are frozen between steps); use schedule = "
                      "\"additive\" or \"multiplicative\", or every = 1");
  return options;
}

/// Single precision is too little for anything that solves linear systems.
void check_precision(const Section& network, const Options& options) {
  const auto& method = options.solver.method;
  if (options.network.precision == "float64" || method == std::vector<std::string>{"adam"}) return;
  network.error(
      network.at("precision"),
      "'network.precision' is \"float32\" (only method = \"adam\" computes in single precision); use "
      "precision = \"float64\", or method = \"adam\"");
}

SolverOptions read_solver(const Section& section) {
  SolverOptions options;
  section.read("method", options.method);
  section.read("tolerance", options.tolerance);
  section.read("max_iterations", options.max_iterations);
  section.read("time_limit", options.time_limit);
  const auto krylov = section.section("krylov");
  krylov.read("type", options.krylov.type);
  krylov.read("preconditioner", options.krylov.preconditioner);
  krylov.read("compression", options.krylov.compression);
  krylov.read("max_iterations", options.max_krylov_iterations);
  options.adam = read_adam(section.section("adam"));
  const auto gauss_newton = section.section("gauss_newton");
  gauss_newton.read("variable_projection", options.gauss_newton.variable_projection);
  gauss_newton.read("damping", options.gauss_newton.damping);
  if (options.method.empty())
    section.error(section.at("method"),
                  "'solver.method' is an empty list (there is nothing to do); write for example method = "
                  "\"least-squares\"");
  return options;
}

void read_time(const Section& section, TimeOptions& options) {
  section.read("slabs", options.slabs);
  if (!section.read("breakpoints", options.breakpoints)) return;
  if (section.has("slabs"))
    return section.error(
        section.at("breakpoints"),
        "[time] has both slabs and breakpoints (which are the ends of the slabs); remove one");
  options.slabs = std::max(1, static_cast<int>(options.breakpoints.size()) - 1);
}

OutputOptions read_output(const Section& section, const std::string& case_path) {
  OutputOptions options;
  options.directory = "results/" + std::filesystem::path(case_path).stem().string();
  section.read("directory", options.directory);
  section.read("grid", options.grid);
  section.read("pictures", options.pictures);
  if (options.directory.empty())
    section.error(section.at("directory"),
                  "'output.directory' is empty (results need a directory of their own); "
                  "write for example directory = \"results/poisson\"");
  return options;
}

/// What the two couplings can't use of each other's settings.
void check_coupling(const Section& root, Options& options) {
  const auto section = root.section("decomposition");
  if (options.decomposition.coupling == "interface") {
    if (!options.decomposition.levels.empty())
      section.error(section.at("levels"),
                    "'decomposition.levels' is given with coupling = \"interface\" (each subdomain solves a "
                    "problem of its own there, nothing is added to it); remove the levels, or use coupling = "
                    "\"windowed\"");
    return;
  }
}

/// One number stands for all directions, none for the default.
void expand(const Section& section, const std::string& path, const std::vector<std::string>& coordinates,
            int standard, std::vector<int>& counts) {
  if (counts.empty()) counts = {standard};
  if (counts.size() == 1) counts.assign(std::max<std::size_t>(coordinates.size(), 1), counts.front());
  check_entries(section, section.at(std::string(last_part(path))), path, counts.size(), coordinates);
}

void check_breakpoints(const Section& section, const Domain& domain, const std::string& name,
                       const Location& at, const std::vector<double>& points) {
  const std::string path = "'decomposition.breakpoints." + name + "'";
  const auto found = std::find(domain.coordinates.begin(), domain.coordinates.end(), name);
  if (found == domain.coordinates.end()) {
    section.error(at, path + " is for no coordinate (the coordinates are " +
                          listed(domain.coordinates, "and") + "); use one of these");
    return;
  }
  const std::size_t k = found - domain.coordinates.begin();
  const auto value_at = section.at(name);
  if (points.size() < 2 || points.front() != domain.lower[k] || points.back() != domain.upper[k])
    section.error(value_at, path + " does not go from end to end (the domain's ends are " +
                                as_toml(domain.lower[k]) + " and " + as_toml(domain.upper[k]) +
                                "); let the list start and end with these");
  for (std::size_t i = 1; i < points.size(); ++i)
    if (points[i] <= points[i - 1])
      return section.error(section.at(name, i), path + " has " + as_toml(points[i]) + " after " +
                                                    as_toml(points[i - 1]) +
                                                    " (they must ascend); sort the list");
}

}  // namespace

Options read_options(const Section& root, const std::string& case_path) {
  Options options;
  options.decomposition = read_decomposition(root.section("decomposition"));
  options.points = read_points(root.section("points"));
  options.network = read_network(root.section("network"), case_path);
  options.solver = read_solver(root.section("solver"));
  root.section("coarse").read("grid", options.coarse);
  read_time(root.section("time"), options.time);
  options.output = read_output(root.section("output"), case_path);
  check_precision(root.section("network"), options);
  return options;
}

/// Every rank knows all boxes.
void check_count(const Section& section, const std::string& key, const Location& at,
                 const std::vector<int>& counts) {
  constexpr double most = 1e7;
  const double all = std::accumulate(counts.begin(), counts.end(), 1.0, std::multiplies<>());
  if (all > most)
    section.error(at,
                  fmt::format("'{}' makes {:g} subdomains (every process keeps their boxes, at most {:g}); "
                              "use fewer",
                              key, all, most));
}

void check_decomposition(const Section& root, const Domain& domain, Options& options) {
  const auto& coordinates = domain.coordinates;
  const auto section = root.section("decomposition");
  expand(section, "decomposition.subdomains", coordinates, 4, options.decomposition.subdomains);
  if (auto& degree = options.network.polynomial_degree; degree.size() > 1)
    expand(root.section("network"), "network.polynomial_degree", coordinates, 2, degree);
  expand(root.section("output"), "output.grid", coordinates, coordinates.size() < 4 ? 65 : 33,
         options.output.grid);
  if (!options.points.interior.empty())
    expand(root.section("points"), "points.interior", coordinates, 0, options.points.interior);
  if (!options.coarse.empty()) expand(root.section("coarse"), "coarse.grid", coordinates, 0, options.coarse);
  check_coupling(root, options);
  const auto& levels = options.decomposition.levels;
  for (std::size_t i = 0; i < levels.size(); ++i) {
    check_entries(section, section.at("levels", i), "decomposition.levels", levels[i].size(), coordinates);
    check_count(section, "decomposition.levels", section.at("levels", i), levels[i]);
  }
  if (!is_usable(domain)) return;
  const auto breakpoints = section.section("breakpoints");
  auto& counts = options.decomposition.subdomains;
  for (const auto& [name, at] : breakpoints.names()) {
    const auto& points = options.decomposition.breakpoints[name];
    check_breakpoints(breakpoints, domain, name, at, points);
    const auto k = std::find(coordinates.begin(), coordinates.end(), name) - coordinates.begin();
    if (k < static_cast<long>(counts.size()) && points.size() > 1)
      counts[k] = static_cast<int>(points.size()) - 1;
  }
  check_count(section, "decomposition.subdomains", section.at("subdomains"), counts);
}

}  // namespace ddpinn
