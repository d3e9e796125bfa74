// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "problem/case/case_file.hpp"

#include "problem/case_support.hpp"
#include "support/catch.hpp"

using ddpinn::test::full_case;
using ddpinn::test::law_case;
using ddpinn::test::parse;
using ddpinn::test::small_case;

TEST_CASE("the smallest case has defaults for everything", "[case]") {
  const auto file = parse(small_case);
  const auto& options = file.options;
  REQUIRE(file.original == small_case);
  REQUIRE(file.problem.fields == std::vector<std::string>{"u"});
  REQUIRE(file.problem.domain.periodic == std::vector<bool>{false, false});
  REQUIRE(file.problem.equations.at(0).name == "laplace");
  REQUIRE(!file.problem.equations.at(0).weight);
  REQUIRE(file.problem.conditions.at(0).name == "condition_1");
  REQUIRE(options.decomposition.subdomains == std::vector<int>{4, 4});
  REQUIRE(options.points.boundary == 8);
  REQUIRE(options.network.hidden == std::vector<int>{100});
  REQUIRE(!options.network.scale);
  REQUIRE(!options.solver.time_limit);
  REQUIRE(options.output.directory == "results/case");
  REQUIRE(options.output.grid == std::vector<int>{65, 65});
}

TEST_CASE("the default number of points makes more rows than the networks have unknowns", "[case]") {
  const auto interior = [](const std::string& coordinates, const std::string& lower,
                           const std::string& upper) {
    return parse("[domain]\ncoordinates = " + coordinates + "\nlower = " + lower + "\nupper = " + upper +
                 "\n[[equation]]\nresidual = \"u_xx\"\n")
        .options.points.interior;
  };
  REQUIRE(interior("['x']", "[0]", "[1]") == std::vector<int>{155});
  REQUIRE(interior("['x', 'y']", "[0, 0]", "[1, 1]") == std::vector<int>{13, 13});
  REQUIRE(interior("['x', 'y', 'z']", "[0, 0, 0]", "[1, 1, 1]") == std::vector<int>{8, 8, 8});
  REQUIRE(interior("['x', 'y', 'z', 't']", "[0, 0, 0, 0]", "[1, 1, 1, 1]") == std::vector<int>{6, 6, 6, 6});
}

TEST_CASE("every part of the mathematics is read", "[case]") {
  const auto problem = parse(full_case).problem;
  REQUIRE(problem.title == "Everything \"at once\"");
  REQUIRE(problem.fields == std::vector<std::string>{"u", "v"});
  REQUIRE(problem.domain.upper == std::vector<double>{1, 1, 2.5});
  REQUIRE(problem.domain.periodic == std::vector<bool>{true, false, false});
  REQUIRE(problem.parameters.at(1) == std::pair<std::string, double>{"amplitude", 3.0});
  REQUIRE(problem.equations.at(0).weight == 2.5);
  REQUIRE(problem.equations.at(0).where->value == "t < 2");
  REQUIRE(problem.equations.at(1).name == "equation_2");
  REQUIRE(problem.conditions.at(1).on == std::vector<std::string>{"boundary", "bubble"});
  REQUIRE(problem.conditions.at(2).points.at(1) == std::vector<double>{0.25, 0, 0});
  REQUIRE(problem.exact_enforcement.at("u").factor.value == "y*t");
  REQUIRE(problem.exact.at("u").value == "exp(-t)*sin(2*pi*x)");
  REQUIRE(problem.reference_file->value == ddpinn::test::config_path("two_fields.csv"));
  REQUIRE(problem.quantities.at(0).kind == ddpinn::QuantityKind::mean);
  REQUIRE(problem.quantities.at(1).plane.at("y") == 0.5);
  REQUIRE(problem.quantities.at(1).at_time == 2.0);
  REQUIRE(problem.quantities.at(2).point == std::vector<double>{0.5, 0.5, 1});
}

