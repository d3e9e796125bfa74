#!/usr/bin/env bash
# SPDX-FileCopyrightText: 2026 The ddpinn authors
# SPDX-License-Identifier: BSD-3-Clause
# Usage: [RANKS="1 2 3 4 8"] [OPTIONS="--set key=value ..."] ranks.sh PROGRAM [case.toml...]
# The same case on several numbers of ranks: iterations, errors, and the largest difference of a field from that on the
# first number of ranks, relative to the field's largest value. Needs compare_fields beside PROGRAM.
set -euo pipefail
read -r -a counts <<< "${RANKS:-1 2 3 4 8}"
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"
use_program "${1:-}"
compare=$(dirname "$program")/compare_fields
[ -x "$compare" ] || fail "$compare is not there; build it: cmake --build --preset release --target compare_fields"
shift
files=("$@")
[ $# -gt 0 ] || files=("$cases/poisson_3d.toml" "$cases/multiscale_laplace.toml")

echo "| case | ranks | iterations | error | difference of fields | seconds |"
echo "|---|---|---|---|---|---|"
for file in "${files[@]}"; do
  rm -f "$work/first.h5"
  for ranks in "${counts[@]}"; do
    solve "$ranks" "$file"
    difference=-
    if [ -f "$work/first.h5" ]; then
      mapfile -t fields < <(awk '/^result: field=/ { sub("field=", "", $2); print $2 }' "$work/run.txt")
      difference=$("$compare" "$work/first.h5" "$work/out/fields.h5" "${fields[@]}") || difference=-
    elif [ -f "$work/out/fields.h5" ]; then
      cp "$work/out/fields.h5" "$work/first.h5"
    fi
    echo "| $(basename "$file" .toml) | $ranks | $(value iterations) | $(value l2_relative) | $difference | $(value seconds) |"
  done
done
footer "${counts[*]}"
