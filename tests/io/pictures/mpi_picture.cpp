// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "io/example_sample.hpp"
#include "io/pictures/figure_data.hpp"
#include "io/pictures/picture.hpp"
#include "support/catch.hpp"

#include <fmt/format.h>

#include <cstdlib>

using namespace ddpinn;
using namespace ddpinn::test;

namespace {

/// A PATH on which no program is found.
class EmptyPath {
 public:
  EmptyPath() : before_(std::getenv("PATH")) { ::setenv("PATH", "/nonexistent", 1); }
  ~EmptyPath() { ::setenv("PATH", before_.c_str(), 1); }

 private:
  std::string before_;
};

const std::vector<Iteration> history{{1, 0, 1.0, 0, 0}, {1, 1, 1e-3, 0, 0}, {1, 1, 0.9, 0, 0, true},
                                     {2, 0, 0.5, 0, 0}, {2, 1, 1e-6, 0, 0}, {2, 1, 1e-4, 0, 0, true}};

}  // namespace

TEST_CASE("slices hold the values of the grid on rank 0, on every number of ranks") {
  const Communicator comm(MPI_COMM_WORLD);
  const std::vector<int> counts{5, 4, 7};
  const auto grid = gather_slices(comm, example_sample({"x", "y", "z"}, counts, comm.rank(), comm.size()));
  REQUIRE(grid.slices.size() == 3);
  REQUIRE(grid.slices[0].label == "z = 1.5");
  REQUIRE(grid.slices[1].axes == std::vector<int>{0, 2});
  if (comm.rank() != 0) return;
  for (int i = 0; i < 5; ++i) {
    for (int k = 0; k < 7; ++k) {
      const double found = grid.slices[1].columns[0].value[i * 7 + k];
      REQUIRE(same(found, example_value((i * 4 + 1) * 7 + k)));
    }
  }
}

TEST_CASE("a grid with time is drawn at its first, middle and last time") {
  const auto grid = choose_slices(example_sample({"x", "t", "y"}, {3, 5, 3}, 0, 1));
  REQUIRE(grid.slices.size() == 3);
  REQUIRE(grid.slices[0].label == "t = 0");
  REQUIRE(grid.slices[1].label == "t = 1");
  REQUIRE(grid.slices[2].label == "t = 2");
  REQUIRE(grid.slices[2].axes == std::vector<int>{0, 2});
}

TEST_CASE("a fine grid is thinned out") {
  const auto grid = choose_slices(example_sample({"x"}, {2001}, 0, 1));
  REQUIRE(grid.slices[0].strides[0] == 5);
  REQUIRE(grid.slices[0].counts[0] == 401);
}

TEST_CASE("fields are told from their errors, residuals and subdomains") {
  const std::vector<GridColumn> columns{{"u", {}},    {"u_exact", {}},           {"u_error", {}},
                                        {"p", {}},    {"u_estimated_error", {}}, {"subdomain", {}},
                                        {"rank", {}}, {"residual_a", {}}};
  REQUIRE(field_names(columns) == std::vector<std::string>{"u", "p"});
}

TEST_CASE("borders of subdomains are straight lines between the points") {
  const Communicator comm(MPI_COMM_SELF);
  const auto grid = gather_slices(comm, example_sample({"x", "y"}, {10, 9}, 0, 1));
  REQUIRE(border_data(grid, grid.slices[0]) == "0.5 0\n0.5 2\n\n");
}

TEST_CASE("pictures are drawn in one to four dimensions") {
  const Communicator comm(MPI_COMM_WORLD);
  const std::vector<std::string> names{"x", "y", "z", "t"};
  for (std::size_t d = 1; d <= 4; ++d) {
    const Folder folder(comm);
    const std::vector<std::string> coordinates(names.begin(), names.begin() + static_cast<std::ptrdiff_t>(d));
    const auto sample = example_sample(coordinates, std::vector<int>(d, 6), comm.rank(), comm.size());
    const auto grid = gather_slices(comm, sample);
    if (comm.rank() != 0) continue;
    REQUIRE(draw_pictures(folder.path(), grid, history, "it's u'' = \"k\"^2 `u`, a _title_ with 100 % \\")
                .empty());
    REQUIRE(std::filesystem::file_size(folder.path() / "solution_u.png") > 1000);
    REQUIRE(std::filesystem::file_size(folder.path() / "convergence.png") > 1000);
  }
}

