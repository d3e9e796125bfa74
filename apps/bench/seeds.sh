#!/usr/bin/env bash
# SPDX-FileCopyrightText: 2026 The ddpinn authors
# SPDX-License-Identifier: BSD-3-Clause
# Usage: [RANKS=2] [SEEDS=20] [OPTIONS="--set key=value ..."] seeds.sh PROGRAM [case.toml...]
# How much the error depends on the random features; without cases, poisson_3d and multiscale_laplace.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"
use_program "${1:-}"
shift
files=("$@")
[ $# -gt 0 ] || files=("$cases/poisson_3d.toml" "$cases/multiscale_laplace.toml")
seeds=${SEEDS:-20}

echo "| case | seeds | smallest error | median | largest error | largest / smallest | iterations |"
echo "|---|---|---|---|---|---|---|"
for file in "${files[@]}"; do
  : > "$work/seeds.txt"
  for ((seed = 1; seed <= seeds; ++seed)); do
    solve "$RANKS" "$file" --set network.seed="$seed"
    printf '%s %s\n' "$(value l2_relative)" "$(value iterations)" | grep -v '^-' >> "$work/seeds.txt" || true
  done
  sort -g "$work/seeds.txt" | awk -v name="$(basename "$file" .toml)" '
    { e[NR] = $1; if (NR == 1 || $2 < low) low = $2; if ($2 > high) high = $2 }
    END { if (NR) printf "| %s | %d | %s | %s | %s | %.2f | %d to %d |\n", name, NR, e[1], e[int((NR + 1) / 2)], e[NR], e[NR] / e[1], low, high
          else printf "| %s | 0 | - | - | - | - | - |\n", name }'
done
footer "$RANKS"
