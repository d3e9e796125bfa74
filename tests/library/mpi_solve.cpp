// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "base/random.hpp"
#include "io/example_sample.hpp"
#include "parallel/communicator.hpp"
#include "support/catch.hpp"
#include "support/small_problems.hpp"

#include <ddpinn/solve.hpp>

#include <cmath>
#include <numbers>

using namespace ddpinn;
using namespace ddpinn::test;

namespace {

constexpr double pi = std::numbers::pi;

/// Burgers' equation, nonlinear and in time.
Problem burgers() {
  Problem problem;
  problem.domain = {.coordinates = {"t", "x"}, .lower = {0, -1}, .upper = {0.2, 1}};
  problem.parameters = {{"nu", 0.1}};
  problem.equations.push_back({.name = "burgers", .residual = {"u_t + u*u_x - nu*u_xx"}});
  problem.conditions.push_back({.name = "start", .on = {"t.lower"}, .residual = {"u + sin(pi*x)"}});
  problem.conditions.push_back({.name = "walls", .on = {"x.lower", "x.upper"}, .residual = {"u"}});
  return problem;
}

/// The same equation in C++.
Problem burgers_in_cpp() {
  auto problem = burgers();
  problem.equations[0].residual = {};
  problem.equations[0].function =
      pointwise({"u_t", "u", "u_x", "nu*u_xx"}, [](std::span<const double> a, std::span<double> d) {
        d[0] = 1;
        d[1] = a[2];
        d[2] = a[1];
        d[3] = -1;
        return a[0] + a[1] * a[2] - a[3];
      });
  return problem;
}

/// Points of the box [lower, upper]: as many on a rank as its number, so that rank 0 has none.
std::vector<std::vector<double>> some_points(const Communicator& comm, const Domain& domain) {
  Random random(5, comm.rank());
  std::vector<std::vector<double>> points(10 * comm.rank());
  for (auto& x : points)
    for (std::size_t d = 0; d < domain.lower.size(); ++d)
      x.push_back(random.uniform(domain.lower[d], domain.upper[d]));
  return points;
}

double largest_difference(const Communicator& comm, const Problem& problem, const Fields& one,
                          const Fields& other) {
  const auto points = some_points(comm, problem.domain);
  const std::vector<std::string> expressions{"u", "u_x", "u_xx"};
  const auto a = one.evaluate(points, expressions), b = other.evaluate(points, expressions);
  double largest = 0;
  for (std::size_t e = 0; e < a.size(); ++e)
    for (std::size_t i = 0; i < points.size(); ++i) largest = std::max(largest, std::abs(a[e][i] - b[e][i]));
  return max(comm, largest);
}

}  // namespace

TEST_CASE("Fields and derivatives are evaluated at points of every rank", "[library]") {
  const Communicator comm(MPI_COMM_WORLD);
  auto solved = solve(poisson(), small({3, 2}), MPI_COMM_WORLD);
  REQUIRE(solved.result.converged);
  REQUIRE(solved.warnings.empty());
  const auto points = some_points(comm, poisson().domain);
  const auto columns = solved.fields.evaluate(points, {"u", "u_x", "2*u_y - known"});
  double largest = 0;
  for (std::size_t i = 0; i < points.size(); ++i) {
    const double x = points[i][0], y = points[i][1];
    largest = std::max({largest, std::abs(columns[0][i] - std::sin(pi * x) * std::cos(y)),
                        std::abs(columns[1][i] - pi * std::cos(pi * x) * std::cos(y)),
                        std::abs(columns[2][i] + std::sin(pi * x) * (2 * std::sin(y) + std::cos(y)))});
  }
  REQUIRE(max(comm, largest) < 1e-4);
  judge(solved);
  REQUIRE(solved.result.errors.at(0).l2_relative < 1e-5);
}