TEST_CASE("shapes of all kinds are read", "[case]") {
  const auto shapes = parse(full_case).problem.domain.shapes;
  REQUIRE(shapes.size() == 11);
  REQUIRE(shapes[0].kind == ddpinn::Shape::Kind::ball);
  REQUIRE(shapes[0].radius == 0.1);
  REQUIRE(shapes[1].lower == std::vector<double>{0.1, -0.9, 0.5});
  REQUIRE(shapes[2].axis == "t");
  REQUIRE(shapes[2].name == "shape_3");
  REQUIRE(shapes[3].use == ddpinn::Shape::Use::keep);
  REQUIRE(shapes[3].inside.value == "y - 0.9 - 0.05*sin(2*pi*x)");
}

TEST_CASE("every part of the numerics is read", "[case]") {
  const auto options = parse(full_case).options;
  REQUIRE(options.decomposition.subdomains == std::vector<int>{2, 4, 4});
  REQUIRE(options.decomposition.breakpoints.at("y").at(3) == 0.75);
  REQUIRE(options.decomposition.overlap == 0.3);
  REQUIRE(options.decomposition.window == ddpinn::Window::cosine);
  REQUIRE(options.decomposition.levels == std::vector<std::vector<int>>{{1, 1, 1}});
  REQUIRE(options.points.interior == std::vector<int>{9, 8, 7});
  REQUIRE(options.points.boundary == 6);
  REQUIRE(options.points.sampling == ddpinn::Sampling::sobol);
  REQUIRE(options.network.hidden == std::vector<int>{32, 64});
  REQUIRE(options.network.activation == ddpinn::Activation::sin);
  REQUIRE(options.network.scale == 0.7);
  REQUIRE(options.network.seed == 42);
  REQUIRE(options.solver.tolerance == 1e-8);
  REQUIRE(options.solver.max_iterations == 30);
  REQUIRE(options.solver.time_limit == 5400.0);
  REQUIRE(options.solver.krylov.type == ddpinn::KrylovType::lsqr);
  REQUIRE(options.solver.krylov.preconditioner == ddpinn::PreconditionerType::one_level);
  REQUIRE(options.solver.krylov.compression == 1e-9);
  REQUIRE(options.solver.max_krylov_iterations == 77);
  REQUIRE(options.output.directory == "out/full");
  REQUIRE(options.output.grid == std::vector<int>{17, 33, 9});
  REQUIRE(!options.output.pictures);
}

TEST_CASE("definitions keep the file's order", "[case]") {
  const auto definitions =
      parse(small_case + "[definitions]\nz = \"x\"\na = \"2*z\"\nm = \"a + z\"\n").problem.definitions;
  REQUIRE(definitions.size() == 3);
  REQUIRE(definitions[0].first == "z");
  REQUIRE(definitions[1].first == "a");
  REQUIRE(definitions[2].first == "m");
}

TEST_CASE("one number stands for all directions", "[case]") {
  const auto options =
      parse(small_case + "[decomposition]\nsubdomains = 3\n[points]\ninterior = 12\n").options;
  REQUIRE(options.decomposition.subdomains == std::vector<int>{3, 3});
  REQUIRE(options.points.interior == std::vector<int>{12, 12});
}

TEST_CASE("an expression's place is its first character inside the quotes", "[case]") {
  const auto problem = parse(full_case).problem;
  const auto place = [](const ddpinn::Text& text) { return std::pair{text.at.line, text.at.column}; };
  REQUIRE(place(problem.exact.at("u")) == std::pair{99, 6});
  REQUIRE(place(problem.exact_enforcement.at("u").factor) == std::pair{75, 29});
  REQUIRE(place(problem.equations.at(0).residual) == std::pair{50, 1});
}

