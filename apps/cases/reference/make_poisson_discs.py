#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The ddpinn authors
# SPDX-License-Identifier: BSD-3-Clause
"""Writes poisson_discs.csv: lap u = 0 on [-1/2, 1/2]^2 without the discs of radius 0.1 at (+-0.3, +-0.3); u = 1 on the
square, u = 0 on the discs.

v = u - 1 vanishes on the square, so it goes on beyond it as an odd function of the distance from each side: the discs
have mirror images of alternating sign in the cells around. v is a sum of multipoles about the centres of the discs and
of their images in the 3 x 3 cells, and of a harmonic polynomial for all images further off:

    v = sum_m c_m sum_copies sign Re (zeta^-m) + sum_k d_k Re z^(4k),      log |zeta| for m = 0,

where zeta is z - centre turned by the direction from the cell's centre to the disc's. The symmetry of the square makes
all c_m and d_k real. They follow from least squares on the boundary. v minus this sum is harmonic, so that its largest
value on the boundary bounds the error everywhere; the program measures it on fresh points. Needs numpy.
"""
import os

import numpy as np

RADIUS = 0.1
MULTIPOLES = 24
POLYNOMIALS = 16


def copies():
    """(sign, centre, direction) of each disc and image."""
    for p in (-1, 0, 1):
        for q in (-1, 0, 1):
            for offset in (0.3 + 0.3j, 0.3 - 0.3j, -0.3 + 0.3j, -0.3 - 0.3j):
                yield (-1) ** (p + q), p + 1j * q + offset, offset / abs(offset)


def basis(z):
    columns = np.zeros((z.size, MULTIPOLES + POLYNOMIALS))
    for sign, centre, direction in copies():
        zeta = (z - centre) / (RADIUS * direction)
        columns[:, 0] += sign * np.log(np.abs(zeta))
        for m in range(1, MULTIPOLES):
            columns[:, m] += sign * (zeta**-m).real
    for k in range(POLYNOMIALS):
        columns[:, MULTIPOLES + k] = ((z / 0.75) ** (4 * k)).real
    return columns


def boundary(n, shift):
    """n points on a half side of the square and on a half circle, which stand for all by symmetry; and v there."""
    s = (np.arange(n) + shift) / n
    side = 0.5 + 0.5j * s
    circle = (0.3 + 0.3j) + RADIUS * np.exp(1j * (np.pi / 4 + np.pi * s))
    return np.concatenate([side, circle]), np.concatenate([np.zeros(n), -np.ones(n)])


def main():
    z, v = boundary(400, 0.5)
    coefficients = np.linalg.lstsq(basis(z), v, rcond=1e-15)[0]
    z, v = boundary(3001, 0.1)
    error = np.abs(basis(z) @ coefficients - v).max()
    print(f"poisson_discs.csv: error at most {error:.1e}")
    if error > 1e-11:
        raise SystemExit("make_poisson_discs.py: the expansion is not converged; use more terms")

    line = np.linspace(-0.5, 0.5, 81)
    x, y = (a.ravel() for a in np.meshgrid(line, line, indexing="ij"))
    outside = np.hypot(np.abs(x) - 0.3, np.abs(y) - 0.3) > RADIUS + 1e-12
    x, y = x[outside], y[outside]
    u = 1 + basis(x + 1j * y) @ coefficients
    path = os.path.join(os.path.dirname(os.path.abspath(__file__)), "poisson_discs.csv")
    with open(path, "w", encoding="ascii") as file:
        file.write("# Laplace equation around four discs: multipoles and images; made by make_poisson_discs.py\n")
        file.write("x,y,u\n")
        for row in zip(x, y, u):
            file.write(f"{row[0]:.10g},{row[1]:.10g},{row[2]:.13g}\n")


if __name__ == "__main__":
    main()
