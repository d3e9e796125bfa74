// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "io/report/progress.hpp"
#include "support/catch.hpp"

#include <algorithm>
#include <cmath>
#include <sstream>

using namespace ddpinn;
using namespace ddpinn::test;

namespace {

/// Progress on a stream and a clock of the test.
struct Stage {
  std::ostringstream out;
  double now = 0;
  ProgressSettings settings(bool terminal) {
    return {&out, terminal, 80, terminal ? 0.1 : 5.0, [this] { return now; }};
  }
};

/// A solve whose residual falls by ten each second, run for some seconds.
void solve(Progress& progress, Stage& stage, int seconds) {
  progress.begin("Krylov");
  for (int i = 0; i <= seconds; ++i) {
    stage.now += i == 0 ? 0 : 1;
    progress.iterate(i, std::pow(10.0, -i), 1e-10);
  }
}

long long lines(const std::string& text) { return std::count(text.begin(), text.end(), '\n'); }

}  // namespace

TEST_CASE("without a terminal there is a line every few seconds and one at the end of a phase") {
  Stage stage;
  {
    Progress progress(stage.settings(false));
    solve(progress, stage, 10);
  }
  REQUIRE(lines(stage.out.str()) == 3);
  REQUIRE(contains(stage.out.str(), "iteration 5, residual 1.00e-05, 5.0 s, 5.0 s left"));
  REQUIRE(contains(stage.out.str(), "10 iterations, residual 1.00e-10"));
  REQUIRE_FALSE(contains(stage.out.str(), "\r"));
}

TEST_CASE("on a terminal one line is written over and stays within its width") {
  Stage stage;
  {
    Progress progress(stage.settings(true));
    solve(progress, stage, 10);
    REQUIRE(lines(stage.out.str()) == 0);
    REQUIRE(contains(stage.out.str(), "[##########..........]"));
  }
  REQUIRE(lines(stage.out.str()) == 1);
  std::istringstream states(stage.out.str());
  for (std::string state; std::getline(states, state, '\r');) REQUIRE(state.size() < 80 + 4);
}

TEST_CASE("steps of a known number give a bar and the time left") {
  Stage stage;
  Progress progress(stage.settings(true));
  progress.begin("factorisation", 8);
  stage.now = 6;
  progress.step(2);
  REQUIRE(contains(stage.out.str(), "[#####...............] 2 of 8, 6.0 s, 18 s left"));
}

TEST_CASE("quiet progress writes nothing") {
  Progress progress(standard_progress(0, true));
  progress.begin("Krylov");
  progress.iterate(1, 0.5, 1e-10);
  progress.end();
  REQUIRE(standard_progress(1, false).stream == nullptr);
}

TEST_CASE("durations read well at every length") {
  REQUIRE(duration_text(0.25) == "0.2 s");
  REQUIRE(duration_text(12.4) == "12 s");
  REQUIRE(duration_text(200) == "3 min 20 s");
  REQUIRE(duration_text(7500) == "2 h 05 min");
}
