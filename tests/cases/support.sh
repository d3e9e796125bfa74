# SPDX-FileCopyrightText: 2026 The ddpinn authors
# SPDX-License-Identifier: BSD-3-Clause
# For the scripts of this folder, which source it. They find in the environment: DDPINN (the program), RESULTS
# (ddpinn_results), MPIEXEC, SOURCE (the repository), LIMIT (seconds that a command may take).
set -u
cases="$SOURCE/tests/cases"
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder" || exit 1
failures=0

# fail NAME: with what the last command printed
fail() {
  printf 'FAILED: %s\n' "$1"
  sed 's/^/    /' output
  failures=$((failures + 1))
}

# within_limit COMMAND...: ends a command that hangs
limit=${LIMIT:-60}
within_limit() { timeout "$limit" "$@"; }

# expect NAME STATUS TEXT COMMAND...: the command ends with this status and prints the text (on either stream)
expect() {
  local name=$1 status=$2 text=$3
  shift 3
  "$@" > output 2>&1
  local got=$?
  [ "$got" -eq "$status" ] || fail "$name: status $got, not $status"
  grep -qF -- "$text" output || fail "$name: \"$text\" was not printed"
}

# expect_text NAME TEXT: the last command printed this too
expect_text() { grep -qF -- "$2" output || fail "$1: \"$2\" was not printed"; }

# expect_once NAME TEXT: the last command printed it on one line only
expect_once() {
  local count
  count=$(grep -cF -- "$2" output)
  [ "$count" -eq 1 ] || fail "$1: \"$2\" was printed $count times"
}

# expect_file FILE...: there and not empty
expect_file() { for file; do [ -s "$file" ] || fail "there is no $file"; done; }

# result KEY: of the last run's result lines
result() { sed -n "s/^result: .*\b$1=\([^ ]*\).*/\1/p" output | head -n 1; }

# at_most NAME NUMBER BOUND: as floating-point numbers
at_most() { awk -v a="$2" -v b="$3" 'BEGIN { exit !(a != "" && a + 0 == a + 0 && a + 0 <= b + 0) }' || fail "$1: $2 is not at most $3"; }

# program ARGUMENT...: on one rank, without mpirun
program() { within_limit "$DDPINN" "$@"; }

# run RANKS CASE [OPTION...]: without pictures
run() {
  local ranks=$1 case=$2
  shift 2
  within_limit "$MPIEXEC" -n "$ranks" "$DDPINN" run "$case" --set output.pictures=false "$@"
}

# skip REASON: the test needs what is not here
skip() {
  printf 'skipped: %s\n' "$1"
  exit 77
}

finish() { [ "$failures" -eq 0 ]; exit; }
