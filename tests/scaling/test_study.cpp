// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "io/disk.hpp"
#include "scaling/batch.hpp"
#include "scaling/machine.hpp"
#include "scaling/measurement.hpp"
#include "scaling/study.hpp"
#include "support/catch.hpp"
#include "support/temporary_folder.hpp"

#include <ddpinn/error.hpp>

#include <fmt/format.h>

#include <cmath>
#include <fstream>
#include <sstream>

using namespace ddpinn;
using namespace ddpinn::test;

namespace {

constexpr auto growing_case = R"(
[domain]
coordinates = ["x", "y", "t"]
lower = [0, 0, 0]
upper = [1, 1, 1]

[parameters]
n = 2
m = 3

[[equation]]
residual = "u_t - u_xx - u_yy + n*m*u"

[[condition]]
on = ["boundary", "t.lower"]
residual = "u"

[decomposition]
subdomains = [2, 3, 1]
coupling = "interface"

[coarse]
grid = [4, 6, 2]

[scaling]
parameters = { n = "x", m = "all" }
)";

std::string contents(const std::filesystem::path& path) {
  std::ifstream in(path);
  std::ostringstream text;
  text << in.rdbuf();
  return text.str();
}

Study study_in(const TemporaryFolder& folder, bool weak) {
  write_text(folder.path() / "it's.toml", growing_case);
  Study study;
  study.path = (folder.path() / "it's.toml").string();
  study.weak = weak;
  study.ranks = {1, 2, 4};
  study.directory = folder.path() / "study";
  study.program = "/opt/ddpinn & co/ddpinn";
  return study;
}

}  // namespace

TEST_CASE("Weak scaling multiplies subdomains where there are fewest, the grid and parameters with them",
          "[scaling]") {
  const TemporaryFolder folder;
  const auto study = study_in(folder, true);
  const auto points = study_points(study, read_case(study.path));
  REQUIRE(points.size() == 3);
  REQUIRE(points[0].overrides[0] == "decomposition.subdomains=[2, 3, 1]");
  REQUIRE(points[1].overrides[0] == "decomposition.subdomains=[4, 3, 1]");
  REQUIRE(points[1].overrides[1] == "coarse.grid=[8, 6, 2]");
  REQUIRE(points[2].overrides[0] == "decomposition.subdomains=[4, 6, 1]");
  const auto larger = read_case(study.path, points[2].overrides);
  REQUIRE(larger.problem.parameters[0].second == 4);          // twice the subdomains along x
  REQUIRE(larger.problem.parameters[1].second == Approx(6));  // sqrt(2 * 2) times
}

TEST_CASE("Strong scaling leaves the case as it is", "[scaling]") {
  const TemporaryFolder folder;
  const auto study = study_in(folder, false);
  for (const auto& point : study_points(study, read_case(study.path))) REQUIRE(point.overrides.empty());
}

TEST_CASE("Ranks that are no multiple of the first can't scale weakly", "[scaling]") {
  const TemporaryFolder folder;
  auto study = study_in(folder, true);
  study.ranks = {2, 3};
  REQUIRE_THROWS_AS(study_points(study, read_case(study.path)), Error);
}

TEST_CASE("Graded directions can't grow", "[scaling]") {
  const TemporaryFolder folder;
  const auto study = study_in(folder, true);
  const auto file = read_case(study.path, {"decomposition.breakpoints.x=[0, 0.1, 1]"});
  REQUIRE_THROWS_AS(study_points(study, file), Error);
}

TEST_CASE("A study's directory holds all that is needed to run it elsewhere", "[scaling]") {
  const TemporaryFolder folder;
  const auto study = study_in(folder, true);
  write_study(study);
  const auto script = contents(study.directory / "point_4.sh");
  REQUIRE(script.find("'/opt/ddpinn & co/ddpinn' run") != std::string::npos);
  REQUIRE(script.find("it'\\''s.toml'") != std::string::npos);
  REQUIRE(script.find("'decomposition.subdomains=[4, 6, 1]'") != std::string::npos);
  const auto job = contents(study.directory / "job.slurm.in");
  REQUIRE(job.find("#SBATCH --nodes=#NODES#") != std::string::npos);
  REQUIRE(contents(study.directory / "job.pbs.in").find("#PBS -l select=#NODES#") != std::string::npos);
  const auto xml = contents(study.directory / "study.xml");
  REQUIRE(xml.find("<parameter name=\"ranks\" type=\"int\">1,2,4</parameter>") != std::string::npos);
  REQUIRE(xml.find("iterations=\"3\"") != std::string::npos);
}

