// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
// Reads the files of a run for the scripts of this folder:
//   ddpinn_results difference COLUMN A.h5 B.h5      largest difference relative to the largest value
//   ddpinn_results sizes A.h5 COLUMN...             values of each column; fails where one can't be read
//   whole ddpinn_results summary summary.json KEY         a value, lists by number: errors/0/l2_relative
#include "io/fields/field_file.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <exception>
#include <fstream>
#include <stdexcept>
#include <string>
#include <vector>

namespace {

using Words = std::vector<std::string>;

std::string difference(const Words& words) {
  const auto a = ddpinn::read_field(words.at(3), words.at(2)),
             b = ddpinn::read_field(words.at(4), words.at(2));
  if (a.size() != b.size()) throw std::runtime_error("the fields have different sizes");
  double largest = 0, apart = 0;
  for (std::size_t i = 0; i < a.size(); ++i) {
    if (std::isnan(a[i]) != std::isnan(b[i]))
      throw std::runtime_error("one of the fields is NaN where the other is not");
    if (std::isnan(a[i])) continue;
    largest = std::max(largest, std::abs(a[i]));
    apart = std::max(apart, std::abs(a[i] - b[i]));
  }
  return fmt::format("{:.3e}", largest > 0 ? apart / largest : apart);
}

std::string sizes(const Words& words) {
  std::string text;
  for (std::size_t i = 3; i < words.size(); ++i)
    text += fmt::format("{}{}", i > 3 ? " " : "", ddpinn::read_field(words.at(2), words[i]).size());
  return text;
}

std::string summary(const Words& words) {
  std::ifstream file(words.at(2));
  const auto json = nlohmann::json::parse(file);
  const auto& value = json.at(nlohmann::json::json_pointer("/" + words.at(3)));
  return value.is_string() ? value.get<std::string>() : value.dump();
}

std::string answer(const Words& words) {
  const auto& question = words.at(1);
  if (question == "difference") return difference(words);
  if (question == "sizes") return sizes(words);
  if (question == "summary") return summary(words);
  throw std::runtime_error("unknown question " + question);
}

}  // namespace

int main(int argc, char** argv) {
  try {
    std::puts(answer({argv, argv + argc}).c_str());
  } catch (const std::exception& error) {
    std::fprintf(stderr, "error: %s\n", error.what());
    return 1;
  }
  return 0;
}
