// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "assembly/point_groups.hpp"
#include "plan/plan.hpp"

#include "plan/plan_fill.hpp"
#include "plan/plan_interface.hpp"
#include "plan/plan_memory.hpp"
#include "plan/plan_messages.hpp"
#include "plan/plan_training.hpp"
#include "support/cases.hpp"
#include "support/catch.hpp"
#include "support/source_folder.hpp"

#include <filesystem>
#include <numeric>

using namespace ddpinn;
using namespace ddpinn::test;

namespace {

const std::string square = "title = \"A square\"\n" +
                           on_the_square("[[equation]]\nname = \"laplace\"\nresidual = \"u_xx + u_yy\"\n" +
                                             condition("\"boundary\"", "u - x"),
                                         "x");

CaseFile plan_case(const std::string& text, const std::vector<std::string>& overrides = {}) {
  std::vector<std::string> all{"decomposition.subdomains=[4, 4]", "points.interior=10", "points.boundary=10",
                               "network.hidden=[20]"};
  all.insert(all.end(), overrides.begin(), overrides.end());
  return parse_case(text, "square.toml", all);
}

CaseFile parse(const std::vector<std::string>& overrides = {}) { return plan_case(square, overrides); }

/// What a plan is made of, for one case and number of ranks.
struct Plan {
  CaseFile file;
  SpaceLayout space;
  PlanCounts counts;

  Plan(CaseFile given, int ranks, double limit = 5e5)
      : file(std::move(given)), space(lay_out(file, ranks)), counts(count(file, space, ranks, limit)) {}

  double total(double RankCounts::*member) const {
    double sum = 0;
    for (const auto& rank : counts.ranks) sum += rank.*member;
    return sum;
  }
  double peak() const {
    double most = 0;
    for (std::size_t r = 0; r < counts.ranks.size(); ++r)
      most = std::max(most, plan_memory(file, space, counts, r).peak());
    return most;
  }
};

}  // namespace

TEST_CASE("A plan counts the points and rows that a run draws") {
  const Plan plan(parse(), 1);
  const auto rows = draw_rows(plan.space.model, plan.space.decomposition, plan.space.owner, 0,
                              plan.file.options.points, plan.space.family.seed);
  REQUIRE(plan.counts.exact);
  REQUIRE(plan.total(&RankCounts::rows) == static_cast<double>(rows.count));
  REQUIRE(plan.counts.statements.size() == 2);
  REQUIRE(plan.counts.statements[0].name == "laplace");
  REQUIRE(plan.counts.statements[0].points == 16 * 100);
  REQUIRE(plan.counts.statements[1].points == static_cast<double>(rows.groups[1].points.size()));
  REQUIRE(plan.counts.columns == 26);
}

TEST_CASE("The ranks of a plan share out what one rank would have") {
  const Plan one(parse(), 1);
  for (int ranks : {2, 3, 5, 16}) {
    const Plan many(parse(), ranks);
    for (auto member : {&RankCounts::points, &RankCounts::rows, &RankCounts::covers, &RankCounts::values})
      REQUIRE(many.total(member) == one.total(member));
    REQUIRE(many.total(&RankCounts::volume) == Approx(1));
    REQUIRE(many.counts.neighbours == one.counts.neighbours);
    REQUIRE(many.counts.subdomain_rows == one.counts.subdomain_rows);
  }
}

TEST_CASE("A plan knows which subdomains share rows") {
  const Plan plan(parse(), 1);
  REQUIRE(plan.counts.neighbours[0] == std::set<int>{0, 1, 4, 5});
  REQUIRE(plan.counts.neighbours[5] == std::set<int>{0, 1, 2, 4, 5, 6, 8, 9, 10});
}

