// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <ddpinn/options.hpp>
#include <ddpinn/problem.hpp>

#include <utility>
#include <vector>

namespace ddpinn::test {

/// Few features, and no pictures.
inline Options small(std::vector<int> subdomains) {
  Options options;
  options.decomposition.subdomains = std::move(subdomains);
  options.network.hidden = {60};
  options.network.scale = 1;
  options.output.pictures = false;
  return options;
}

/// u_xx + u_yy = f with u = sin(pi x) cos(y) on the unit square.
inline Problem poisson() {
  Problem problem;
  problem.domain = {.coordinates = {"x", "y"}, .lower = {0, 0}, .upper = {1, 1}};
  problem.definitions = {{"known", {"sin(pi*x)*cos(y)"}}};
  problem.equations.push_back({.name = "poisson", .residual = {"u_xx + u_yy + (pi**2 + 1)*known"}});
  problem.conditions.push_back({.name = "walls", .on = {"boundary"}, .residual = {"u - known"}});
  problem.exact["u"] = {"known"};
  return problem;
}

}  // namespace ddpinn::test