TEST_CASE("what later versions have is accepted where it asks for nothing", "[case]") {
  const auto plain = parse(small_case);
  const auto later = parse(small_case + R"toml(
[decomposition]
coupling = "windowed"
[decomposition.interface]
transmission = "auto"
robin_parameter = "auto"
order = "additive"
[points]
refine = { every = 0 }
[network]
precision = "float64"
[unknowns]
[reference]
[solver.adam]
learning_rate = 0.001
decay = { every = 5000, factor = 0.5 }
schedule = "all"
every = 1
[time]
slabs = 1
[output]
checkpoint = { every = "600s", keep = 2 }
)toml");
  REQUIRE(ddpinn::resolved_case(plain) == ddpinn::resolved_case(later));
  REQUIRE(later.remarks.empty());
}

TEST_CASE("what a run can do without is accepted with a remark", "[case]") {
  const auto plain = ddpinn::parse_case(small_case, "case.toml");
  const auto file = ddpinn::parse_case(small_case + R"toml(
[coarse]
grid = [16, 16]
)toml",
                                       "case.toml");
  REQUIRE(plain.remarks.empty());
  REQUIRE(
      file.remarks ==
      std::vector<std::string>{
          "case.toml:14:1: 'coarse' has no effect (windowed coupling starts nonlinear solves from the grid, "
          "and these equations are linear); remove it, or use coupling = \"interface\""});
  REQUIRE(ddpinn::resolved_case(plain) == ddpinn::resolved_case(file));
}

TEST_CASE("windowed coupling takes a grid for nonlinear equations only", "[case]") {
  const std::string grid = "[coarse]\ngrid = [16, 16]\n";
  auto nonlinear = small_case;
  nonlinear.replace(nonlinear.find("u_xx + u_yy"), 11, "u_xx + u*u_y");
  REQUIRE(ddpinn::parse_case(nonlinear + grid, "case.toml").options.coarse == std::vector<int>{16, 16});
  const auto trained = ddpinn::parse_case(nonlinear + grid, "case.toml", {"solver.method=\"adam\""});
  REQUIRE(trained.options.coarse.empty());
  REQUIRE(trained.remarks.front().find("'coarse' has no effect (the training") != std::string::npos);
}

TEST_CASE("a field whose constant nothing fixes is remarked on", "[case]") {
  const std::string neumann = R"toml([domain]
coordinates = ["x"]
lower = [0]
upper = [1]
[[equation]]
residual = "u_xx"
[[condition]]
on = ["boundary"]
residual = "u_x - 1"
)toml";
  const auto remarks = parse(neumann).remarks;
  REQUIRE(remarks.size() == 1);
  REQUIRE(remarks[0].find(":6:13: nothing fixes the level of 'u'") != std::string::npos);
  REQUIRE(parse(neumann + "[[condition]]\npoints = [[0]]\nresidual = \"u\"\n").remarks.empty());
  REQUIRE(parse(neumann + "[[data]]\nvalues = { u = \"x\" }\n").remarks.empty());
  REQUIRE(parse(neumann + "[exact_enforcement]\nu = { factor = \"x\" }\n").remarks.empty());
}

TEST_CASE("rows of a table count inside the domain, and where rounding has put them beside it", "[case]") {
  ddpinn::Domain domain;
  domain.coordinates = {"x", "t"};
  domain.lower = {-1, 0};
  domain.upper = {1, 0.5};
  const ddpinn::Table table{{"t", "u", "x"}, {{0, 0.5000001, 0.51, 0.2}, {7, 7, 7, 7}, {-1, 0, 0, 1.1}}};
  REQUIRE(ddpinn::rows_inside(table, domain) == std::vector<std::size_t>{0, 1});
}

TEST_CASE("a remark on what the command line sets names the command line", "[case]") {
  const auto file = parse(small_case, {"coarse.grid=[4, 4]"});
  REQUIRE(file.remarks.size() == 1);
  REQUIRE(file.remarks[0].starts_with("--set coarse.grid=[4, 4]: 'coarse' has no effect"));
}

