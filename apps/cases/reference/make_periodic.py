# SPDX-FileCopyrightText: 2026 The ddpinn authors
# SPDX-License-Identifier: BSD-3-Clause
"""Reference values of the periodic cases in time: allen_cahn, kdv, kuramoto_sivashinsky.

Fourier series in x, the linear part exactly, the rest by exponential time differencing of fourth order (ETDRK4:
S. M. Cox, P. C. Matthews, J. Comput. Phys. 176, 2002; coefficients by contour integrals: A.-K. Kassam, L. N. Trefethen,
SIAM J. Sci. Comput. 26, 2005), products dealiased by the 2/3 rule. Each is computed twice, the second time with half
as many modes and twice the steps' length; the difference is printed.

Usage: python3 make_periodic.py [allen_cahn] [kdv] [kuramoto_sivashinsky]
"""
import pathlib
import sys

import numpy as np


def coefficients(L, h):
    """phi functions of ETDRK4 by the mean over a circle around each hL."""
    M = 64
    r = np.exp(2j * np.pi * (np.arange(1, M + 1) - 0.5) / M)
    z = h * L[:, None] + r[None, :]
    mean = lambda f: h * f.mean(axis=1)
    Q = mean((np.exp(z / 2) - 1) / z)
    f1 = mean((-4 - z + np.exp(z) * (4 - 3 * z + z**2)) / z**3)
    f2 = mean((2 + z + np.exp(z) * (-2 + z)) / z**3)
    f3 = mean((-4 - 3 * z - z**2 + np.exp(z) * (4 - z)) / z**3)
    return np.exp(h * L), np.exp(h * L / 2), Q, f1, f2, f3


def march(start, period, linear, nonlinear, end, steps, stored, n):
    """Fourier coefficients at `stored` + 1 equidistant times; `steps` a multiple of `stored`."""
    k = 2 * np.pi / period * np.fft.fftfreq(n, 1 / n)
    keep = np.abs(np.fft.fftfreq(n, 1 / n)) < n / 3
    h = end / steps
    E, E2, Q, f1, f2, f3 = coefficients(linear(1j * k), h)

    def N(v):
        return keep * nonlinear(v, 1j * k)

    v = np.fft.fft(start(period * np.arange(n) / n)) * keep
    out = [v]
    for i in range(1, steps + 1):
        Nv = N(v)
        a = E2 * v + Q * Nv
        Na = N(a)
        b = E2 * v + Q * Na
        Nb = N(b)
        c = E2 * a + Q * (2 * Nb - Nv)
        Nc = N(c)
        v = E * v + Nv * f1 + 2 * (Na + Nb) * f2 + Nc * f3
        if i % (steps // stored) == 0:
            out.append(v)
    return np.array(out), k


def values(v, k, x):
    return np.real(v @ np.exp(1j * np.outer(k, x))) / v.shape[1]


def burgers_like(factor):
    return lambda v, ik: -factor / 2 * ik * np.fft.fft(np.real(np.fft.ifft(v)) ** 2)


# start as a function of x - lower; linear part as a symbol of d/dx; the rest; modes; steps
CASES = {
    "allen_cahn": dict(
        lower=-1, upper=1, end=1, n=4096, steps=4000, stored=20, points=201,
        start=lambda s: (s - 1) ** 2 * np.cos(np.pi * (s - 1)),
        linear=lambda d: 1e-4 * d**2 + 5,
        nonlinear=lambda v, ik: -5 * np.fft.fft(np.real(np.fft.ifft(v)) ** 3)),
    "kdv": dict(
        lower=-1, upper=1, end=1, n=768, steps=8000, stored=20, points=201,
        start=lambda s: np.cos(np.pi * (s - 1)),
        linear=lambda d: -0.022**2 * d**3,
        nonlinear=burgers_like(1)),
    "kuramoto_sivashinsky": dict(
        lower=0, upper=2 * np.pi, end=0.4, n=768, steps=16000, stored=20, points=201,
        start=lambda s: np.cos(s) * (1 + np.sin(s)),
        linear=lambda d: -100 / 16**2 * d**2 - 100 / 16**4 * d**4,
        nonlinear=burgers_like(100 / 16)),
}


def solve(c, n, steps):
    x = np.linspace(c["lower"], c["upper"], c["points"])
    v, k = march(c["start"], c["upper"] - c["lower"], c["linear"], c["nonlinear"], c["end"], steps, c["stored"], n)
    u = values(v, k, x - c["lower"])
    u[0] = c["start"](x - c["lower"])  # the series of a start with kinks is cut off
    return x, u


def make(name):
    c = CASES[name]
    x, u = solve(c, c["n"], c["steps"])
    _, coarse = solve(c, c["n"] // 2, c["steps"] // 2)
    print(f"{name}: relative difference to half the resolution {np.linalg.norm(u - coarse) / np.linalg.norm(u):.1e}")
    path = pathlib.Path(__file__).parent / f"{name}.csv"
    with open(path, "w") as file:
        file.write(f"% {name}: Fourier series and ETDRK4, by make_periodic.py\nx,t,u\n")
        for i, t in enumerate(np.linspace(0, c["end"], c["stored"] + 1)):
            for j in range(len(x)):
                file.write(f"{x[j]:.10g},{t:.10g},{u[i, j]:.12g}\n")


for case in sys.argv[1:] or CASES:
    make(case)