TEST_CASE("A plan from some of the points is near the plan from all of them") {
  const auto file = parse({"decomposition.subdomains=[13, 11]"});
  const Plan all(file, 3), some(file, 3, 2000);
  REQUIRE(all.counts.exact);
  REQUIRE(!some.counts.exact);
  REQUIRE(some.counts.neighbours == all.counts.neighbours);
  for (auto member : {&RankCounts::points, &RankCounts::rows, &RankCounts::covers, &RankCounts::values})
    REQUIRE(some.total(member) == Approx(all.total(member)).epsilon(0.1));
  REQUIRE(some.peak() == Approx(all.peak()).epsilon(0.1));
}

TEST_CASE("A plan from some of the points sees boxes that reach around") {
  const auto file = parse({"decomposition.subdomains=[13, 11]", "domain.periodic=[\"x\"]"});
  const Plan all(file, 2), some(file, 2, 2000);
  REQUIRE(some.counts.neighbours == all.counts.neighbours);
  REQUIRE(some.total(&RankCounts::covers) == Approx(all.total(&RankCounts::covers)).epsilon(0.1));
}

TEST_CASE("A subdomain has no more unknowns than rows") {
  const Plan plan(parse(), 1);
  REQUIRE(plan.counts.unknowns(plan.counts.ranks[0]) == 16 * 26);
  auto counts = plan.counts;
  counts.subdomain_rows[3] = 7;
  REQUIRE(counts.unknowns(3) == 7);
}

TEST_CASE("Cores that shapes cover are told") {
  const auto file =
      plan_case(square + "[[domain.remove]]\nbox = { lower = [0.2, 0.2], upper = [0.8, 0.8] }\n");
  const Plan plan(file, 1);
  REQUIRE(plan.counts.boxes_without_network == 4);
  REQUIRE(contains(ddpinn::plan(file, 1), "left out"));
}

TEST_CASE("Training by gradients has no Jacobian, and sends networks there and gradients back") {
  const Plan plan(parse({"decomposition.subdomains=[2, 1]", "solver.method=adam", "network.hidden=[4, 3]"}),
                  2);
  // 2-4-3-1 and five polynomials
  constexpr double parameters = 12 + 15 + 4 + 5;
  for (const auto& rank : plan_training(plan.file, plan.space, plan.counts)) {
    REQUIRE(rank.parameters == parameters);
    REQUIRE(rank.ghosts == parameters);
    REQUIRE(rank.messages == 2);
    REQUIRE(rank.bytes == 2 * parameters * 8);
  }
  const auto memory = plan_memory(plan.file, plan.space, plan.counts, 0);
  REQUIRE(memory.training > 0);
  REQUIRE(memory.raw_jacobian == 0);
  REQUIRE(contains(ddpinn::plan(plan.file, 2), "2-4-3-1, 36 parameters each, 27 of them of hidden layers"));
}

TEST_CASE("Gauss-Newton has a column for each parameter of its networks") {
  const Plan plan(parse({"solver.method=gauss-newton", "network.hidden=[4, 3]"}), 1);
  REQUIRE(plan.counts.columns == 36);
  REQUIRE(plan.counts.damped == 27);
  REQUIRE(plan_memory(plan.file, plan.space, plan.counts, 0).training >
          plan_memory(plan.file, plan.space, plan.counts, 0).raw_jacobian);
}

TEST_CASE("One rank sends nothing") {
  const Plan plan(parse(), 1);
  const auto messages = plan_messages(plan.file, plan.space, plan.counts);
  REQUIRE(messages.size() == 1);
  REQUIRE(messages[0].messages == 0);
  REQUIRE(messages[0].bytes == 0);
}