TEST_CASE("what has no effect is checked nevertheless", "[case]") {
  REQUIRE(ddpinn::test::case_message(small_case + "[coarse]\n").find("'coarse.grid' is missing") !=
          std::string::npos);
  REQUIRE(ddpinn::test::case_message(small_case + "[output]\ncheckpoint = { evry = 1 }\n")
              .find("did you mean 'every'") != std::string::npos);
}

TEST_CASE("the direct solver can be chosen", "[case]") {
  const auto file = parse(small_case + "[solver.krylov]\npreconditioner = \"direct\"\n");
  REQUIRE(file.options.solver.krylov.preconditioner == ddpinn::PreconditionerType::direct);
}

TEST_CASE("the resolved case parses back to the same case", "[case]") {
  for (const auto& text : {small_case, full_case}) {
    const auto file = parse(text);
    const auto resolved = ddpinn::resolved_case(file);
    const auto again = ddpinn::parse_case(resolved, "elsewhere/resolved.toml");
    REQUIRE(ddpinn::resolved_case(again) == resolved);
    REQUIRE(again.problem.equations.at(0).residual.value == file.problem.equations.at(0).residual.value);
    REQUIRE(again.options.points.interior == file.options.points.interior);
    REQUIRE(again.options.output.directory == file.options.output.directory);
    REQUIRE(again.scaling.parameters == file.scaling.parameters);
    REQUIRE(again.scaling.directions == file.scaling.directions);
  }
}

TEST_CASE("a degree that Gauss points don't resolve is remarked on", "[case]") {
  const std::vector<std::string> high{"network.hidden=[0]", "network.polynomial_degree=9",
                                      "decomposition.subdomains=[1, 2]"};
  const auto with = [&](const std::string& more) {
    auto settings = high;
    settings.push_back(more);
    return parse(small_case, settings);
  };
  const auto few = with("points.interior=9");
  REQUIRE(few.remarks ==
          std::vector<std::string>{
              "--set points.interior=9: polynomials of degree 9 look alike at 9 Gauss points (along 'x' and "
              "'y', where points have to be more than the degree); write points.interior = 10, "
              "points.sampling = \"sobol\", or a lower network.polynomial_degree"});
  REQUIRE(with("points.interior=[10, 9]").remarks.front().find("(along 'y', where") != std::string::npos);
  REQUIRE(with("points.interior=10").remarks.empty());
  REQUIRE(parse(small_case, high).options.points.interior == std::vector{10, 10});
  REQUIRE(parse(small_case, high).remarks.empty());
}

TEST_CASE("refinement grades subdomains towards points and shapes", "[case]") {
  const auto& decomposition = parse(law_case).options.decomposition;
  REQUIRE(decomposition.breakpoints.at("x") ==
          std::vector<double>{0, 0.125, 0.21875, 0.25, 0.3125, 0.5, 0.6875, 0.8125, 1});
  REQUIRE(decomposition.breakpoints.at("y") ==
          std::vector<double>{0, 0.1875, 0.25, 0.28125, 0.375, 0.625, 0.71875, 0.75, 0.8125, 1});
  REQUIRE(decomposition.subdomains == std::vector<int>{8, 9});
}

TEST_CASE("conditions on fluxes are kept apart from those on fields", "[case]") {
  const auto problem = parse(law_case).problem;
  REQUIRE(problem.conditions.size() == 1);
  REQUIRE(problem.natural.size() == 1);
  REQUIRE(problem.natural.at(0).name == "cooled");
  REQUIRE(problem.natural.at(0).flux.value == "3*u");
  REQUIRE(problem.natural.at(0).conservation == "heat");
  REQUIRE(problem.conservation.at(0).solve);
  const auto resolved = ddpinn::resolved_case(parse(law_case));
  REQUIRE(ddpinn::resolved_case(parse(resolved)) == resolved);
}