TEST_CASE("estimated errors are drawn beside errors, on their scale, and alone where no error is known") {
  const Communicator comm(MPI_COMM_SELF);
  for (const std::vector<std::string>& coordinates :
       std::vector<std::vector<std::string>>{{"x"}, {"x", "y"}}) {
    auto sample = example_sample(coordinates, std::vector<int>(coordinates.size(), 6), 0, 1);
    auto& estimate = sample.columns.emplace_back(GridColumn{"u_estimated_error", {}});
    for (const auto value : sample.columns[0].value) estimate.value.push_back(-2e-6 + 0 * value);
    const auto value_column = std::ssize(coordinates) + 1;
    for (const bool exact : {true, false}) {
      if (!exact) sample.columns.erase(sample.columns.begin() + 1);
      const Folder folder(comm);
      REQUIRE(draw_pictures(folder.path(), gather_slices(comm, sample), {}, "example").empty());
      REQUIRE(std::filesystem::file_size(folder.path() / "solution_u.png") > 1000);
      const auto script = file_text(folder.path() / "figures" / "solution_u.gp");
      const auto mention = [&](auto column) {
        return contains(script, coordinates.size() == 1 ? fmt::format("using 1:{} ", column)
                                                        : fmt::format("${} <", column));
      };
      REQUIRE(mention(value_column + 2) == exact);
      REQUIRE(mention(value_column + 3));
      REQUIRE(contains(file_text(folder.path() / "figures" / "u_1.dat"), " 2e-06\n"));
    }
  }
}

TEST_CASE("linear solves and the steps around them are series of their own") {
  const Communicator comm(MPI_COMM_SELF);
  const Folder folder(comm);
  const auto grid = gather_slices(comm, example_sample({"x", "y"}, {10, 9}, 0, 1));
  draw_pictures(folder.path(), grid, history, "example");
  const auto figures = folder.path() / "figures";
  REQUIRE(contains(file_text(figures / "convergence.dat"), "0 1\n1 0.001\n\n1 0.5\n2 1e-06\n"));
  REQUIRE(contains(file_text(figures / "nonlinear_steps.dat"), "1 0.9\n2 0.0001\n"));
}

TEST_CASE("without gnuplot scripts and data stay, and a line says how to draw them") {
  const Communicator comm(MPI_COMM_SELF);
  const Folder folder(comm);
  const auto grid = gather_slices(comm, example_sample({"x", "y"}, {10, 9}, 0, 1));
  const EmptyPath path;
  const auto notes = draw_pictures(folder.path(), grid, history, "example");
  REQUIRE(notes.size() == 2);
  REQUIRE(contains(notes[0], "gnuplot solution_u.gp"));
  REQUIRE(std::filesystem::exists(folder.path() / "figures" / "solution_u.gp"));
  REQUIRE(std::filesystem::exists(folder.path() / "figures" / "u_1.dat"));
}

TEST_CASE("steps that are reported now and then stand at their numbers") {
  const Communicator comm(MPI_COMM_SELF);
  const Folder folder(comm);
  const EmptyPath path;
  const std::vector<Iteration> reported{{2, 0, 1.0, 0, 0}, {40, 0, 0.1, 0, 0}, {80, 0, 0.01, 0, 0}};
  draw_pictures(folder.path(), {}, reported, "adam");
  REQUIRE(contains(file_text(folder.path() / "figures" / "convergence.dat"), "1 1\n39 0.1\n79 0.01\n"));
}

TEST_CASE("a solve that is begun anew within a step goes on where it was left") {
  const Communicator comm(MPI_COMM_SELF);
  const Folder folder(comm);
  const EmptyPath path;
  const std::vector<Iteration> anew{{1, 0, 1.0, 0, 0}, {1, 5, 0.9, 0, 0},       {1, 0, 1.0, 0, 0},
                                    {1, 3, 0.1, 0, 0}, {1, 8, 0.5, 0, 0, true}, {2, 0, 0.7, 0, 0}};
  draw_pictures(folder.path(), {}, anew, "twice");
  const auto figures = folder.path() / "figures";
  REQUIRE(contains(file_text(figures / "convergence.dat"), "0 1\n5 0.9\n\n5 1\n8 0.1\n\n8 0.7\n"));
  REQUIRE(contains(file_text(figures / "nonlinear_steps.dat"), "8 0.5\n"));
}
