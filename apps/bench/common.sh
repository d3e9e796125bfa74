# SPDX-FileCopyrightText: 2026 The ddpinn authors
# SPDX-License-Identifier: BSD-3-Clause
# What the benchmark scripts share; they source it. Tables go to standard output, everything else to standard error.

bench=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
cases=$(cd "$bench/../cases" && pwd)
RANKS=${RANKS:-2}
read -r -a OPTIONS <<< "${OPTIONS:-}"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

export OMP_NUM_THREADS=${OMP_NUM_THREADS:-1} GOMP_SPINCOUNT=0
export OMPI_MCA_rmaps_base_oversubscribe=1 PRTE_MCA_rmaps_default_mapping_policy=:oversubscribe
[ "$(id -u)" -ne 0 ] || export OMPI_ALLOW_RUN_AS_ROOT=1 OMPI_ALLOW_RUN_AS_ROOT_CONFIRM=1

fail() { printf '%s: %s\n' "$(basename "$0")" "$*" >&2; exit 1; }

# use_program PATH: checks it, and keeps it as an absolute path
use_program() {
  [ -x "${1:-}" ] || fail "'${1:-}' is no program; give the path of ddpinn, such as build/release/bin/ddpinn"
  program=$(cd "$(dirname "$1")" && pwd)/$(basename "$1")
}

# solve RANKS CASE ARGUMENT...: one run without pictures. Its result lines lie in $work/run.txt, its files in $work/out.
# A run that fails keeps the error column empty ("-"), and its message goes to standard error.
solve() {
  local ranks=$1 case=$2
  shift 2
  rm -rf "$work/out"
  mpirun -n "$ranks" "$program" run "$case" --quiet --set output.pictures=false --set output.directory="$work/out" \
    ${OPTIONS[@]+"${OPTIONS[@]}"} "$@" > "$work/run.txt" 2> "$work/errors.txt" && return 0
  printf '%s %s: %s\n' "$(basename "$case")" "$*" "$(grep -m 1 '^error' "$work/errors.txt")" >&2
}

# value KEY: the largest value of a key over the result lines of the last run, or "-"
value() {
  awk -v key="$1" '
    /^result:/ { for (i = 2; i <= NF; ++i) { split($i, p, "="); if (p[1] == key) { v = p[2]; if (!n++ || v + 0 > m + 0) m = v } } }
    END { print n ? m : "-" }' "$work/run.txt"
}

# phase_seconds WORD: mean over ranks of the phases of the last run whose name holds the word, from summary.json
phase_seconds() {
  awk -v word="$1" -F'[:,]' '
    /"name"/ { inside = index($2, word) > 0 }
    /"mean"/ && inside { sum += $2; ++n }
    END { if (n) printf "%.2f\n", sum; else print "-" }' "$work/out/summary.json" 2> /dev/null || echo -
}

# A note below each table: what it was measured with.
footer() {
  printf '\n%s; %s; %s rank(s)%s\n' "$("$program" --version | head -n 1)" \
    "$(awk -F': ' '/model name/ { print $2; exit }' /proc/cpuinfo)" "$1" "${OPTIONS[*]:+; ${OPTIONS[*]}}${PETSC_OPTIONS:+; PETSc options $PETSC_OPTIONS}"
}