TEST_CASE("Two subdomains on two ranks exchange their unknowns, there and back") {
  const auto messages_of = [](const std::string& preconditioner) {
    const Plan plan(
        parse({"decomposition.subdomains=[2, 1]", "solver.krylov.preconditioner=\"" + preconditioner + "\""}),
        2);
    return plan_messages(plan.file, plan.space, plan.counts);
  };
  const auto exchanges = [&](const std::string& preconditioner, double times) {
    for (const auto& plan : messages_of(preconditioner)) {
      REQUIRE(plan.neighbours == 1);
      REQUIRE(plan.messages == 2 * times);
      REQUIRE(plan.bytes == 2 * times * 26 * 8);
    }
  };
  exchanges("none", 1);
  exchanges("block", 1);
  exchanges("one-level", 1.5);  // both are in one patch, which one of the ranks solves
  exchanges("two-level", 3.5);
  REQUIRE(messages_of("two-level")[0].coarse_solves == 2);
}

TEST_CASE("Memory falls with the number of ranks and grows with the features") {
  REQUIRE(Plan(parse({"network.hidden=[60]"}), 1).peak() > Plan(parse(), 1).peak());
  REQUIRE(Plan(parse({"network.hidden=[60]"}), 4).peak() < Plan(parse({"network.hidden=[60]"}), 1).peak());
  REQUIRE(Plan(parse({"output.grid=[3000, 3000]"}), 1).peak() > 8.0 * 6 * 3000 * 3000);
}

TEST_CASE("Patches without neighbours need less memory, and none need none") {
  const auto factors = [](const std::string& preconditioner) {
    const Plan plan(parse({"solver.krylov.preconditioner=\"" + preconditioner + "\""}), 1);
    return plan_memory(plan.file, plan.space, plan.counts, 0).patch_factors;
  };
  REQUIRE(factors("none") == 0);
  REQUIRE(factors("block") > 0);
  REQUIRE(factors("one-level") > 2 * factors("block"));
  REQUIRE(factors("two-level") == factors("one-level"));
}

TEST_CASE("A plan knows every preconditioner, and how often each exchanges what") {
  const auto plan_of = [](const std::string& preconditioner) {
    return Plan(parse({"solver.krylov.preconditioner=\"" + preconditioner + "\""}), 2);
  };
  for (const auto* kind : {"two-level", "one-level", "block", "direct", "none"}) {
    INFO(kind);
    const auto plan = plan_of(kind);
    const std::string name = kind;
    const auto memory = plan_memory(plan.file, plan.space, plan.counts, 0);
    const auto messages = plan_messages(plan.file, plan.space, plan.counts);
    REQUIRE((memory.patch_factors > 0) == (name != "direct" && name != "none"));
    REQUIRE((memory.coarse > 0) == (name == "two-level"));
    REQUIRE((memory.direct_matrix > 0) == (name == "direct"));
    REQUIRE((memory.normal_blocks > 0) == (name != "none"));
    REQUIRE(messages[0].coarse_solves == (name == "two-level" ? 2 : 0));
    REQUIRE(messages[0].factor_solves == (name == "direct" ? 1 : 0));
  }
  // The factorisation is MUMPS's to send for; what remains is the product with the normal matrix.
  const auto direct = plan_of("direct"), none = plan_of("none");
  REQUIRE(plan_messages(direct.file, direct.space, direct.counts)[0].messages ==
          plan_messages(none.file, none.space, none.counts)[0].messages);
}

TEST_CASE("What crosses interfaces is counted by classes as subdomain by subdomain") {
  for (const int ranks : {1, 2, 3, 5}) {
    const auto plans = [&](const std::string& congruence) {
      const auto file = parse({"decomposition.coupling=interface", "decomposition.subdomains=[9, 7]",
                               "coarse.grid=[9, 7]", "solver.congruence=" + congruence});
      return plan_interface(file, lay_out(file, ranks), ranks);
    };
    const auto by_class = plans("true"), each = plans("false");
    for (std::size_t r = 0; r < each.size(); ++r) {
      REQUIRE(by_class[r].traces == each[r].traces);
      REQUIRE(by_class[r].bytes == each[r].bytes);
      REQUIRE(by_class[r].messages == each[r].messages);
      REQUIRE((by_class[r].bytes > 0) == (ranks > 1));
      REQUIRE(by_class[r].memory < each[r].memory);
    }
  }
}

