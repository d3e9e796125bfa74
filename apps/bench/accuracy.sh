#!/usr/bin/env bash
# SPDX-FileCopyrightText: 2026 The ddpinn authors
# SPDX-License-Identifier: BSD-3-Clause
# Usage: [RANKS=1] [ACCURACY=1e-5] [LIMIT=300] [OPTIONS="--set key=value ..."] accuracy.sh PROGRAM [case.toml...]
# Cases without their numerics, solved to an accuracy, beside themselves with the numerics that their authors chose: CPU
# seconds of the whole runs, and what is estimated and true. Without cases, all of apps/cases but those that train.
set -euo pipefail
RANKS=${RANKS:-1}
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"
use_program "${1:-}"
shift
accuracy=${ACCURACY:-1e-5}
limit=${LIMIT:-300}
files=("$@")
[ $# -gt 0 ] || for file in "$cases"/*.toml; do case "$file" in *_trained* | *_adam* | *scaling*) ;; *) files+=("$file") ;; esac; done

# bare FILE: without numerics
bare() {
  awk '/^ *\[/ { name = $0; gsub(/[][ ]/, "", name); sub(/[.#].*/, "", name)
                 skip = name ~ /^(decomposition|points|network|time|coarse|solver)$/ } !skip' "$1"
  printf '[solver]\naccuracy = %s\ntime_limit = %s\n' "$accuracy" "$limit"
}

# timed CASE: CPU seconds of one run
timed() {
  local TIMEFORMAT='%U'
  { time solve "$RANKS" "$1"; } 2> "$work/time.txt"
  tail -n 1 "$work/time.txt"
}

# values KEY: of all fields that have one
values() { sed -n "s/^result: field=.*\b$1=\([^ ]*\).*/\1/p" "$work/run.txt" | paste -sd ' '; }

# ratios ESTIMATES ERRORS
ratios() {
  awk -v a="$1" -v b="$2" 'BEGIN { n = split(a, x, " "); split(b, y, " ")
    for (i = 1; i <= n; ++i) if (y[i] + 0 > 0) printf "%s%.2g", (i > 1 ? ", " : ""), x[i]/y[i] }'
}

echo "| case | reached | estimated error | error | estimate / error | CPU s | as shipped: error | CPU s | ratio of times |"
echo "|---|---|---|---|---|---|---|---|---|"
for file in "${files[@]}"; do
  name=$(basename "$file" .toml)
  shipped=$(timed "$file")
  known=$(values l2_relative)
  bare "$file" > "$work/$name.toml"
  own=$(timed "$work/$name.toml")
  estimates=$(values estimated_error)
  errors=$(values l2_relative)
  verdict=$(awk -v all="$estimates" -v asked="$accuracy" 'BEGIN { n = split(all, e, " "); reached = n > 0
    for (i = 1; i <= n; ++i) if (!(e[i] + 0 <= asked + 0)) reached = 0
    print reached ? "yes" : "no" }')
  printf '| %s | %s | %s | %s | %s | %s | %s | %s | %s |\n' "$name" "$verdict" "${estimates// /, }" "${errors// /, }" \
    "$(ratios "$estimates" "$errors")" "$own" "${known// /, }" "$shipped" \
    "$(awk -v a="$own" -v b="$shipped" 'BEGIN { if (b > 0) printf "%.1f", a/b }')"
done
footer "$RANKS"
