// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "problem/case_support.hpp"
#include "support/catch.hpp"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <vector>

namespace fs = std::filesystem;

namespace {

std::string contents(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  REQUIRE(file);
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

std::vector<fs::path> bad_cases() {
  std::vector<fs::path> paths;
  for (const auto& entry : fs::directory_iterator(ddpinn::test::config_path("")))
    if (entry.path().extension() == ".toml") paths.push_back(entry.path());
  std::sort(paths.begin(), paths.end());
  return paths;
}

/// The message that a file gives, where files of its folder are named without the folder.
std::string message(const fs::path& path) {
  const std::string folder = path.parent_path().string() + "/";
  try {
    ddpinn::read_case(path.string(), {}, ddpinn::read_csv);
  } catch (const ddpinn::Error& error) {
    REQUIRE(error.status() == ddpinn::Status::case_file);
    std::string text = error.what();
    for (auto at = text.find(folder); at != std::string::npos; at = text.find(folder))
      text.erase(at, folder.size());
    return text + "\n";
  }
  return "no error\n";
}

}  // namespace

TEST_CASE("every bad case file gives exactly the expected message", "[case]") {
  const auto paths = bad_cases();
  REQUIRE(paths.size() >= 45);
  for (const auto& path : paths) {
    CAPTURE(path.filename().string());
    REQUIRE(message(path) == contents(fs::path(path).replace_extension(".expected")));
  }
}

TEST_CASE("a case file that cannot be read is an input error", "[case]") {
  for (const auto& path : {std::string("no/such/case.toml"), ddpinn::test::config_path("")}) {
    try {
      ddpinn::read_case(path, {}, ddpinn::read_csv);
      FAIL("no error");
    } catch (const ddpinn::Error& error) {
      REQUIRE(error.status() == ddpinn::Status::input_output);
    }
  }
}

TEST_CASE("errors are listed by line, those of the command line last", "[case]") {
  auto text = ddpinn::test::small_case + "\n[points]\ninterior = 0\n[network]\nseed = -1\n";
  const auto message = ddpinn::test::case_message(text, {"solver.tolerance=2"});
  const auto interior = message.find("case.toml:15:12: 'points.interior' is 0");
  const auto seed = message.find("case.toml:17:8: 'network.seed' is -1");
  const auto tolerance = message.find("--set solver.tolerance=2: 'solver.tolerance' is 2");
  REQUIRE(interior == 0);
  REQUIRE(interior < seed);
  REQUIRE(seed < tolerance);
  REQUIRE(tolerance != std::string::npos);
}

TEST_CASE("An unknown kind of network is told with those that there are", "[case]") {
  // Other tests register kinds of their own, which are told too.
  const auto told = ddpinn::test::case_message(ddpinn::test::small_case, {"network.kind=forier"});
  REQUIRE(told.find("there is no network.kind = \"forier\" (there are mlp, fourier, residual, module") !=
          std::string::npos);
  REQUIRE(told.find("); did you mean \"fourier\"?") != std::string::npos);
}
