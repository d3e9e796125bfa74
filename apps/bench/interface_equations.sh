#!/usr/bin/env bash
# SPDX-FileCopyrightText: 2026 The ddpinn authors
# SPDX-License-Identifier: BSD-3-Clause
# Usage: [RANKS=2] [OPTIONS="--set key=value ..."] interface_equations.sh PROGRAM
# Interface coupling on 8 x 8 subdomains, equation by equation: outer iterations to a relative change of 1e-7 with Dirichlet
# and Robin traces, with a coarse grid of two cells per subdomain and direction and without. Then nonlinear ones.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"
use_program "${1:-}"

newton_steps() { awk -F'[:,]' '/"nonlinear_iterations"/ { print $2 + 0 }' "$work/out/summary.json" 2> /dev/null || echo -; }

# rows NAME CASE ARGUMENT...
rows() {
  local name=$1 case_file=$bench/cases/$2 transmission coarse row
  shift 2
  for transmission in dirichlet robin; do
    row="| $name | $transmission"
    for coarse in 16 none; do
      if [ "$coarse" = none ]; then grid=(); else grid=(--set 'coarse.grid=[16, 16]'); fi
      solve "$RANKS" "$case_file" --set decomposition.interface.transmission="$transmission" "$@" ${grid[@]+"${grid[@]}"} || true
      row="$row | $(newton_steps) | $(value iterations) | $(value l2_relative)"
    done
    echo "$row |"
  done
}

echo "| equation | transmission | coarse grid: Newton steps | outer iterations | error | without: Newton steps | outer iterations | error |"
echo "|---|---|---|---|---|---|---|---|"
for peclet in 10 100 1000; do
  rows "advection-diffusion, Peclet $peclet" advection_diffusion_2d.toml --set parameters.nu="$(awk -v p="$peclet" 'BEGIN { print 1 / p }')"
done
rows "diffusion, anisotropic 1:100" anisotropic_2d.toml
rows "diffusion, contrast 100" contrast_2d.toml
rows "Bratu" bratu_2d.toml
rows "steady Burgers" burgers_steady_2d.toml
rows "travelling front of Burgers, layers in t" burgers_front.toml
footer "$RANKS"
