// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "problem/case/case_validate.hpp"
#include "problem/case_support.hpp"
#include "support/catch.hpp"

using ddpinn::test::case_message;
using ddpinn::test::parse;
using ddpinn::test::small_case;

namespace {

std::optional<double> duration(const std::string& text) {
  ddpinn::CaseNode node;
  node.kind = ddpinn::CaseNode::Kind::text;
  node.text = text;
  return ddpinn::seconds(node);
}

}  // namespace

TEST_CASE("overrides replace and add values", "[case]") {
  const auto options =
      parse(small_case + "[network]\nhidden = [50]\n",
            {"network.hidden=[20]", "decomposition.subdomains=[8, 8]", "solver.time_limit=30min",
             "points.sampling=sobol", "network.scale=auto", "output.pictures=false"})
          .options;
  REQUIRE(options.network.hidden == std::vector<int>{20});
  REQUIRE(options.decomposition.subdomains == std::vector<int>{8, 8});
  REQUIRE(options.solver.time_limit == 1800.0);
  REQUIRE(options.points.sampling == ddpinn::Sampling::sobol);
  REQUIRE(!options.network.scale);
  REQUIRE(!options.output.pictures);
}

TEST_CASE("overrides reach [[sections]] by number and by name", "[case]") {
  const auto problem = parse(small_case, {"equation.laplace.weight=2", "condition.0.weight=3"}).problem;
  REQUIRE(problem.equations.at(0).weight == 2.0);
  REQUIRE(problem.conditions.at(0).weight == 3.0);
}

TEST_CASE("the last override of a key holds", "[case]") {
  REQUIRE(parse(small_case, {"network.seed=2", "network.seed=3"}).options.network.seed == 3);
}

TEST_CASE("wrong overrides are reported with what was written", "[case]") {
  REQUIRE(case_message(small_case, {"network.sed=2"}) ==
          "--set network.sed=2: unknown key 'network.sed' (the keys of 'network' are kind, file, hidden, "
          "activation, scale, polynomial_degree, shared, seed "
          "and precision); did you mean 'seed'?");
  REQUIRE(
      case_message(small_case, {"network"}) ==
      "--set network: this sets nothing (it must be KEY=VALUE); write for example --set points.interior=8");
  REQUIRE(case_message(small_case, {"equation.heat.weight=2"}) ==
          "--set equation.heat.weight=2: there is no 'equation.heat' (the case has: laplace); use one of "
          "these names, or "
          "a number from 0");
  REQUIRE(case_message(small_case, {"domain.lower.x=2"}).find("there is no 'domain.lower.x'") !=
          std::string::npos);
  REQUIRE(case_message(small_case, {"title=a", "title.x=2"}) ==
          "--set title.x=2: 'title' has no keys (it is \"a\"); write --set title=VALUE");
  REQUIRE(case_message(small_case, {"output.grid=[8,"}).find("the value is not TOML") != std::string::npos);
}

TEST_CASE("an expression on the command line is checked too", "[case]") {
  const auto message = case_message(small_case, {"equation.laplace.residual=\"u_xx + w\""});
  REQUIRE(message.starts_with("--set equation.laplace.residual=\"u_xx + w\": unknown name 'w'"));
}

TEST_CASE("durations have units", "[case]") {
  REQUIRE(duration("250ms") == 0.25);
  REQUIRE(duration("30s") == 30.0);
  REQUIRE(duration("1.5 h") == 5400.0);
  REQUIRE(duration("2d") == 172800.0);
  for (const auto* wrong : {"", "30", "min", "1.2.3s", "-5s", ".s", "5 weeks"}) REQUIRE(!duration(wrong));
}
