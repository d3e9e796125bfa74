// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "scaling/study.hpp"

#include "base/log.hpp"
#include "io/disk.hpp"
#include "io/process.hpp"
#include "problem/case/case_key_lists.hpp"
#include "scaling/batch.hpp"

#include <ddpinn/error.hpp>

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <fstream>
#include <limits>
#include <numeric>
#include <sstream>

namespace ddpinn {

namespace fs = std::filesystem;

namespace {

std::vector<int> prime_factors(int number) {
  std::vector<int> factors;
  for (int p = 2; number > 1; ++p)
    for (; number % p == 0; number /= p) factors.push_back(p);
  std::ranges::reverse(factors);
  return factors;
}

/// Directions in which the case grows, as numbers of coordinates.
std::vector<std::size_t> growing(const CaseFile& file) {
  const auto& scaling = file.scaling;
  const auto& coordinates = file.problem.domain.coordinates;
  const auto& chosen = scaling.directions;
  std::vector<std::size_t> result;
  for (std::size_t d = 0; d < coordinates.size(); ++d)
    if (chosen.empty() ? coordinates[d] != "t" : std::ranges::find(chosen, coordinates[d]) != chosen.end())
      result.push_back(d);
  return result;
}

void check_growth(const CaseFile& file, const std::vector<std::size_t>& directions) {
  if (directions.empty())
    throw Error(Status::case_file,
                file.path +
                    ": a weak study needs a direction to grow in (there is only time); name it in "
                    "scaling.directions");
  for (auto d : directions)
    if (file.options.decomposition.breakpoints.contains(file.problem.domain.coordinates[d]))
      throw Error(Status::case_file,
                  fmt::format("{}: 'decomposition.breakpoints.{}' can't grow (a weak study multiplies equal "
                              "subdomains); name other directions in scaling.directions",
                              file.path, file.problem.domain.coordinates[d]));
}

/// By how much each direction is multiplied.
std::vector<int> growth_of(const CaseFile& file, const std::vector<std::size_t>& directions, int factor) {
  std::vector<int> growth(file.problem.domain.coordinates.size(), 1);
  const auto& count = file.options.decomposition.subdomains;
  for (int prime : prime_factors(factor))
    growth[*std::ranges::min_element(directions, {}, [&](auto d) { return count[d] * growth[d]; })] *= prime;
  return growth;
}

double mean_growth(const std::vector<int>& growth, const std::vector<std::size_t>& directions) {
  double product = 1;
  for (auto d : directions) product *= growth[d];
  return std::pow(product, 1.0 / static_cast<double>(directions.size()));
}

std::vector<std::string> grown(const CaseFile& file, int factor) {
  const auto& scaling = file.scaling;
  const auto directions = growing(file);
  check_growth(file, directions);
  const auto growth = growth_of(file, directions, factor);
  const auto multiplied = [&](std::vector<int> counts) {
    for (std::size_t d = 0; d < counts.size(); ++d) counts[d] *= growth[d];
    return fmt::format("[{}]", fmt::join(counts, ", "));
  };
  std::vector<std::string> overrides{"decomposition.subdomains=" +
                                     multiplied(file.options.decomposition.subdomains)};
  if (!file.options.coarse.empty()) overrides.push_back("coarse.grid=" + multiplied(file.options.coarse));
  for (const auto& [name, along] : scaling.parameters) {
    const auto& coordinates = file.problem.domain.coordinates;
    const auto value =
        std::ranges::find(file.problem.parameters, name, &std::pair<std::string, double>::first)->second;
    const double times = along == "all" ? mean_growth(growth, directions)
                                        : growth[std::ranges::find(coordinates, along) - coordinates.begin()];
    overrides.push_back(fmt::format("parameters.{}={:.17g}", name, value * times));
  }
  return overrides;
}

std::string script(const Study& study, const StudyPoint& point) {
  std::string set;
  for (const auto* list : {&study.overrides, &point.overrides})
    for (const auto& text : *list) set += " --set " + shell_word(text);
  const auto program = shell_word(study.program), ranks = std::to_string(point.ranks);
  return fmt::format(
      "#!/bin/sh\n# Runs the case on {0} ranks in the working directory, which gets machine.json (what "
      "messages\n"
      "# and cores do there), results and result.log. Arguments: the launcher.\n"
      "[ $# -gt 0 ] || set -- {1}\n"
      "\"$@\" {0} {2} machine --output machine.json || exit\n"
      "\"$@\" {0} {2} run {3} --quiet{4} \\\n"
      "  --set output.pictures=false --set output.directory=results > result.log 2> errors.log\n"
      "status=$?\ncat errors.log >&2\nexit $status\n",
      ranks, study.launcher, program, shell_word(fs::absolute(study.path).string()), set);
}

std::string job_template(const Study& study, const std::string& system) {
  BatchJob job{.system = system,
               .name = "#NAME#",
               .nodes = "#NODES#",
               .tasks = "#TASKS#",
               .time = "#TIME#",
               .log = "job.log"};
  return fmt::format(
      "#!/bin/bash\n{}# One run of a scaling study; edit for accounts, partitions and modules. JUBE fills in "
      "the rest\n# and looks for the file ready.\n"
      "if sh {}/point_#RANKS#.sh {}; then touch ready; else touch failed; fi\n",
      batch_head(job), shell_word(fs::absolute(study.directory).string()),
      system == "slurm" ? "srun -n" : "mpirun -n");
}

std::vector<std::string> words_of(const std::string& text) {
  std::istringstream in(text);
  std::vector<std::string> words;
  for (std::string word; in >> word;) words.push_back(word);
  return words;
}

std::string last_line(const fs::path& path) {
  std::ifstream in(path);
  std::string last;
  for (std::string line; std::getline(in, line);)
    if (line.find("error:") != std::string::npos || last.empty()) last = line;
  return last;
}

}  // namespace

std::vector<StudyPoint> study_points(const Study& study, const CaseFile& file) {
  std::vector<StudyPoint> points;
  const int first = study.ranks.front();
  for (int ranks : study.ranks) {
    if (study.weak && ranks % first != 0)
      throw Error(Status::usage,
                  fmt::format("--mode weak: {} ranks are no multiple of the {} of the first run (the "
                              "subdomains multiply as the ranks do); change --ranks",
                              ranks, first));
    points.push_back({ranks, study.weak ? grown(file, ranks / first) : std::vector<std::string>()});
  }
  return points;
}

void write_study(const Study& study) {
  const auto file = read_case(study.path, study.overrides);
  const auto points = study_points(study, file);
  for (const auto& point : points) {  // mistakes are told before the first hour of computing
    auto overrides = study.overrides;
    overrides.insert(overrides.end(), point.overrides.begin(), point.overrides.end());
    read_case(study.path, overrides);
  }
  std::error_code failure;
  fs::create_directories(study.directory, failure);
  if (failure)
    throw Error(Status::input_output, fmt::format("{}: can't be made ({}); choose another --directory",
                                                  study.directory.string(), failure.message()));
  for (const auto& point : points)
    write_text(study.directory / fmt::format("point_{}.sh", point.ranks), script(study, point));
  for (const auto* system : {"slurm", "pbs"})
    write_text(study.directory / fmt::format("job.{}.in", system), job_template(study, system));
  write_text(study.directory / "study.xml", jube_benchmark(study));
  const nlohmann::ordered_json json = {{"case", fs::absolute(study.path).string()},
                                       {"overrides", study.overrides},
                                       {"mode", study.weak ? "weak" : "strong"},
                                       {"ranks", study.ranks},
                                       {"repeat", study.repeat},
                                       {"dimension", growing(file).size()}};
  write_text(study.directory / "study.json", json.dump(2) + "\n");
}

std::vector<std::string> run_study(const Study& study) {
  std::vector<std::string> failures;
  for (int repeat = 1; repeat <= study.repeat; ++repeat)
    for (int ranks : study.ranks) {
      const auto folder = fs::absolute(study.directory) / "runs" / fmt::format("ranks_{}", ranks) /
                          fmt::format("repeat_{}", repeat);
      fs::create_directories(folder);
      std::vector<std::string> command{
          "sh", (fs::absolute(study.directory) / fmt::format("point_{}.sh", ranks)).string()};
      for (auto& word : words_of(study.launcher)) command.push_back(std::move(word));
      log::info("{} rank(s), run {} of {}", ranks, repeat, study.repeat);
      const auto failure = run_process(command, folder, folder / "output.log", seconds_of(study.time),
                                       std::numeric_limits<std::uint64_t>::max());
      if (failure)
        failures.push_back(
            fmt::format("{}: {} ({})", folder.string(), *failure, last_line(folder / "output.log")));
    }
  return failures;
}

}  // namespace ddpinn
