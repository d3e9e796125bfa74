// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "judge/error_estimate.hpp"

#include "judge/correction.hpp"
#include "judge/richer_space.hpp"
#include "run/output_grid.hpp"
#include "run/parts.hpp"
#include "support/cases.hpp"
#include "support/catch.hpp"
#include "support/solve_case.hpp"

#include <ddpinn/solve.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

using namespace ddpinn;
using namespace ddpinn::test;

namespace {

Solved solve_text(const std::string& text, MPI_Comm comm, const std::vector<std::string>& overrides = {}) {
  auto solved = solve(parse_case(text, "test.toml", overrides), comm);
  judge(solved);
  return solved;
}

/// Estimate over error of each field whose solution is known.
void require_effective(const Solved& solved, double least = 0.5, double most = 20) {
  REQUIRE(solved.result.errors.size() == solved.result.estimates.size());
  for (std::size_t f = 0; f < solved.result.errors.size(); ++f) {
    const auto& error = solved.result.errors[f];
    const auto& estimate = solved.result.estimates[f];
    INFO(error.field << ": error " << error.l2_relative << ", estimate " << estimate.l2_relative);
    REQUIRE(estimate.field == error.field);
    REQUIRE(estimate.l2_relative > least * error.l2_relative);
    REQUIRE(estimate.l2_relative < most * error.l2_relative);
  }
}

/// u' = k u from 1 on [0, 10]: residuals of the start grow by e^(10 k) to the end.
std::string exponential(double k) {
  return fmt::format(R"toml([domain]
coordinates = ["t"]
lower = [0]
upper = [10]
[parameters]
k = {}
[[equation]]
residual = "u_t - k*u"
[[condition]]
on = ["t.lower"]
residual = "u - 1"
[exact]
u = "exp(k*t)"
[decomposition]
subdomains = [5]
[network]
hidden = [0]
polynomial_degree = 7
)toml",
                     k);
}

}  // namespace

TEST_CASE("Estimated errors are near the errors: random features and polynomials, few and many") {
  for (const auto& overrides : std::vector<std::vector<std::string>>{
           {},
           {"network.hidden=[40]", "points.interior=12", "points.boundary=12"},
           {"network.hidden=[0]", "network.polynomial_degree=4"},
           {"network.hidden=[0]", "network.polynomial_degree=7", "decomposition.subdomains=[1,1]",
            "points.interior=12", "points.boundary=12"},
           {"solver.krylov.preconditioner=\"direct\""},
           {"solver.krylov.preconditioner=\"block\""}})
    require_effective(solve_text(small_poisson, MPI_COMM_WORLD, overrides));
}

TEST_CASE("Estimated errors are near the errors of nonlinear problems and trained networks") {
  require_effective(solve_text(bratu, MPI_COMM_WORLD));
  require_effective(solve_text(small_poisson, MPI_COMM_WORLD,
                               {"solver.method=\"gauss-newton\"", "solver.max_iterations=5"}));
}

TEST_CASE("Estimated errors grow where errors do, in one piece and in time slabs") {
  for (const auto& overrides :
       std::vector<std::vector<std::string>>{{}, {"time.slabs=4", "decomposition.subdomains=[2]"}})
    for (double k : {1.0, -1.0}) require_effective(solve_text(exponential(k), MPI_COMM_WORLD, overrides));
}

TEST_CASE("Estimates are the same on every number of ranks") {
  const auto together = solve_text(small_poisson, MPI_COMM_WORLD),
             alone = solve_text(small_poisson, MPI_COMM_SELF);
  const double ratio = together.result.estimates[0].l2_relative / alone.result.estimates[0].l2_relative;
  REQUIRE(std::abs(ratio - 1) < 0.05);
}

