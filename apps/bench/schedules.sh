#!/usr/bin/env bash
# SPDX-FileCopyrightText: 2026 The ddpinn authors
# SPDX-License-Identifier: BSD-3-Clause
# Usage: [RANKS=2] [EVERY="1 5 20 100"] [TOLERANCE=1e-2] [STEPS=6000] [OPTIONS="--set key=value ..."] schedules.sh PROGRAM [case.toml]
# What Adam's schedules take until the root of the sum of squares has fallen to TOLERANCE times that of the start: steps of
# each network, time, and bytes of parameters and gradients sent between processes. Without a case, fbpinn_cos15_adam.
# A schedule that does not get there in STEPS steps has no steps, bytes and seconds ("-").
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"
use_program "${1:-}"
file=${2:-$cases/fbpinn_cos15_adam.toml}
steps=${STEPS:-6000}

# row SCHEDULE EVERY
row() {
  local taken bytes=- seconds=-
  solve "$RANKS" "$file" --set solver.max_iterations="$steps" --set solver.tolerance="${TOLERANCE:-1e-2}" \
    --set solver.adam.learning_rate=5e-3 --set solver.adam.decay.factor=1 \
    --set "solver.adam.schedule=\"$1\"" --set solver.adam.every="$2"
  taken=$(awk -F'[:,]' '/"nonlinear_iterations"/ { print $2 + 0 }' "$work/out/summary.json" 2> /dev/null || true)
  if grep -q '"stop_reason".*solver.tolerance' "$work/out/summary.json" 2> /dev/null; then
    bytes=$(value bytes_exchanged) seconds=$(phase_seconds adam)
  else
    taken=-
  fi
  printf '| %s | %s | %s | %s | %s | %s |\n' "$1" "$2" "$taken" "$bytes" "$seconds" "$(value l1_over_std)"
}

echo "| schedule | every | steps | bytes sent | seconds | l1_over_std |"
echo "|---|---|---|---|---|---|"
row all 1
for schedule in additive multiplicative; do
  for every in ${EVERY:-1 5 20 100}; do row "$schedule" "$every"; done
done
footer "$RANKS"