TEST_CASE("Integrals over the domain and over its boundary", "[library]") {
  const auto solved = solve(poisson(), small({2, 2}), MPI_COMM_WORLD);
  REQUIRE(solved.fields.integrate("1") == Approx(1));
  REQUIRE(solved.fields.integrate("u") == Approx(2 / pi * std::sin(1)).epsilon(1e-5));
  REQUIRE(solved.fields.integrate("n_x*x + n_y*y", "boundary") == Approx(2));
  REQUIRE(solved.fields.integrate("u_x", "x.lower") == Approx(pi * std::sin(1)).epsilon(1e-4));
  REQUIRE(contains(message_of([&] { (void)solved.fields.integrate("u", "z.lower"); }),
                   "there is no boundary 'z.lower'"));
}

TEST_CASE("Outside of the domain fields are not a number, but along periodic coordinates they go on",
          "[library]") {
  Problem problem;
  problem.domain = {.coordinates = {"x", "y"},
                    .lower = {0, 0},
                    .upper = {1, 1},
                    .periodic = {true, false},
                    .shapes = {{.name = "hole", .center = {0.5, 0.5}, .radius = 0.2}}};
  problem.equations.push_back({.name = "e", .residual = {"u_xx + u_yy - sin(2*pi*x)"}});
  problem.conditions.push_back({.name = "walls", .on = {"boundary"}, .residual = {"u"}});
  const auto solved = solve(problem, small({2, 2}), MPI_COMM_WORLD);
  const auto u =
      solved.fields.evaluate({{0.25, 0.75}, {1.25, 0.75}, {-0.75, 0.75}, {0.25, 1.25}, {0.5, 0.5}}, {"u"})[0];
  REQUIRE(std::isfinite(u[0]));
  REQUIRE(u[1] == u[0]);
  REQUIRE(u[2] == u[0]);
  REQUIRE(std::isnan(u[3]));
  REQUIRE(std::isnan(u[4]));
}

TEST_CASE("An equation in C++ gives the solution of the same one in text", "[library]") {
  const Communicator comm(MPI_COMM_WORLD);
  auto slabs = small({1, 4});
  slabs.time.slabs = 2;
  auto grid = small({2, 4});
  grid.coarse = {16, 16};
  for (const auto& options : {small({2, 4}), slabs, grid}) {
    const auto text = solve(burgers(), options, MPI_COMM_WORLD);
    const auto function = solve(burgers_in_cpp(), options, MPI_COMM_WORLD);
    REQUIRE(function.result.converged);
    REQUIRE(function.result.nonlinear_iterations == text.result.nonlinear_iterations);
    REQUIRE(largest_difference(comm, burgers(), text.fields, function.fields) < 1e-7);
  }
}

TEST_CASE("An equation in C++ is solved by interface coupling and by training", "[library]") {
  const Communicator comm(MPI_COMM_WORLD);
  auto problem = poisson();
  problem.equations[0].function = pointwise(
      {"u_xx", "u_yy", "known"},
      [](std::span<const double> a, std::span<double> d) {
        d[0] = d[1] = 1;
        return a[0] + a[1] + (pi * pi + 1) * a[2];
      },
      true);
  auto interface = small({2, 2}), trained = small({2, 1});
  interface.decomposition.coupling = Coupling::interface;
  trained.network.hidden = {8};
  trained.solver.method = {Method::gauss_newton};
  trained.solver.max_iterations = 3;
  for (const auto& options : {interface, trained}) {
    const auto text = solve(poisson(), options, MPI_COMM_WORLD);
    const auto function = solve(problem, options, MPI_COMM_WORLD);
    REQUIRE(function.result.converged == text.result.converged);
    REQUIRE(largest_difference(comm, problem, text.fields, function.fields) < 1e-6);
  }
}

TEST_CASE("Several solves follow one another on parts of the ranks", "[library]") {
  const Communicator world(MPI_COMM_WORLD);
  const auto whole = solve(poisson(), small({2, 2}), MPI_COMM_WORLD);
  MPI_Comm part = MPI_COMM_NULL;
  MPI_Comm_split(MPI_COMM_WORLD, world.rank() % 2, world.rank(), &part);
  for (int i = 0; i < 2; ++i) {
    const auto solved = solve(poisson(), small({2, 2}), part);
    REQUIRE(solved.result.ranks == Communicator(part).size());
    const auto here = solved.fields.evaluate({{0.3, 0.4}}, {"u"})[0][0];
    const auto there = whole.fields.evaluate({{0.3, 0.4}}, {"u"})[0][0];
    REQUIRE(here == Approx(there).epsilon(1e-8));
  }
  MPI_Comm_free(&part);
}