TEST_CASE("Large problems by interface coupling need memory for local problems, not for a windowed one") {
  const auto coupled = [&](const std::string& congruence) {
    return predicted_memory(parse({"decomposition.subdomains=[60, 60]", "decomposition.coupling=interface",
                                   "solver.congruence=" + congruence}),
                            1);
  };
  REQUIRE(coupled("true") < coupled("false"));
  REQUIRE(coupled("true") < predicted_memory(parse({"decomposition.subdomains=[60, 60]"}), 1));
}

TEST_CASE("Congruent subdomains of constant coefficients need memory once, under windows too") {
  const std::vector<std::string> many{"decomposition.subdomains=[20, 20]", "network.hidden=[0]",
                                      "network.polynomial_degree=6"};
  const auto predicted = [&](std::vector<std::string> more) {
    more.insert(more.end(), many.begin(), many.end());
    const auto file = parse(more);
    const auto space = lay_out(file, 1);
    return plan_memory(file, space, count(file, space, 1), 0);
  };
  const auto shared = predicted({}), each = predicted({"solver.congruence=false"});
  REQUIRE(shared.jacobian < 0.2 * each.jacobian);
  REQUIRE(shared.normal_blocks < 0.2 * each.normal_blocks);
  REQUIRE(shared.patch_factors < 0.4 * each.patch_factors);
  REQUIRE(shared.points == each.points);
  const std::string varying = "equation=[{residual=\"u_xx + (1 + x)*u_yy\"}]";
  REQUIRE(predicted({varying}).jacobian == Approx(each.jacobian));
}

TEST_CASE("The fill of a factor grows with the grid, slowly in two and faster in three dimensions") {
  REQUIRE(fill_ratio({1, 1, 1, 1}) == 1);
  REQUIRE(fill_ratio({64, 1, 1, 1}) < 1.5);
  REQUIRE(fill_ratio({16, 16, 1, 1}) < fill_ratio({64, 64, 1, 1}));
  REQUIRE(fill_ratio({64, 64, 1, 1}) < 2 * fill_ratio({16, 16, 1, 1}));
  REQUIRE(fill_ratio({32, 32, 32, 1}) > 3 * fill_ratio({8, 8, 8, 1}));
}

TEST_CASE("The text of a plan says what it plans") {
  const auto text = plan(parse(), 3);
  for (const char* part : {"A square\n", "x in [0, 1], y in [0, 1]", "laplace", "1600 points", "16 (4 x 4)",
                           "26 per subdomain", "Of 3 ranks", "5 .. 6", "memory at its peak", "messages sent"})
    REQUIRE(contains(text, part));
  REQUIRE(!contains(text, "warning"));
  REQUIRE(!contains(text, "about"));
}

TEST_CASE("A plan warns of ranks without work") {
  REQUIRE(contains(plan(parse(), 17), "warning: there are 16 subdomains for 17 ranks"));
  REQUIRE(!contains(plan(parse(), 16), "warning"));
}

TEST_CASE("A plan warns of more memory than there is") {
  const auto text = plan(
      parse({"domain.coordinates=[\"x\", \"y\", \"z\"]", "domain.lower=[0, 0, 0]", "domain.upper=[1, 1, 1]",
             "decomposition.subdomains=[2, 1, 1]", "output.grid=[100000, 100000, 100000]"}),
      2);
  REQUIRE(contains(text, "warning: all ranks together need about"));
}

TEST_CASE("A statement that stands nowhere is told") {
  REQUIRE(contains(plan(parse({"equation.laplace.where=\"x > 2\""}), 1), "it stands nowhere"));
}

TEST_CASE("Every case of the project can be planned") {
  for (const auto& entry : std::filesystem::directory_iterator(source_folder() + "/apps/cases"))
    if (entry.path().extension() == ".toml")
      REQUIRE(contains(plan(read_case(entry.path().string(), {}, read_csv), 4), "memory at its peak"));
}
