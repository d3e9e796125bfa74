// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <string>

namespace ddpinn::test {

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

}  // namespace ddpinn::test
