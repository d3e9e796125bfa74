// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
// Curved bodies in coordinates of their own: the density has the derivatives along x and y by the chain rule.
#include "problem/case/case_file.hpp"
#include "support/catch.hpp"
#include "support/source_folder.hpp"

#include <ddpinn/solve.hpp>

using namespace ddpinn;

namespace {

/// The first quantity of a case that ships with the program.
double quantity(const std::string& name) {
  auto found = solve(read_case(test::source_folder() + "/apps/cases/" + name, {}), MPI_COMM_WORLD);
  judge(found);
  CHECK(found.result.converged);
  return found.result.quantities.at(0).value;
}

}  // namespace

TEST_CASE("The stress of the elliptic membrane is that of the benchmark") {
  CHECK(quantity("elliptic_membrane.toml") == Approx(92.658).epsilon(2e-4));
}

TEST_CASE("The stress beside a spherical cavity is Goodier's") {
  CHECK(quantity("spherical_cavity.toml") == Approx(22.5 / 11).epsilon(1e-4));
}
