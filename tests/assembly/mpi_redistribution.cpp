// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "assembly/training/redistribution.hpp"

#include "assembly/training/trainable_field.hpp"
#include "support/catch.hpp"
#include "support/small_case.hpp"

#include <cmath>
#include <map>

using namespace ddpinn;
using namespace ddpinn::test;

namespace {

/// The residual of networks that are zero is large near x = 0.25 alone.
const std::string peak = R"toml([domain]
coordinates = ["x", "y"]
lower = [0, 0]
upper = [1, 1]
[[equation]]
residual = "u_xx + u_yy - exp(-1000*(x - 0.25)**2)"
weight = 1
[[condition]]
on = ["boundary"]
residual = "u"
[decomposition]
subdomains = [2, 2]
[points]
interior = 16
[network]
hidden = [3]
scale = 1
[solver]
method = "gauss-newton"
)toml";

}  // namespace

TEST_CASE("Points move to where the residual is large, as many in each core") {
  const SmallCase c(peak, MPI_COMM_WORLD);
  const TrainableField field(c.comm, c.discretisation);
  const auto zero = field.create_parameters();
  field.take_hidden_layers(zero);
  const auto rows = redistribute(c.comm, c.discretisation, zero, c.file.options.points, 1);
  const auto& before = c.discretisation.rows();
  REQUIRE(rows.count == before.count);
  std::map<int, long long> kept;
  long long near = 0, far = 0;
  for (std::size_t g = 0; g < rows.groups.size(); ++g) {
    const auto &from = before.groups[g], &to = rows.groups[g];
    for (int k : from.core) ++kept[k];
    for (int k : to.core) --kept[k];
    if (!to.statements->interior) {
      REQUIRE(to.points.x == from.points.x);
      continue;
    }
    for (const auto& x : to.points.x)
      if (x[0] < 0.5) ++(std::abs(x[0] - 0.25) < 0.04 ? near : far);
  }
  for (const auto& [core, difference] : kept) REQUIRE(difference == 0);
  // A sixth of the area left of the middle; of points drawn evenly 82 of 512 would be there.
  REQUIRE(sum(c.comm, near) > 200);
  REQUIRE(sum(c.comm, far) > 100);
}
