#!/usr/bin/env bash
# SPDX-FileCopyrightText: 2026 The ddpinn authors
# SPDX-License-Identifier: BSD-3-Clause
# Usage: [RANKS=2] [SEEDS=20] [OPTIONS="--set key=value ..."] inverse_seeds.sh PROGRAM [case.toml unknown truth]
# How often an identified scalar lies within two standard errors of the truth, over seeds of the noise (and of the
# features); without a case, inverse_heat.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"
use_program "${1:-}"
file=${2:-$cases/inverse_heat.toml}
name=${3:-kappa}
truth=${4:-0.1}
seeds=${SEEDS:-20}

echo "| case | seeds | within 1 | within 2 | within 3 standard errors | mean standard error | rms error |"
echo "|---|---|---|---|---|---|---|"
: > "$work/seeds.txt"
for ((seed = 1; seed <= seeds; ++seed)); do
  solve "$RANKS" "$file" --set network.seed="$seed"
  grep "^result: unknown=$name " "$work/run.txt" >> "$work/seeds.txt" || true
done
tr ' ' '\n' < "$work/seeds.txt" | awk -F= -v name="$(basename "$file" .toml)" -v truth="$truth" '
  $1 == "value" { v = $2 - truth }
  $1 == "standard_error" { ++n; e = v / $2; if (e < 0) e = -e; one += e <= 1; two += e <= 2; three += e <= 3; s += $2; q += v * v }
  END { if (n) printf "| %s | %d | %d | %d | %d | %.3g | %.3g |\n", name, n, one, two, three, s / n, sqrt(q / n)
        else printf "| %s | 0 | - | - | - | - | - |\n", name }'
footer "$RANKS"
