// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
// The case files of the tests, as texts: some whole, and some put together from parts.
#pragma once

#include <string>

namespace ddpinn::test {

/// The smallest case: two coordinates, one field, one equation, one condition.
inline const std::string small_case = R"toml([domain]
coordinates = ["x", "y"]
lower = [0, 0]
upper = [1, 1]

[[equation]]
name = "laplace"
residual = "u_xx + u_yy"

[[condition]]
on = ["boundary"]
residual = "u - x"
)toml";

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

/// A case in one dimension, of 4 subdomains: x in [0, 1], field u; the rest is to be added.
inline std::string on_the_line(const std::string& statements, const std::string& exact) {
  return R"toml([domain]
coordinates = ["x"]
lower = [0]
upper = [1]
)toml" + statements +
         "[exact]\nu = \"" + exact + R"toml("
[decomposition]
subdomains = [4]
[points]
interior = 20
[network]
hidden = [16]
scale = 2
)toml";
}

/// A case in two dimensions, of 2 x 2 subdomains, on the unit square.
inline std::string on_the_square(const std::string& statements, const std::string& exact,
                                 const std::string& domain = "") {
  return R"toml([domain]
coordinates = ["x", "y"]
lower = [0, 0]
upper = [1, 1]
)toml" + domain +
         statements + "[exact]\nu = \"" + exact + R"toml("
[decomposition]
subdomains = [2, 2]
[points]
interior = 12
boundary = 12
[network]
hidden = [40]
scale = 1.5
)toml";
}

inline std::string equation(const std::string& residual) {
  return "[[equation]]\nresidual = \"" + residual + "\"\n";
}

/// @param on a list in TOML: '"x.lower", "x.upper"'
inline std::string condition(const std::string& on, const std::string& residual) {
  return "[[condition]]\non = [" + on + "]\nresidual = \"" + residual + "\"\n";
}

inline const std::string bratu =
    on_the_line(equation("u_xx + exp(u)") + condition("\"boundary\"", "u"),
                // theta / 2 and theta / 4 of theta = sqrt(2) cosh(theta / 4), the lower branch
                "-2*log(cosh((x - 0.5)*0.75858229952538)/cosh(0.37929114976269))");

/// Two materials, with conductivities of 1 and 100, on 3 x 3 subdomains. The box of the left ones ends in a
/// strip of the right material that their cores do not reach.
/// @param reaction a term of the equation that is zero at the solution
inline std::string two_materials(const std::string& reaction = "0") {
  return R"toml([domain]
coordinates = ["x", "y"]
lower = [0, 0]
upper = [1, 1]
[[domain.interface]]
name = "right"
box = { lower = [0.35, 0], upper = [1, 1] }
[definitions]
k = "where(right, 100, 1)"
solution = "(x - 0.35)*exp(y)/k"
)toml" + equation("k*(u_xx + u_yy) - (x - 0.35)*exp(y) + " + reaction) +
         condition("\"boundary\"", "u - solution") +
         "[[condition]]\nname = \"temperature\"\non = [\"right\"]\nresidual = \"u_plus - u_minus\"\n"
         "[[condition]]\nname = \"flux\"\non = [\"right\"]\nresidual = \"100*u_x_minus - u_x_plus\"\n" +
         R"toml([exact]
u = "solution"
[decomposition]
subdomains = [3, 3]
[points]
interior = 12
boundary = 10
[network]
hidden = [30]
scale = 0.5
)toml";
}

}  // namespace ddpinn::test
