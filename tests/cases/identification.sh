# SPDX-FileCopyrightText: 2026 The ddpinn authors
# SPDX-License-Identifier: BSD-3-Clause
# Data and unknowns in time slabs and by interface coupling, from the case to its files.
. "$SOURCE/tests/cases/support.sh"
cp "$cases/heat_data.toml" .
{ sed '/^\[parameters\]/d; /^a = /d' heat_data.toml; echo '[unknowns]'; echo 'a = { initial = 0.4, lower = 1e-3 }'; } > unknown.toml

# Noise of 1 % must not bend the fields, and every observation counts once.
expect "data in time slabs" 0 "data_rows=40" run 2 heat_data.toml --quiet
at_most "data in time slabs: error" "$(result l2_relative)" 1e-3

for n in 1 3; do
  expect "an unknown in time slabs on $n ranks" 0 "result: unknown=a" run "$n" unknown.toml --quiet --set "output.directory=\"slabs$n\""
  expect_text "with its observations" "data_rows=40"
  value=$(result value)
  at_most "an unknown in time slabs: deviation" "$(awk -v a="$value" -v s="$(result standard_error)" 'BEGIN { e = (a - 0.1)/s; print e < 0 ? -e : e }')" 3
  expect_file "slabs$n"/{solution.h5,fields.h5,fields.xdmf,summary.json,history.csv}
  [ "${first:=$value}" = "$value" ] || awk -v a="$first" -v b="$value" 'BEGIN { exit !(a - b < 1e-7 && b - a < 1e-7) }' ||
    fail "$n ranks find $value, not $first"
done
grep -q '"forward_solves": [1-9]' slabs1/summary.json || fail "the summary does not count solutions"

interface=(--set time.slabs=1 --set 'decomposition.subdomains=[2, 2]' --set 'decomposition.coupling="interface"')
expect "an unknown by interface coupling" 0 "result: unknown=a" run 2 unknown.toml "${interface[@]}"
expect_text "tells of each iteration" "iteration 1: a = 0.4 +- "

expect "check tells what it takes" 0 "fitted to 40 observations by 2 solutions an iteration" program check unknown.toml
expect "a bound that is active" 0 "value=0.2 " run 1 unknown.toml --quiet --set unknowns.a.lower=0.2
expect_text "is told" "at its lower bound 0.2"
expect "slabs that do not meet their equation are told" 3 "the equation 'heat' is not met" \
  run 2 unknown.toml --quiet --set 'network.hidden=[0]'
grep -q 'standard deviations of the data explain' output && fail "the same is told twice"
windowed=(--set time.slabs=1 --set 'decomposition.subdomains=[2, 2]' --set 'decomposition.coupling="windowed"')
expect "too few features bias what is found with the equations" 3 "times what the standard deviations of the data explain" \
  run 1 unknown.toml "${windowed[@]}" --set 'network.hidden=[20]' --set unknowns.a.initial=0.1
expect "enough do not" 0 "result: unknown=a" run 1 unknown.toml "${windowed[@]}"
grep -q 'standard deviations of the data explain' output && fail "a warning without need"
# 600 slabs for each iteration, which no machine solves in this time.
expect "the time limit stops a fit" 5 "has been stopped" run 2 unknown.toml --set 'solver.time_limit="10ms"' --set time.slabs=300 \
  --set solver.congruence=false --set 'output.directory="late"'
expect_text "and what it has is told" "result: unknown=a value=0.4 standard_error=inf"
grep -q 'is not determined' output && fail "an unknown that was not looked for is called undetermined"
expect_file late/{fields.h5,summary.json}
expect "a grid does not know unknowns" 2 "write its value into [parameters]" program reference unknown.toml
finish