TEST_CASE("A monitor hears of phases and iterations, and stops the solve", "[library]") {
  const Communicator comm(MPI_COMM_WORLD);
  std::vector<std::string> phases;
  int iterations = 0;
  Monitor monitor;
  monitor.phase = [&](const std::string& name) { phases.push_back(name); };
  monitor.iteration = [&](const Iteration&) { ++iterations; };
  monitor.stop = [&] { return comm.rank() == 0 && iterations >= 2; };
  const auto solved = solve(burgers(), small({2, 4}), MPI_COMM_WORLD, monitor);
  REQUIRE(solved.result.stopped);
  REQUIRE(!solved.result.converged);
  REQUIRE(phases.at(0) == "set-up");
  REQUIRE(std::isfinite(solved.fields.evaluate({{0.1, 0.5}}, {"u"})[0][0]));
}

TEST_CASE("Unknowns are identified from observations in memory", "[library]") {
  auto problem = poisson();
  problem.unknowns.push_back({.name = "k", .initial = 1});
  problem.equations[0].residual.value = "k*(u_xx + u_yy) + 3*(pi**2 + 1)*known";
  auto& data = problem.data.emplace_back();
  data.points = {{0.25, 0.5}, {0.5, 0.25}, {0.5, 0.75}};
  data.observed = {{"u", {}}};
  for (const auto& x : data.points) data.observed[0].second.push_back(std::sin(pi * x[0]) * std::cos(x[1]));
  const auto solved = solve(problem, small({2, 2}), MPI_COMM_WORLD);
  REQUIRE(solved.result.identified.at(0).value == Approx(3).epsilon(1e-4));
  REQUIRE(solved.fields.evaluate({{0.3, 0.3}}, {"k"})[0][0] == solved.result.identified[0].value);
}

TEST_CASE("What is wrong is thrown on all ranks", "[library]") {
  const Communicator comm(MPI_COMM_WORLD);
  auto wrong = poisson();
  wrong.equations[0].residual.value = "u_xx + w_yy";
  REQUIRE(contains(message_of([&] { solve(wrong, small({2, 2}), MPI_COMM_WORLD); }), "equation 'poisson': "));
  const auto solved = solve(poisson(), small({2, 2}), MPI_COMM_WORLD);
  REQUIRE(contains(message_of([&] { (void)solved.fields.evaluate({}, {"u_z"}); }), "u_z"));
  const std::vector<std::vector<double>> flat{{0.5}};
  REQUIRE(contains(message_of([&] {
                     (void)solved.fields.evaluate(
                         comm.rank() + 1 == comm.size() ? flat : std::vector<std::vector<double>>{}, {"u"});
                   }),
                   "a point has 1 numbers"));
  auto throwing = burgers_in_cpp();
  throwing.equations[0].function->evaluate = [&](const Function::Columns&) {
    if (comm.rank() == 0) throw std::runtime_error("no table there");
  };
  REQUIRE(contains(message_of([&] { solve(throwing, small({2, 4}), MPI_COMM_WORLD); }), "no table there"));
}

TEST_CASE("Saved fields are the same again", "[library]") {
  const Communicator comm(MPI_COMM_WORLD);
  auto options = small({1, 4});
  options.time.slabs = 2;
  const auto solved = solve(burgers(), options, MPI_COMM_WORLD);
  const Folder folder(comm);
  const auto path = (folder.path() / "saved.h5").string();
  solved.fields.save(path);
  const auto loaded = Fields::load(path, MPI_COMM_WORLD);
  REQUIRE(largest_difference(comm, burgers(), solved.fields, loaded) < 1e-12);
  REQUIRE(loaded.solved_case().problem.equations[0].name == "burgers");
}
