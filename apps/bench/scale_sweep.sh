#!/usr/bin/env bash
# SPDX-FileCopyrightText: 2026 The ddpinn authors
# SPDX-License-Identifier: BSD-3-Clause
# Usage: [RANKS=2] [SCALES="0.2 0.3 ..."] [OPTIONS="--set key=value ..."] scale_sweep.sh PROGRAM [case.toml...]
# Errors for fixed scales of the random features, and for the automatic one; without cases, all of apps/cases.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"
use_program "${1:-}"
shift
files=("$@")
[ $# -gt 0 ] || files=("$cases"/*.toml)
read -r -a scales <<< "${SCALES:-0.2 0.3 0.5 0.7 1 1.5 2 3}"

printf '| case |%s auto | scale chosen | auto / best | cost of choosing |\n' "$(printf ' %s |' "${scales[@]}")"
printf '|---|%s---|---|---|---|\n' "$(printf -- '---|%.0s' "${scales[@]}")"
for file in "${files[@]}"; do
  row="| $(basename "$file" .toml) |"
  best=
  for scale in "${scales[@]}"; do
    solve "$RANKS" "$file" --set network.scale="$scale"
    error=$(value l2_relative)
    row="$row $error |"
    best=$(awk -v a="$best" -v b="$error" 'BEGIN { print b == "-" ? a : a == "" || b + 0 < a + 0 ? b : a }')
  done
  solve "$RANKS" "$file" --set network.scale=auto
  error=$(value l2_relative)
  chosen=$(awk -F'[:,]' '/^  "scale"/ { printf "%.3g", $2 }' "$work/out/summary.json")
  ratio=$(awk -v a="$error" -v b="$best" 'BEGIN { if (a == "-" || b == "") print "-"; else printf "%.2f", a / b }')
  cost=$(awk -v a="$(phase_seconds scale)" -v b="$(value seconds)" \
    'BEGIN { if (a == "-" || b == "-") print "-"; else printf "%.1f %%", 100 * a / b }')
  echo "$row $error | $chosen | $ratio | $cost |"
done
footer "$RANKS"
