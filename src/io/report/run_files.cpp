// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "io/report/run_files.hpp"

#include <ddpinn/error.hpp>

#include <fmt/format.h>

#include <cstdlib>
#include <fstream>
#include <iterator>

namespace ddpinn {

namespace fs = std::filesystem;
using Json = nlohmann::ordered_json;

std::string file_text(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

Json read_summary(const fs::path& directory) {
  const auto path = directory / "summary.json";
  auto summary = Json::parse(file_text(path), nullptr, false);
  if (summary.is_object()) return summary;
  throw Error(
      Status::input_output,
      fmt::format("{}: there is no summary of a run (the directory is none of a run's, or the file was "
                  "damaged); name the directory that the run has printed",
                  path.string()));
}

std::string run_name(const fs::path& directory, const Json& summary) {
  const auto title = summary.value("title", "");
  return title.empty() ? fs::absolute(directory).lexically_normal().filename().string() : title;
}

std::vector<HistoryLine> read_history(const fs::path& directory) {
  const auto text = file_text(directory / "history.csv");
  std::vector<HistoryLine> history;
  for (auto begin = text.find('\n') + 1; begin != 0 && begin < text.size();) {
    const auto end = text.find('\n', begin);
    if (end == std::string::npos) break;  // it is being written
    char* rest = nullptr;
    HistoryLine line;
    line.nonlinear = static_cast<int>(std::strtol(text.c_str() + begin, &rest, 10));
    if (*rest == ',') line.krylov = static_cast<int>(std::strtol(rest + 1, &rest, 10));
    if (*rest == ',') {
      line.residual = std::strtod(rest + 1, nullptr);
      history.push_back(line);
    }
    begin = end + 1;
  }
  return history;
}

std::optional<RunProgress> read_progress(const fs::path& directory) {
  const auto state = Json::parse(file_text(directory / "progress.json"), nullptr, false);
  if (!state.is_object()) return {};
  return RunProgress{state.value("phase", ""), state.value("seconds", 0.0)};
}

}  // namespace ddpinn
