#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The ddpinn authors
# SPDX-License-Identifier: BSD-3-Clause
"""Writes wave_2d.csv: u_tt = u_xx + u_yy on [-1, 1]^2, u = 0 on the walls, u = g(x) g(y) and u_t = 0 at t = 0.

g is a Gaussian of standard deviation 0.2 with its mirror images of alternating sign, so that it vanishes on the walls:
g(x) = sum_n (-1)^n exp(-(x - 2n)^2 / (2 * 0.2^2)). By Poisson's summation formula its cosine coefficients are those of
the Gaussian on the whole line, a_m = 0.2 sqrt(2 pi) exp(-0.02 k_m^2) with k_m = (m + 1/2) pi, and

    u(x, y, t) = sum_m sum_n a_m a_n cos(k_m x) cos(k_n y) cos(sqrt(k_m^2 + k_n^2) t).

With 14 terms the first coefficient left out is below 1e-16. Needs numpy.
"""
import os

import numpy as np

DEVIATION = 0.2
TERMS = 14


def main():
    k = (np.arange(TERMS) + 0.5) * np.pi
    a = DEVIATION * np.sqrt(2 * np.pi) * np.exp(-0.5 * (DEVIATION * k) ** 2)
    x = np.linspace(-1, 1, 21)
    basis = np.cos(np.outer(x, k))
    frequency = np.hypot(k[:, None], k[None, :])

    images = sum((-1) ** n * np.exp(-0.5 * ((x - 2 * n) / DEVIATION) ** 2) for n in range(-2, 3))
    if np.abs(basis @ a - images).max() > 1e-14:
        raise SystemExit("make_wave_2d.py: the expansion does not give the initial value; use more terms")

    path = os.path.join(os.path.dirname(os.path.abspath(__file__)), "wave_2d.csv")
    with open(path, "w", encoding="ascii") as file:
        file.write("# Wave equation on a square, Gaussian start: eigenfunction expansion; made by make_wave_2d.py\n")
        file.write("x,y,t,u\n")
        for t in np.linspace(0, 0.5, 11):
            u = basis @ (np.outer(a, a) * np.cos(frequency * t)) @ basis.T
            u[[0, -1], :] = 0  # cos(k_m) is zero up to rounding
            u[:, [0, -1]] = 0
            for i, xi in enumerate(x):
                for j, yj in enumerate(x):
                    file.write(f"{round(xi, 10):.10g},{round(yj, 10):.10g},{round(t, 10):.10g},{u[i, j]:.13g}\n")


if __name__ == "__main__":
    main()
