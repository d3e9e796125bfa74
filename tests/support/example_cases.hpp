// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <string>

namespace ddpinn::test {

/// Poisson's equation on the unit square: 3 x 3 subdomains, few features.
inline const std::string small_poisson = R"toml([domain]
coordinates = ["x", "y"]
lower = [0, 0]
upper = [1, 1]
[[equation]]
name = "poisson"
residual = "-(u_xx + u_yy) - 2*pi**2*sin(pi*x)*sin(pi*y)"
[[condition]]
name = "walls"
on = ["boundary"]
residual = "u"
[exact]
u = "sin(pi*x)*sin(pi*y)"
[decomposition]
subdomains = [3, 3]
[points]
interior = 7
boundary = 7
[network]
hidden = [12]
scale = 1
[solver.krylov]
compression = 1e-8
)toml";

/// Two fields, an equation that couples and multiplies them, exact enforcement, normals, `where`, and a
/// shape.
inline const std::string tangled = R"toml(fields = ["u", "v"]
[domain]
coordinates = ["x", "y"]
lower = [0, -1]
upper = [2, 1]
[[domain.remove]]
name = "hole"
ball = { center = [1.1, 0.1], radius = 0.3 }
[[equation]]
name = "first"
residual = "u_xx + x*u_yy + u*v_y + exp(0.1*v) - y"
[[equation]]
name = "second"
residual = "v_x*u_y - v**3 + sin(x)"
where = "x < 1.3"
[[equation]]
name = "third"
residual = "u_xy - v"
weight = 2
[[condition]]
name = "flux"
on = ["x.upper", "y.lower", "hole"]
residual = "n_x*u_x + n_y*u_y + u**2 - v"
[[condition]]
name = "pin"
points = [[0.5, 0.5], [0, 0]]
residual = "u*v - 1"
[exact_enforcement]
v = { lift = "1 + 0.2*x*y", factor = "x*(2 - x)*(1 + y)" }
[decomposition]
subdomains = [2, 2]
levels = [[1, 1]]
[points]
interior = 4
boundary = 4
[network]
hidden = [3]
scale = 1
)toml";

}  // namespace ddpinn::test
