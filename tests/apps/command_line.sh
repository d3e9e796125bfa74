#!/bin/sh
# SPDX-FileCopyrightText: 2026 The ddpinn authors
# SPDX-License-Identifier: BSD-3-Clause
# Usage: command_line.sh PROGRAM MPIEXEC. Proves what the program prints and its exit status.
set -u
program=$1
mpiexec=$2
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder" || exit 1
failures=0

# expect NAME STATUS TEXT COMMAND...: the command ends with this status and prints the text (on either stream)
expect() {
  name=$1 status=$2 text=$3
  shift 3
  "$@" > output 2>&1
  got=$?
  if [ "$got" -ne "$status" ] || ! grep -qF -- "$text" output; then
    printf 'FAILED: %s: status %s (expected %s), expected text "%s", got:\n' "$name" "$got" "$status" "$text"
    cat output
    failures=$((failures + 1))
  fi
}

# expect_once NAME TEXT: the last command printed the text on one line only
expect_once() {
  count=$(grep -cF -- "$2" output)
  [ "$count" -eq 1 ] && return
  printf 'FAILED: %s: "%s" was printed %s times\n' "$1" "$2" "$count"
  failures=$((failures + 1))
}

printf 'title = "no domain"\nnonsense = 1\n' > wrong.toml

expect "--version tells all libraries" 0 "LibTorch: " "$program" --version
expect "--help names the commands" 0 "run" "$program" --help
expect "help names the options of run" 0 "--set" "$program" help
expect "help case lists the keys" 0 "domain.coordinates" "$program" help case
expect "help explains a command" 0 "Usage: ddpinn verify" "$program" help verify
expect "reference needs a case" 1 "CASE is required" "$program" reference
expect "verify names its grid" 0 "--grid" "$program" verify --help
expect "a grid of one cell is a usage error" 1 "--grid" "$program" reference wrong.toml --grid 1
expect "reference tells what is wrong with a case" 2 "nonsense" "$program" reference wrong.toml --grid 8
expect "no command is a usage error" 1 "error: A subcommand is required" "$program"
expect "an unknown command is a usage error" 1 "frobnicate" "$program" frobnicate
expect "a mistyped command finds the one that was meant" 1 "did you mean 'check'" "$program" chekc
expect "run without a case is a usage error" 1 "error: CASE is required" "$program" run
expect "check needs no less than one rank" 1 "--ranks" "$program" check wrong.toml --ranks 0
expect "a case that is not there is an input error" 4 "nosuch.toml" "$program" check nosuch.toml
expect "a wrong case is a case error that names the place" 2 "wrong.toml:" "$program" check wrong.toml
expect "a wrong case is the same error in a run" 2 "wrong.toml:" "$program" run wrong.toml

expect "watch needs a run" 4 "there is no summary of a run" "$program" watch .
printf '{ "stop_reason": "none", "title": "one" }' > summary.json
printf 'nonlinear,krylov,residual,objective,seconds\n1,0,1,nan,0\n1,1,1e-3,nan,0\n1,2,1e-6,nan,0\n1,3' > history.csv
expect "watch shows the last whole iteration" 0 "step 1, iteration 2: residual 1.000e-06" "$program" watch .
expect "watch tells that nobody works on it" 0 "no process is at work" "$program" watch .
rm summary.json history.csv

expect "all ranks end when the case is wrong" 2 "nonsense" "$mpiexec" -n 3 "$program" run wrong.toml
expect_once "one rank reports for all" "unknown key"
expect "usage errors come from rank 0" 1 "frobnicate" "$mpiexec" -n 3 "$program" frobnicate
expect_once "usage errors come from rank 0" "there is no command"
expect "help comes from rank 0" 0 "Usage:" "$mpiexec" -n 3 "$program" --help
expect_once "help comes from rank 0" "Usage:"

[ "$failures" -eq 0 ]