TEST_CASE("Fields are the same in a richer space") {
  for (const std::string hidden : {"[12]", "[0]"}) {
    const SolvedCase c(small_poisson, MPI_COMM_WORLD,
                       {"network.hidden=" + hidden, "network.polynomial_degree=3"});
    const auto field = c.complete_field();
    const auto rich = richer(c.space, 20);
    REQUIRE(rich.family().shape.features() > c.space.family().shape.features());
    const auto points = probes(c);
    const std::vector<Derivative> wanted{{0, {}}, {0, {1, 1}}};
    const auto before = field.anywhere(points, wanted),
               after = embedded(field, rich).anywhere(points, wanted);
    for (std::size_t a = 0; a < wanted.size(); ++a)
      for (std::size_t i = 0; i < points.size(); ++i)
        REQUIRE(std::abs(before[a][i] - after[a][i]) < 1e-9 * std::max(1.0, std::abs(before[a][i])));
  }
}

TEST_CASE("A correction in the coordinates of the solved problem is that of a problem made anew") {
  const SolvedCase c(small_poisson, MPI_COMM_WORLD, {"network.hidden=[0]", "network.polynomial_degree=4"});
  const auto rich_space = richer(c.space, 15);
  Rows rich(rich_space, fresh_points(c.file.options.points, rich_space));
  const auto field = embedded(c.complete_field(), rich_space);
  auto fields = rich.lift();
  rich.add_fields(field, fields);
  const Quiet quiet;
  const auto size = [&](const std::shared_ptr<const LinearProblem>& solved) {
    auto found = Corrections(c.comm, c.file.options.solver, quiet.monitor).find(rich, fields, solved);
    REQUIRE(found.converged);
    found.field.complete();
    double square = 0;
    const auto values = found.field.anywhere(probes(c), std::vector<Derivative>(1));
    for (double value : values[0]) square += value * value;
    return std::sqrt(square);
  };
  REQUIRE(c.solution.problem);
  REQUIRE(std::abs(size(c.solution.problem) / size(nullptr) - 1) < 0.1);
}

TEST_CASE("A kink, which no polynomial resolves, is in the estimate, inside a subdomain and between two") {
  for (const std::string at : {"0.5", "0.37"})
    require_effective(solve_text(R"toml([domain]
coordinates = ["x"]
lower = [0]
upper = [1]
[parameters]
a = )toml" + at + R"toml(
[[equation]]
residual = "u_x - sign(a - x)"
[[condition]]
on = ["x.lower"]
residual = "u"
[exact]
u = "minimum(x, 2*a - x)"
[decomposition]
subdomains = [4]
[network]
hidden = [0]
polynomial_degree = 10
)toml",
                                 MPI_COMM_WORLD));
}

TEST_CASE("Sources and coefficients that jump are in the estimate, where no richer network resolves them") {
  const std::string line = R"toml([domain]
coordinates = ["x"]
lower = [0]
upper = [1]
)toml";
  require_effective(solve_text(line + R"toml([[equation]]
residual = "u_xx - where(x < 0.3, 0, 1)"
[[condition]]
on = ["boundary"]
residual = "u"
[exact]
u = "where(x < 0.3, -0.245*x, -0.245*x + (x - 0.3)**2/2)"
[decomposition]
subdomains = [4]
[network]
hidden = [0]
polynomial_degree = 10
)toml",
                               MPI_COMM_WORLD));
  require_effective(solve_text("fields = [\"u\", \"q\"]\n" + line + R"toml([definitions]
k = "where(x < 0.47, 1, 10)"
[[equation]]
residual = "q + k*u_x"
[[equation]]
residual = "q_x"
[[condition]]
on = ["x.lower"]
residual = "u"
[[condition]]
on = ["x.upper"]
residual = "u - 1"
[exact]
u = "where(x < 0.47, x/0.523, 1 - (1 - x)/5.23)"
q = "-1/0.523"
[decomposition]
subdomains = [4]
[network]
hidden = [0]
polynomial_degree = 10
)toml",
                               MPI_COMM_WORLD));
}

