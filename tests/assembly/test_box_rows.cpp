// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "assembly/box_rows.hpp"

#include "dense/lapack.hpp"
#include "support/cases.hpp"
#include "support/catch.hpp"
#include "support/small_case.hpp"

#include <set>

using namespace ddpinn;
using namespace ddpinn::test;

namespace {

constexpr std::size_t further = 3;

/// The problem on the points of one box alone, with a few further rows.
Rows box_of(const SmallCase& c, int box) {
  const auto& decomposition = c.discretisation.decomposition();
  const BoxPoints density{std::vector<int>(decomposition.dimension(), 6), 6};
  return c.discretisation.with_rows(
      draw_box(c.discretisation.model(), decomposition, decomposition.parts(box), density, further));
}

}  // namespace

TEST_CASE("Rows of one box stand in its part of the domain, one after the other, with further ones below") {
  const SmallCase c(two_materials(), MPI_COMM_SELF, {"decomposition.coupling=interface"});
  const auto& decomposition = c.discretisation.decomposition();
  for (int box = 0; box < decomposition.cores(); ++box) {
    const auto rows = box_of(c, box).rows();
    std::size_t next = 0;
    for (const auto& group : rows.groups)
      for (std::size_t s = 0; s < group.statements->statements.size(); ++s)
        for (std::size_t i = 0; i < group.points.size(); ++i) {
          REQUIRE(group.rows[i].row(s) == next++);
          for (int d = 0; d < decomposition.dimension(); ++d) {
            REQUIRE(group.points.x[i][d] >= decomposition[box].box.lower[d]);
            REQUIRE(group.points.x[i][d] <= decomposition[box].box.upper[d]);
          }
        }
    REQUIRE(next > 0);
    REQUIRE(rows.count == next + further);
  }
}

TEST_CASE("Points of a box are covered by its own networks alone, on interfaces by those of both sides") {
  const SmallCase c(two_materials(), MPI_COMM_SELF, {"decomposition.coupling=interface"});
  const auto& decomposition = c.discretisation.decomposition();
  std::size_t on_interfaces = 0;
  for (int box = 0; box < decomposition.cores(); ++box) {
    const auto parts = decomposition.parts(box);
    const auto rows = box_of(c, box).rows();
    for (const auto& group : rows.groups)
      for (std::size_t i = 0; i < group.cover.size(); ++i) {
        std::set<int> own;
        for (const auto& cover : group.cover[i]) {
          REQUIRE(std::ranges::count(parts, cover.subdomain) == 1);
          REQUIRE(cover.window_jet({}) == 1);
          own.insert(cover.subdomain);
        }
        REQUIRE(own.size() == (group.statements->interface ? 2 : 1));
        on_interfaces += group.statements->interface ? 1 : 0;
      }
  }
  REQUIRE(on_interfaces > 0);
}

TEST_CASE("The Jacobian of a box tells how its rows change, and leaves the further ones to others") {
  for (const auto& text : {small_poisson, two_materials()}) {
    const SmallCase c(text, MPI_COMM_SELF, {"decomposition.coupling=interface"});
    for (int box = 0; box < c.discretisation.decomposition().cores(); ++box) {
      auto local = box_of(c, box);
      const auto lift = local.lift();
      local.set_weights(lift);
      const auto linear = local.linearise(lift);
      for (const auto& block : local.blocks()) {
        const auto network = local.family().network(block.subdomain);
        Matrix coefficients(network.features(), local.model().fields.size());
        Random random(7, block.subdomain);
        for (auto& value : coefficients.entries()) value = random.uniform(-1, 1);
        auto fields = lift;
        local.add_fields(block.subdomain, network, coefficients, fields);
        auto expected = local.residual(fields);
        const auto jacobian = local.jacobian(block, linear);
        REQUIRE(jacobian.rows() == local.rows().count);
        multiply(-1, Op::none, jacobian, coefficients.data(), 1, expected.data());
        for (std::size_t i = 0; i < expected.size(); ++i)
          REQUIRE(expected[i] == Approx(linear.residual[i]).margin(1e-9));
        for (std::size_t i = expected.size() - further; i < expected.size(); ++i)
          for (std::size_t j = 0; j < jacobian.columns(); ++j) REQUIRE(jacobian(i, j) == 0);
      }
    }
  }
}
