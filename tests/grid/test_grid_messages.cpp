// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
// What has no differences on a grid is told.
#include "grid/grid_cases.hpp"
#include "support/catch.hpp"

using namespace ddpinn;
using namespace ddpinn::test;

namespace {

void require_message(const std::string& text, const std::string& message, Status status, int cells = 8,
                     int order = 2) {
  const Communicator comm(MPI_COMM_SELF);
  const auto model = model_of(text);
  try {
    solve_on_grid(comm, model, {cells}, order);
  } catch (const Error& error) {
    INFO(error.what());
    REQUIRE(std::string(error.what()).find(message) != std::string::npos);
    REQUIRE(error.status() == status);
    return;
  }
  INFO("no message");
  REQUIRE(false);
}

}  // namespace

TEST_CASE("A condition at the end of time is rejected, with its place") {
  require_message(on_the_box("xt", equation_of("u_t - u_xx") + condition_on("\"t.upper\"", "u")),
                  "stands on t.upper", Status::case_file);
  require_message(on_the_box("xt", equation_of("u_t - u_xx") + condition_on("\"t.upper\"", "u")),
                  "test.toml:", Status::case_file);
}

TEST_CASE("Interfaces that move in time are rejected") {
  auto text = on_the_box("xt", equation_of("u_t - u_xx") +
                                   condition_on("\"x.lower\", \"x.upper\", \"t.lower\"", "u - x") +
                                   condition_on("\"front\"", "u_plus - u_minus"));
  text.insert(text.find("[[equation]]"),
              "[[domain.interface]]\nname = \"front\"\ninside = \"x - 0.2 - 0.5*t\"\n");
  require_message(text, "an interface moves in time", Status::case_file);
}

TEST_CASE("Interfaces with equations of fourth order are rejected") {
  auto text =
      on_the_box("x", equation_of("u_xxxx - 1") + condition_on("\"boundary\"", "u") +
                          condition_on("\"boundary\"", "u_x") + condition_on("\"half\"", "u_plus - u_minus"));
  text.insert(text.find("[[equation]]"),
              "[[domain.interface]]\nname = \"half\"\nbox = { lower = [0], upper = [0.5] }\n");
  require_message(text, "is of order 4", Status::case_file);
}

TEST_CASE("A missing initial condition is told") {
  require_message(on_the_box("xt", equation_of("u_t - u_xx") + condition_on("\"x.lower\", \"x.upper\"", "u")),
                  "u has no condition on t.lower", Status::case_file);
}

TEST_CASE("A derivative of third order in time is rejected") {
  require_message(on_the_box("xt", equation_of("u_ttt - u_xx") + condition_on("\"t.lower\"", "u")),
                  "order 3 in time", Status::case_file);
}

TEST_CASE("More equations than fields are rejected") {
  require_message(on_the_box("xy", equation_of("u_xx + u_yy") + equation_of("u_x - 1") +
                                       condition_on("\"boundary\"", "u - x")),
                  "2 equations", Status::case_file);
}

TEST_CASE("A field that no equation determines is rejected") {
  require_message(
      "fields = [\"u\", \"v\"]\n" + on_the_box("xy", equation_of("u_xx + u_yy - v") + equation_of("u_x") +
                                                         condition_on("\"boundary\"", "u")),
      "v is in no equation of its own", Status::case_file);
}

TEST_CASE("A pressure that nothing fixes is told") {
  require_message("fields = [\"u\", \"v\", \"p\"]\n" +
                      on_the_box("xy", equation_of("u_xx + u_yy - p_x") + equation_of("v_xx + v_yy - p_y") +
                                           equation_of("u_x + v_y") + condition_on("\"boundary\"", "u - 1") +
                                           condition_on("\"boundary\"", "v")),
                  "p is determined up to a constant", Status::case_file);
}

TEST_CASE("A problem without a unique solution is told") {
  require_message(on_the_box("x", equation_of("u_xx - 1") + condition_on("\"boundary\"", "u_x")), "singular",
                  Status::numerical);
}

TEST_CASE("A residual that is not finite is told with its place") {
  require_message(on_the_box("x", equation_of("u_xx + sqrt(x - 0.3)") + condition_on("\"boundary\"", "u")),
                  "is not finite at (0.125)", Status::numerical);
}

TEST_CASE("Too few cells for the differences are told") {
  require_message(on_the_box("x", equation_of("u_xxxx - 1") + condition_on("\"boundary\"", "u") +
                                      condition_on("\"boundary\"", "u_x")),
                  "use at least 6", Status::case_file, 4);
}

TEST_CASE("Differences of high order tell what they do not know, and how many cells they need") {
  const auto flow = "fields = [\"u\", \"v\", \"p\"]\n" +
                    on_the_box("xy", equation_of("u_xx + u_yy - p_x") + equation_of("v_xx + v_yy - p_y") +
                                         equation_of("u_x + v_y") + condition_on("\"boundary\"", "u") +
                                         condition_on("\"boundary\"", "v") +
                                         "[[condition]]\npoints = [[0, 0]]\nresidual = \"p\"\n");
  require_message(flow, "of order 6 know no pressure (p)", Status::case_file, 16, 6);
  const auto hole = on_the_box("xy", equation_of("u_xx + u_yy") + condition_on("\"boundary\"", "u"),
                               shape_of("remove", "hole", "ball = { center = [0.5, 0.5], radius = 0.2 }"));
  require_message(hole, "know no shapes", Status::case_file, 16, 4);
  require_message(on_the_box("x", equation_of("u_xx") + condition_on("\"boundary\"", "u")), "use at least 10",
                  Status::case_file, 8, 8);
}