TEST_CASE("A failed run is told with its last words, the others go on", "[scaling]") {
  const TemporaryFolder folder;
  auto study = study_in(folder, false);
  study.ranks = {1, 2};
  study.repeat = 2;
  write_study(study);
  write_text(study.directory / "point_1.sh", "echo 'error: no luck'; exit 3\n");
  write_text(study.directory / "point_2.sh", "exit 0\n");
  const auto failures = run_study(study);
  REQUIRE(failures.size() == 2);
  REQUIRE(failures[0].find("status 3") != std::string::npos);
  REQUIRE(failures[0].find("no luck") != std::string::npos);
}

TEST_CASE("Runs are found below a directory, with phases, traffic and machine", "[scaling]") {
  const TemporaryFolder folder;
  for (int run : {1, 2}) {
    const auto results = folder.path() / "jube" / fmt::format("00000{}_run", run) / "work" / "results";
    std::filesystem::create_directories(results);
    write_text(results / "summary.json",
               fmt::format(R"({{"ranks": 2, "threads": 1, "converged": true, "seconds": {}.0, "iterations": 7,
                 "unknowns": 1000, "subdomains": 8, "errors": [{{"l2_relative": 1e-3}}, {{"l2_relative": 2e-3}}],
                 "peak_memory_bytes": 1e6, "total_memory_bytes": 2e6, "phases": [{{"name": "krylov", "mean": 0.5,
                 "cpu": 0.25, "messages": 20, "bytes": 800, "reductions": 30}}]}})",
                           run));
    write_text(results.parent_path() / "machine.json", R"({"ranks": 2, "latency": 1e-6, "bandwidth": 1e9})");
  }
  std::filesystem::create_directories(folder.path() / "cut");
  write_text(folder.path() / "cut" / "summary.json", "{\"converged\": false}");
  const auto results = collect_runs(folder.path());
  REQUIRE(results.points.size() == 1);
  REQUIRE(results.unreadable.size() == 1);
  const auto& point = results.points[0];
  REQUIRE(point.runs.size() == 2);
  REQUIRE(point.median([](const auto& run) { return run.seconds; }) == 1.5);
  REQUIRE(point.runs[0].error == 2e-3);
  REQUIRE(point.runs[0].phase("krylov").bytes == 800);
  REQUIRE(point.runs[0].phase("other").seconds == 0.5);
  REQUIRE(point.runs[0].core_hours() == Approx(2.0 / 3600));
  REQUIRE(point.runs[0].machine->network.bandwidth == 1e9);
}

TEST_CASE("A directory without runs says so", "[scaling]") {
  const TemporaryFolder folder;
  REQUIRE_THROWS_AS(collect_runs(folder.path()), Error);
}

TEST_CASE("Networks are known by name or come from a file", "[scaling]") {
  REQUIRE(known_network("infiniband").latency < known_network("ethernet").latency);
  const TemporaryFolder folder;
  const auto path = folder.path() / "machine.json";
  write_text(path, machine_text({.ranks = 4, .network = {3e-6, 2e9, 5e-6}, .multiply_rate = 1e10}));
  REQUIRE(known_network(path.string()).stage == 5e-6);
  REQUIRE(read_machine(path).multiply_rate == 1e10);
  REQUIRE_THROWS_AS(known_network("carrier pigeon"), Error);
}

TEST_CASE("Times of jobs are checked and counted", "[scaling]") {
  REQUIRE(is_time("01:30:05"));
  REQUIRE_FALSE(is_time("1:30:05"));
  REQUIRE(seconds_of("01:30:05") == 5405);
}
