#!/usr/bin/env bash
# SPDX-FileCopyrightText: 2026 The ddpinn authors
# SPDX-License-Identifier: BSD-3-Clause
# Usage: [RANKS=2] [OPTIONS="--set key=value ..."] interface_scaling.sh PROGRAM 2d|3d [n...]
# Interface coupling on n subdomains a direction, frequency proportional to n in 2D: outer iterations to a relative L2 error
# below 1e-6 with a coarse grid (two cells per subdomain and direction in 2D, one in 3D), and without it.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"
use_program "${1:-}"
target=1e-6 most=${MOST:-150}
case "${2:-}" in
  2d) case_file=$bench/cases/laplace_2d.toml; dimension=2; sizes=(2 4 8 16 32); cells=2
      network=(--set 'network.hidden=[150]' --set points.interior=16 --set points.boundary=16) ;;
  3d) case_file=$bench/cases/poisson_3d.toml; dimension=3; sizes=(2 3 4 6); cells=1
      FREQUENCY=${FREQUENCY:-2} SCALE=${SCALE:-0.3}
      network=(--set 'network.hidden=[200]' --set points.interior=9 --set points.boundary=9) ;;
  *) fail "say 2d or 3d after the program" ;;
esac
shift 2
[ $# -eq 0 ] || sizes=("$@")

grid() { if [ "$dimension" -eq 2 ]; then echo "[$1,$1]"; else echo "[$1,$1,$1]"; fi; }

# below ERROR: whether it is at most the target
below() { awk -v e="$1" -v t="$target" 'BEGIN { exit !(e != "-" && e + 0 <= t + 0) }'; }

# iterations ARGUMENT...: of the first of a few tolerances whose error is at most the target. The error is about a tenth of
# the relative change, so one run is enough most times.
iterations() {
  local bytes
  for change in 8e-6 2e-6 5e-7 1e-8; do
    run_once "$most" "$change" "$@"
    if below "$(value l2_relative)"; then break; fi
    [ "$(value iterations)" != - ] && [ "$(value iterations)" -ge "$most" ] && break
  done
  bytes=$(awk -F'[:,]' '/bytes_per_iteration/ { print $2 + 0 }' "$work/out/summary.json")
  echo "$(value iterations) | $(value l2_relative) | $(value seconds) | $bytes"
}

run_once() {
  local limit=$1 change=$2
  shift 2
  solve "$RANKS" "$case_file" "${network[@]}" --set decomposition.coupling=interface --set parameters.n="${FREQUENCY:-$n}" \
    --set decomposition.subdomains="$(grid "$n")" --set network.scale="${SCALE:-0.6}" --set 'output.grid='"$(grid 41)" \
    --set solver.krylov.max_iterations="$limit" --set solver.tolerance="$change" "$@" 2> /dev/null
}

echo "| n | transmission | coarse cells | outer iterations to $target | error | seconds | bytes per iteration of a rank |"
echo "|---|---|---|---|---|---|---|"
for n in "${sizes[@]}"; do
  for transmission in dirichlet robin; do
    for coarse in $((cells * n < 4 ? 4 : cells * n)) none; do
      if [ "$coarse" = none ]; then grid_arguments=(); else grid_arguments=(--set coarse.grid="$(grid "$coarse")"); fi
      echo "| $n | $transmission | $coarse | $(iterations --set decomposition.interface.transmission=$transmission ${grid_arguments[@]+"${grid_arguments[@]}"}) |"
    done
  done
done
footer "$RANKS"
