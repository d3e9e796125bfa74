#!/usr/bin/env bash
# SPDX-FileCopyrightText: 2026 The ddpinn authors
# SPDX-License-Identifier: BSD-3-Clause
# Usage: [RANKS=2] [OPTIONS="--set key=value ..."] weak_scaling.sh PROGRAM 2d|3d [n...]
# n subdomains a direction, frequency proportional to n; iterations and errors with and without the coarse space.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"
use_program "${1:-}"
case "${2:-}" in
  2d) case_file=$bench/cases/laplace_2d.toml; dimension=2; sizes=(4 8 16 32) ;;
  3d) case_file=$bench/cases/poisson_3d.toml; dimension=3; sizes=(2 4 6 8) ;;
  *) fail "say 2d or 3d after the program" ;;
esac
shift 2
[ $# -eq 0 ] || sizes=("$@")

echo "| n | subdomains | unknowns | two-level: iterations | error | seconds | one-level: iterations | error | seconds |"
echo "|---|---|---|---|---|---|---|---|---|"
for n in "${sizes[@]}"; do
  if [ "$dimension" -eq 2 ]; then subdomains="[$n,$n]"; else subdomains="[$n,$n,$n]"; fi
  row=
  for preconditioner in two-level one-level; do
    solve "$RANKS" "$case_file" --set parameters.n="$n" --set decomposition.subdomains="$subdomains" \
      --set solver.krylov.preconditioner="$preconditioner"
    [ -n "$row" ] || row="| $n | $(value subdomains) | $(value unknowns)"
    row="$row | $(value iterations) | $(value l2_relative) | $(value seconds)"
  done
  echo "$row |"
done
footer "$RANKS"
