#!/usr/bin/env bash
# SPDX-FileCopyrightText: 2026 The ddpinn authors
# SPDX-License-Identifier: BSD-3-Clause
# Usage: [RANKS=1] [OPTIONS="--set key=value ..."] verify.sh PROGRAM [case=grid...]
# Networks against finite differences on three grids: error and seconds of both, a row for each field. Without cases, all of
# apps/cases that a grid can solve.
set -euo pipefail
RANKS=${RANKS:-1}
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"
use_program "${1:-}"
shift
pairs=("$@")
[ $# -gt 0 ] || pairs=(oscillator=4096 fbpinn_cos15=4096 helmholtz=256 multiscale_laplace=256 advection_diffusion_periodic=256
  poisson_discs=128 poisson_3d=48 wave_2d=64 heat_multiscale=128,16,64 burgers=2048,256 biharmonic_plate=64 checkerboard=256
  circular_inclusion=128 kovasznay=128 cavity=256 allen_cahn=2048,256 kdv=512,1024 kuramoto_sivashinsky=512 beltrami_3d=16)

# rows CASE: from the table that verify prints, and its verdicts
rows() {
  awk -v name="$1" '
    /^method +unknowns/ { fields = (NF - 3) / 2; for (i = 1; i <= fields; ++i) field[i] = $(3 + 2 * i); table = 1; next }
    table && /^grid / { ++grids; cells[grids] = $2; time[grids] = $4; for (i = 1; i <= fields; ++i) error[grids, i] = $(4 + i) }
    table && /^networks / { unknowns = $2; seconds = $3; for (i = 1; i <= fields; ++i) found[i] = $(3 + i) }
    /^verify: field=/ { split($2, p, "="); verdict[p[2]] = $NF }
    END {
      if (!fields) { printf "| %s | - | - | - | - | - | - | failed |\n", name; exit }
      for (i = 1; i <= fields; ++i) {
        c = s = e = ""
        for (g = 1; g <= grids; ++g) { c = c (g > 1 ? ", " : "") cells[g]; s = s (g > 1 ? ", " : "") time[g]; e = e (g > 1 ? ", " : "") error[g, i] }
        printf "| %s, %s | %s | %s | %s | %s | %s | %s | %s |\n", name, field[i], c, e, s, unknowns, found[i], seconds, verdict[field[i]]
      } }' "$work/verify.txt"
}

echo "| case | grids: cells | errors | seconds | networks: unknowns | error | seconds | verdict |"
echo "|---|---|---|---|---|---|---|---|"
for pair in "${pairs[@]}"; do
  mpirun -n "$RANKS" "$program" verify "$cases/${pair%%=*}.toml" --grid "${pair##*=}" --set output.pictures=false \
    --set output.directory="$work/out" ${OPTIONS[@]+"${OPTIONS[@]}"} > "$work/verify.txt" 2> "$work/errors.txt" ||
    printf '%s: %s\n' "$pair" "$(grep -m 1 '^error' "$work/errors.txt" || grep -m 1 FAILED "$work/verify.txt")" >&2
  rows "${pair%%=*}"
done
footer "$RANKS"