TEST_CASE("What data leave uncertain of unknowns is in the estimate, in one piece and in time slabs") {
  const std::string decay = R"toml([domain]
coordinates = ["t"]
lower = [0]
upper = [3]
[unknowns]
k = { initial = 1, lower = 0.1, upper = 10 }
[[equation]]
residual = "u_t + k*u"
[[condition]]
on = ["t.lower"]
residual = "u - 1"
[[data]]
values = { u = "exp(-0.5*t)" }
points = 40
noise = 0.05
[exact]
u = "exp(-0.5*t)"
[decomposition]
subdomains = [2]
[network]
hidden = [0]
polynomial_degree = 8
[points]
interior = 16
)toml";
  for (const auto& overrides : std::vector<std::vector<std::string>>{{}, {"time.slabs=2"}}) {
    const auto solved = solve_text(decay, MPI_COMM_WORLD, overrides);
    require_effective(solved);
    // The part of du/dk = -t exp(-k t) in exp(-k t), for the standard error of k.
    const auto& [name, k, deviation] = solved.result.identified.at(0);
    double change = 0, all = 0;
    for (double t = 0.0005; t < 3; t += 0.001) {
      change += t * t * std::exp(-2 * k * t);
      all += std::exp(-2 * k * t);
    }
    REQUIRE(solved.result.estimates[0].of_unknowns ==
            Approx(2 * deviation * std::sqrt(change / all)).epsilon(0.05));
  }
}

TEST_CASE("Errors against an exact solution that is no number are no numbers") {
  const auto solved = solve_text(small_poisson, MPI_COMM_WORLD, {"exact.u=\"sqrt(-1 - x**2)\""});
  REQUIRE(std::isnan(solved.result.errors.at(0).l2_relative));
  REQUIRE(std::isnan(solved.result.errors.at(0).linf));
}

TEST_CASE("What statements miss is told at the points and at fresh ones, where too few points hide it") {
  const auto solved = solve_text(small_poisson, MPI_COMM_WORLD,
                                 {"network.hidden=[40]", "points.interior=7", "points.boundary=12"});
  const auto& statements = solved.result.statements;
  REQUIRE(statements.size() == 2);
  const auto poisson = std::ranges::find(statements, "poisson", &StatementResidual::name);
  REQUIRE(poisson->at_fresh_points > 2 * poisson->at_points);
}

TEST_CASE("The estimated error on the output grid is that of the whole, point by point, in all time slabs") {
  const Communicator comm(MPI_COMM_WORLD);
  auto solved = solve_text(exponential(0.3), MPI_COMM_WORLD, {"time.slabs=2", "output.grid=[201]"});
  const auto& parts = solved.fields.parts();
  REQUIRE(parts.corrected.size() == 2);
  double square = 0, of_error = 0, of_field = 0;
  for (std::size_t s = 0; s < 2; ++s) {
    const auto sample = sample_grid(parts.file, parts.slabs[s], &parts.corrected[s], 0);
    const auto column = [&](const std::string& name) -> const std::vector<double>& {
      return std::ranges::find(sample.columns, name, &GridColumn::name)->value;
    };
    for (double value : column("u_estimated_error")) square += value * value;
    for (double value : column("u_error")) of_error += value * value;
    for (double value : column("u")) of_field += value * value;
  }
  const double estimate = std::sqrt(sum(comm, square) / sum(comm, of_field));
  const double error = std::sqrt(sum(comm, of_error) / sum(comm, of_field));
  REQUIRE(estimate == Approx(solved.result.estimates[0].l2_relative).epsilon(0.3));
  REQUIRE(estimate > 0.5 * error);
  REQUIRE(estimate < 20 * error);
  REQUIRE_FALSE(
      std::ranges::any_of(sample_grid(parts.file, parts.slabs[0], nullptr, 0).columns,
                          [](const GridColumn& column) { return column.name == "u_estimated_error"; }));
}
