#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The ddpinn authors
# SPDX-License-Identifier: BSD-3-Clause
"""Writes cavity.csv: the lid-driven cavity by finite differences on grids of N, N/2 and N/4 cells per direction, two of
them extrapolated (Richardson, order 2), at the nodes of a grid of 48 cells but the upper corners, where the pressure is
infinite. How much two extrapolations differ tells how good the values are.

Usage: make_cavity.py PROGRAM [CASE [N [OUTPUT]]]      PROGRAM is ddpinn; N = 384 takes a minute and 2.3 GB
"""

import csv
import math
import subprocess
import sys
import tempfile

WRITTEN = 48


def solution(program, case, cells):
    """Fields by node (x and y in cells of the written grid), at the nodes that it has."""
    with tempfile.NamedTemporaryFile(suffix=".csv") as file:
        subprocess.run([program, "reference", case, "--grid", str(cells), "--output", file.name], check=True)
        with open(file.name) as text:
            rows = list(csv.DictReader(line for line in text if not line.startswith("#")))
    result = {}
    for row in rows:
        x, y = float(row["x"]) * WRITTEN, float(row["y"]) * WRITTEN
        corner = round(y) == WRITTEN and round(x) in (0, WRITTEN)
        if not corner and abs(x - round(x)) < 1e-6 and abs(y - round(y)) < 1e-6:
            result[round(x), round(y)] = [float(row[field]) for field in "uvp"]
    return result


def extrapolated(fine, coarse):
    return {at: [f + (f - c) / 3 for f, c in zip(fine[at], coarse[at])] for at in fine}


def difference(a, b, field):
    """Relative to b, in the norm of L2."""
    squares = sum((a[at][field] - b[at][field]) ** 2 for at in b)
    return math.sqrt(squares / sum(values[field] ** 2 for values in b.values()))


def main():
    program = sys.argv[1]
    case = sys.argv[2] if len(sys.argv) > 2 else "apps/cases/cavity.toml"
    cells = int(sys.argv[3]) if len(sys.argv) > 3 else 384
    output = sys.argv[4] if len(sys.argv) > 4 else "apps/cases/reference/cavity.csv"
    grids = [solution(program, case, n) for n in (cells, cells // 2, cells // 4)]
    best, before = extrapolated(grids[0], grids[1]), extrapolated(grids[1], grids[2])
    with open(output, "w") as file:
        file.write(f"# Lid-driven cavity of cavity.toml: apps/cases/reference/make_cavity.py PROGRAM {case} {cells}\n")
        for i, field in enumerate("uvp"):
            file.write(f"# {field}: differs by {difference(best, before, i):.1e} (relative L2) from half the cells\n")
        file.write("x,y,u,v,p\n")
        for (i, j), values in sorted(best.items(), key=lambda item: (item[0][1], item[0][0])):
            numbers = ",".join(f"{value:.8g}" for value in values)
            file.write(f"{i / WRITTEN:.15g},{j / WRITTEN:.15g},{numbers}\n")


main()
