// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "problem/csv.hpp"

#include <ddpinn/error.hpp>

#include "support/catch.hpp"

namespace {

std::string message_of(const std::string& text) {
  try {
    ddpinn::parse_csv(text, "a.csv");
  } catch (const ddpinn::Error& error) {
    return error.what();
  }
  return "";
}

}  // namespace

TEST_CASE("columns are found by name, comments and blanks are skipped", "[csv]") {
  const auto table = ddpinn::parse_csv(
      "% made by hand\n# twice\n\n x , \"u\"\r\n0, +1e-3\r\n% in between\n1,-2.5\n", "a.csv");
  REQUIRE(table.names == std::vector<std::string>{"x", "u"});
  REQUIRE(table.rows() == 2);
  REQUIRE(*table.find("x") == std::vector<double>{0, 1});
  REQUIRE(*table.find("u") == std::vector<double>{1e-3, -2.5});
  REQUIRE(table.find("v") == nullptr);
}

TEST_CASE("semicolons and tabs separate too", "[csv]") {
  REQUIRE(ddpinn::parse_csv("x;u\n1;2\n", "a.csv").find("u")->at(0) == 2);
  REQUIRE(ddpinn::parse_csv("x\tu\n1\t2\n", "a.csv").find("u")->at(0) == 2);
}

TEST_CASE("wrong tables say where they are wrong", "[csv]") {
  REQUIRE(message_of("0,1\n2,3\n").starts_with("a.csv:1:1: \"0\" is not the name of a column"));
  REQUIRE(message_of("x,x\n2,3\n").starts_with("a.csv:1:3: the column x is there twice"));
  REQUIRE(message_of("x,u\n1,2\n3\n")
              .starts_with("a.csv:3: this row has 1 entries (the header names 2 columns)"));
  REQUIRE(message_of("x,u\n1,two\n").starts_with("a.csv:2:3: \"two\" is not a finite number"));
  REQUIRE(message_of("x,u\n1,nan\n").starts_with("a.csv:2:3: \"nan\" is not a finite number"));
  REQUIRE(message_of("x,u\n1,\n").starts_with("a.csv:2:3: \"\" is not a finite number"));
  REQUIRE(message_of("% nothing\n").starts_with("a.csv: the file has no rows of numbers"));
}

TEST_CASE("a file that is not there is an input error", "[csv]") {
  try {
    ddpinn::read_csv("no/such/file.csv");
    FAIL("no error");
  } catch (const ddpinn::Error& error) {
    REQUIRE(error.status() == ddpinn::Status::input_output);
  }
}
