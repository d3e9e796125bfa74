// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "problem/case/case_key_lists.hpp"
#include "problem/case/case_parts.hpp"
#include "problem/case/case_tree.hpp"

#include <fmt/format.h>
#include <algorithm>
#include <filesystem>
#include <functional>
#include <numeric>

namespace ddpinn {
namespace {

/// Adam's settings that depend on each other.
void settle_adam(const Section& section, AdamOptions& options) {
  if (options.schedule == AdamSchedule::additive && options.every > 1 && !section.has("relaxation"))
    options.relaxation = 0.5;
  if (options.schedule == AdamSchedule::all && options.relaxation < 1)
    section.error(section.at("relaxation"),
                  "'solver.adam.relaxation' has no effect with schedule = \"all\" (no neighbours are frozen "
                  "between steps); leave it out, or use schedule = \"additive\" or \"multiplicative\"");
  if (options.schedule == AdamSchedule::all && options.every > 1)
    section.error(section.at("every"),
                  "'solver.adam.every' is " + std::to_string(options.every) +
                      " (with schedule = \"all\" no neighbours are frozen between steps); use schedule = "
                      "\"additive\" or \"multiplicative\", or every = 1");
}

/// Single precision is too little for anything that solves linear systems.
void check_precision(const Section& network, const Options& options) {
  const auto& method = options.solver.method;
  if (options.network.precision == Precision::float64 || method == std::vector{Method::adam}) return;
  network.error(
      network.at("precision"),
      "'network.precision' is \"float32\" (only method = \"adam\" computes in single precision); use "
      "precision = \"float64\", or method = \"adam\"");
}

void check_solver(const Section& section, const SolverOptions& options) {
  if (options.method.empty())
    section.error(section.at("method"),
                  "'solver.method' is an empty list (there is nothing to do); write for example method = "
                  "\"least-squares\"");
}

/// The ends of the slabs say how many there are.
void settle_time(const Section& section, TimeOptions& options) {
  if (!section.has("breakpoints") || section.is_wrong("breakpoints")) return;
  if (section.has("slabs"))
    return section.error(
        section.at("breakpoints"),
        "[time] has both slabs and breakpoints (which are the ends of the slabs); remove one");
  options.slabs = std::max<int>(1, std::ssize(options.breakpoints) - 1);
}

/// Each part of the name: file systems take 255 bytes; what cannot be seen is a slip.
bool is_printable_path(const std::string& path) {
  const bool control = std::ranges::any_of(path, [](unsigned char c) { return c < 0x20 || c == 0x7f; });
  const auto parts = std::filesystem::path(path);
  return !control && std::ranges::all_of(parts, [](const auto& part) {
    const auto name = part.string();
    return name.size() <= 255 && (name.empty() || name.find_first_not_of(' ') != std::string::npos);
  });
}

void check_output(const Section& section, const OutputOptions& options) {
  const std::string remedy = "write for example directory = \"results/poisson\"";
  const std::filesystem::path directory = options.directory;
  if (options.directory.find_first_not_of(" \t\n\r") == std::string::npos)
    section.error(section.at("directory"),
                  "'output.directory' is empty (results need a directory of their own); " + remedy);
  else if (!is_printable_path(options.directory))
    section.error(section.at("directory"),
                  "'output.directory' is no name for a directory (it has a part that is blank, has control "
                  "characters, or is longer than 255 bytes); " +
                      remedy);
  else if (directory.lexically_normal() == directory.root_path())
    section.error(section.at("directory"),
                  "'output.directory' is the root of the file system (results need a directory of their "
                  "own); " +
                      remedy);
}

/// What the two couplings can't use of each other's settings.
void check_coupling(const Section& root, Options& options) {
  const auto section = root.section("decomposition");
  if (options.decomposition.coupling == Coupling::interface) {
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

/// How many times as wide as its neighbour an interval may be.
constexpr double most_graded = 1000;

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
  for (std::size_t i = 2; i < points.size(); ++i) {
    const double before = points[i - 1] - points[i - 2], after = points[i] - points[i - 1];
    if (std::max(before, after) > most_graded * std::min(before, after))
      return section.error(
          section.at(name, i - 1),
          fmt::format("{} has intervals of {:.3g} and {:.3g} beside each other (windows that narrow have "
                      "derivatives that large); let neighbours differ by a factor of {} at most",
                      path, before, after, most_graded));
  }
}

}  // namespace

Options read_options(const Section& root, const std::string& case_path) {
  Options options;
  options.output.directory = "results/" + std::filesystem::path(case_path).stem().string();
  options_table().read(root, options);
  if (auto& file = options.network.file; !file.empty())  // absolute, as the files of data are
    file = (std::filesystem::absolute(case_path).parent_path() / file).lexically_normal().string();
  settle_adam(root.inner("solver.adam"), options.solver.adam);
  check_solver(root.section("solver"), options.solver);
  settle_time(root.section("time"), options.time);
  check_output(root.section("output"), options.output);
  check_precision(root.section("network"), options);
  return options;
}

/// Every rank knows all boxes.
void check_count(const Section& section, const std::string& key, const Location& at,
                 const std::vector<int>& counts) {
  constexpr double most = 1e7;
  const double all = std::accumulate(counts.begin(), counts.end(), 1.0, std::multiplies<>());
  if (all > most)
    section.error(at, fmt::format("'{}' makes {:g} subdomains (every rank keeps their boxes, at most {:g}); "
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
    if (k < std::ssize(counts) && points.size() > 1) counts[k] = std::ssize(points) - 1;
  }
  if (section.diagnostics().size() == 0) refine_decomposition(section, domain, options.decomposition);
  check_count(section, "decomposition.subdomains", section.at("subdomains"), counts);
}

}  // namespace ddpinn
