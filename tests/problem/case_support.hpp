// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "problem/case/case_file.hpp"
#include "support/cases.hpp"
#include "support/source_folder.hpp"

#include <string>
#include <vector>

namespace ddpinn::test {

/// The keys of energies, which exclude equations.
inline const std::string energy_case = R"toml([domain]
coordinates = ["x"]
lower = [0]
upper = [1]
[[energy]]
name = "elastic"
density = "u_x**2/2"
where = "x > 0.5"
[[energy]]
on = ["x.upper"]
density = "-u"
[[condition]]
on = ["x.lower"]
residual = "u"
)toml";

/// The keys of conservation laws that are solved, and of what full_case has no place for.
inline const std::string law_case = R"toml([domain]
coordinates = ["x", "y"]
lower = [0, 0]
upper = [1, 1]
[[domain.remove]]
name = "hole"
ball = { center = [0.5, 0.5], radius = 0.25 }
[[conservation]]
name = "heat"
flux = { x = "-u_x", y = "-u_y" }
source = "1"
solve = true
[[condition]]
on = ["x.lower"]
residual = "u"
[[condition]]
name = "cooled"
on = ["x.upper"]
flux = "3*u"
conservation = "heat"
where = "y < 0.5"
[decomposition]
subdomains = [2, 1]
[[decomposition.refine]]
near = [[0, 0.5]]
levels = 2
ratio = 0.5
[[decomposition.refine]]
near = "hole"
levels = 1
)toml";

/// A case that sets every key of this version but those of weak forms, in ways that all differ from the
/// defaults.
inline const std::string full_case = R"toml(title = "Everything \"at once\""
fields = ["u", "v"]

[domain]
coordinates = ["x", "y", "t"]
lower = [0, -1, 0]
upper = [1, 1, 2.5]
periodic = ["x"]
[[domain.remove]]
name = "bubble"
ball = { center = [0.5, 0.5, 1], radius = 0.1 }
[[domain.remove]]
name = "brick"
box = { lower = [0.1, -0.9, 0.5], upper = [0.2, -0.8, 0.75] }
[[domain.remove]]
cylinder = { axis = "t", center = [0.7, -0.5, 0], radius = 0.05 }
[[domain.keep]]
name = "hill"
inside = "y - 0.9 - 0.05*sin(2*pi*x)"
[[domain.keep]]
ball = { center = [0.5, 0, 1], radius = 4 }
[[domain.keep]]
box = { lower = [-1, -2, -1], upper = [2, 2, 3] }
[[domain.keep]]
cylinder = { axis = "y", center = [0.5, 0, 1], radius = 3 }
[[domain.interface]]
name = "drop"
ball = { center = [0.3, 0, 1], radius = 0.1 }
[[domain.interface]]
name = "block"
box = { lower = [0.1, -0.9, 0.5], upper = [0.2, -0.8, 0.75] }
[[domain.interface]]
name = "wire"
cylinder = { axis = "t", center = [0.2, -0.5, 0], radius = 0.05 }
[[domain.interface]]
name = "layer"
inside = "y - 0.1"

[parameters]
nu = 0.01
amplitude = 3

[definitions]
speed = "1 + x"
flux = "speed*u - nu*u_x"

[[equation]]
name = "momentum"
residual = """
u_t + flux
  - nu*(u_xx + u_yy)"""
where = "t < 2"
weight = 2.5
[[equation]]
residual = "v - u_x"

[[condition]]
name = "start"
on = ["t.lower"]
residual = "u - amplitude*sin(2*pi*x)"
where = "y > 0"
weight = 10
[[condition]]
name = "walls"
on = ["boundary", "bubble"]
residual = "n_x*u_x + n_y*u_y"
[[condition]]
points = [[0.5, 0, 0], [0.25, 0, 0]]
residual = "v - q"
[[condition]]
on = ["drop", "block", "wire", "layer"]
residual = "u_plus - u_minus"

[exact_enforcement]
u = { lift = "x", factor = "y*t" }

[[conservation]]
name = "amount"
flux = { x = "-nu*u_x", t = "u" }
source = "v"

[[quantity]]
name = "outflow"
expression = "-nu*u_x*n_x"
on = ["y.lower", "bubble"]
kind = "mean"
[[quantity]]
name = "late"
expression = "u"
plane = { y = 0.5 }
at_time = 2
[[quantity]]
name = "here"
expression = "u"
point = [0.5, 0.5, 1]
integral = "domain"

[exact]
u = "exp(-t)*sin(2*pi*x)"

[scales]
u = 2.5

[reference]
file = "two_fields.csv"

[decomposition]
subdomains = [2, 3, 4]
breakpoints = { y = [-1, 0, 0.5, 0.75, 1] }
overlap = 0.3
window = "cosine"
levels = [[1, 1, 1]]
coupling = "windowed"

[points]
interior = [9, 8, 7]
boundary = 6
sampling = "sobol"

[network]
hidden = [32, 64]
activation = "sin"
scale = 0.7
shared = false
seed = 42
precision = "float64"

[solver]
continuation = { nu = [2.0, 1.0] }
method = "least-squares"
tolerance = 1e-8
max_iterations = 30
congruence = false
time_limit = "1.5h"
[solver.krylov]
type = "lsqr"
preconditioner = "one-level"
compression = 1e-9
max_iterations = 77

[scaling]
directions = ["x"]
parameters = { nu = "all" }

[output]
directory = "out/full"
grid = [17, 33, 9]
pictures = false

[unknowns]
q = { initial = 0.5, lower = 0, upper = 1 }

[[data]]
values = { u = "speed*exp(-t)", v = "x" }
points = 7
sampling = "random"
noise = 0.25
seed = 9
standard_deviation = 0.5
)toml";

inline std::string config_path(const std::string& name) { return source_folder() + "/tests/config/" + name; }

/// Reads a case as if it were a file of tests/config, where its reference is.
inline CaseFile parse(const std::string& text, const std::vector<std::string>& overrides = {}) {
  return parse_case(text, config_path("case.toml"), overrides);
}

/// The message that a case gives, with the folder's name taken out; empty where it is right.
inline std::string case_message(const std::string& text, const std::vector<std::string>& overrides = {}) {
  try {
    parse_case(text, "case.toml", overrides);
  } catch (const Error& error) {
    return error.what();
  }
  return "";
}

}  // namespace ddpinn::test
