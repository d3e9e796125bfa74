// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "scaling/batch.hpp"
#include "scaling/study.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

namespace ddpinn {
namespace {

std::string escaped(const std::string& text) {
  std::string result;
  for (char c : text) {
    if (c == '&')
      result += "&amp;";
    else if (c == '<')
      result += "&lt;";
    else if (c == '>')
      result += "&gt;";
    else if (c == '"')
      result += "&quot;";
    else
      result += c;
  }
  return result;
}

std::string parameters(const Study& study) {
  const int tasks = study.tasks > 0 ? study.tasks : study.ranks.back();
  return fmt::format(
      "    <parameterset name=\"study\">\n"
      "      <parameter name=\"ranks\" type=\"int\">{}</parameter>\n"
      "      <parameter name=\"ranks_per_node\" type=\"int\">{}</parameter>\n"
      "      <parameter name=\"nodes\" type=\"int\" mode=\"python\">-(-$ranks // "
      "$ranks_per_node)</parameter>\n"
      "      <parameter name=\"tasks\" type=\"int\" mode=\"python\">min($ranks, "
      "$ranks_per_node)</parameter>\n"
      "      <parameter name=\"time\">{}</parameter>\n"
      "      <parameter name=\"launcher\">{}</parameter>\n"
      "    </parameterset>\n",
      fmt::join(study.ranks, ","), tasks, study.time, escaped(study.launcher));
}

std::string substitutions(const std::string& system) {
  return fmt::format(
      "    <substituteset name=\"{0}\">\n"
      "      <iofile in=\"job.{0}.in\" out=\"job.{0}\"/>\n"
      "      <sub source=\"#NAME#\" dest=\"ddpinn_$ranks\"/>\n"
      "      <sub source=\"#NODES#\" dest=\"$nodes\"/>\n"
      "      <sub source=\"#TASKS#\" dest=\"$tasks\"/>\n"
      "      <sub source=\"#TIME#\" dest=\"$time\"/>\n"
      "      <sub source=\"#RANKS#\" dest=\"$ranks\"/>\n"
      "    </substituteset>\n",
      system);
}

std::string steps(const Study& study) {
  return fmt::format(
      "    <fileset name=\"files\">\n      <copy>job.slurm.in,job.pbs.in</copy>\n    </fileset>\n"
      "    <step name=\"run\" iterations=\"{}\">\n"
      "      <use>study</use>\n      <use>files</use>\n      <use>slurm</use>\n      <use>pbs</use>\n"
      "      <do tag=\"!slurm+!pbs\">sh {}/point_$ranks.sh $launcher</do>\n"
      "      <do tag=\"slurm\" done_file=\"ready\" error_file=\"failed\">sbatch job.slurm</do>\n"
      "      <do tag=\"pbs\" done_file=\"ready\" error_file=\"failed\">qsub job.pbs</do>\n"
      "    </step>\n",
      study.repeat, escaped(shell_word(std::filesystem::absolute(study.directory).string())));
}

/// What JUBE reads from our result lines, by itself.
std::string results() {
  std::string patterns, columns = "        <column>ranks</column>\n";
  for (const auto* name : {"seconds", "iterations", "unknowns", "subdomains", "l2_relative"}) {
    const bool number = std::string(name) == "seconds" || std::string(name) == "l2_relative";
    patterns += fmt::format("      <pattern name=\"{0}\" type=\"{1}\">result: .*\\b{0}=${2}</pattern>\n",
                            name, number ? "float" : "int", number ? "jube_pat_fp" : "jube_pat_int");
    columns +=
        fmt::format("        <column>{}</column>\n", std::string(name) == "seconds" ? "seconds_avg" : name);
  }
  return fmt::format(
      "    <patternset name=\"lines\">\n{}    </patternset>\n"
      "    <analyser name=\"analyse\" reduce=\"true\">\n      <use>lines</use>\n"
      "      <analyse step=\"run\">\n        <file>result.log</file>\n      </analyse>\n    </analyser>\n"
      "    <result>\n      <use>analyse</use>\n      <table name=\"table\" style=\"pretty\" "
      "sort=\"ranks\">\n{}"
      "      </table>\n    </result>\n",
      patterns, columns);
}

}  // namespace

std::string jube_benchmark(const Study& study) {
  const auto name = std::filesystem::path(study.path).stem().string();
  return fmt::format(
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
      "<jube version=\"2.4\">\n  <benchmark name=\"{}_{}\" outpath=\"jube\">\n"
      "    <comment>A scaling study by ddpinn. Here: jube run study.xml. As jobs: jube run study.xml --tag "
      "slurm "
      "(or pbs), then jube continue jube until all have ended. Then: ddpinn scaling --collect with this "
      "folder; "
      "jube result jube -a is a short table.</comment>\n{}{}{}{}{}  </benchmark>\n</jube>\n",
      escaped(name), study.weak ? "weak" : "strong", parameters(study), substitutions("slurm"),
      substitutions("pbs"), steps(study), results());
}

}  // namespace ddpinn
