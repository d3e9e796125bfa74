#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The ddpinn authors
# SPDX-License-Identifier: BSD-3-Clause
"""Writes burgers.csv: the exact solution of u_t + u u_x = nu u_xx, nu = 0.01/pi, u = -sin(pi x) at t = 0.

Hopf (1950) and Cole (1951), with the heat kernel's variable s = eta / sqrt(4 nu t):

    u(x, t) = - int sin(pi y) F(y) exp(-s^2) ds / int F(y) exp(-s^2) ds,
    y = x - sqrt(4 nu t) s,   F(y) = exp(-cos(pi y) / (2 pi nu)).

The integrands are entire and vanish at the ends, so that the trapezoidal rule converges faster than any power. The
program checks that half as many nodes give the same values, up to 1e-12. Plain Python, no packages.
"""
import math
import os

NU = 0.01 / math.pi


def burgers(x, t, nodes):
    if t == 0:
        return -math.sin(math.pi * x)
    # F varies by exp(+-50): up to |s| = 14 the product still matters, beyond that exp(-s^2) < 1e-85 rules.
    width = 14.0
    step = 2 * width / nodes
    scale = math.sqrt(4 * NU * t)
    terms = []
    for k in range(nodes + 1):
        s = -width + k * step
        y = x - scale * s
        terms.append((-math.cos(math.pi * y) / (2 * math.pi * NU) - s * s, math.sin(math.pi * y)))
    largest = max(exponent for exponent, _ in terms)
    weights = [math.exp(exponent - largest) for exponent, _ in terms]
    return -math.fsum(w * term[1] for w, term in zip(weights, terms)) / math.fsum(weights)


def main():
    path = os.path.join(os.path.dirname(os.path.abspath(__file__)), "burgers.csv")
    with open(path, "w", encoding="ascii") as file:
        file.write("# Burgers, nu = 0.01/pi, u = -sin(pi x) at t = 0; exact (Cole-Hopf); made by make_burgers.py\n")
        file.write("x,t,u\n")
        worst = 0.0
        for j in range(17):
            t = j / 16
            half = [burgers(i / 160, t, 1200) for i in range(161)]
            worst = max(worst, max(abs(half[i] - burgers(i / 160, t, 600)) for i in range(0, 161, 10)))
            half[0] = half[160] = 0.0
            for i in range(-160, 161):
                # The solution is odd; at x = 0 and at the ends it vanishes up to rounding.
                value = math.copysign(1, i) * half[abs(i)]
                file.write(f"{i / 160:.10g},{t:.10g},{value + 0.0:.13g}\n")
    if worst > 1e-12:
        raise SystemExit(f"make_burgers.py: the quadrature is not converged (difference {worst:.1e}); use more nodes")
    print(f"burgers.csv: quadrature converged to {worst:.1e}")


if __name__ == "__main__":
    main()
