# SPDX-FileCopyrightText: 2026 The ddpinn authors
# SPDX-License-Identifier: BSD-3-Clause
# The files of a run are there and whole, and say what its result lines say.
. "$SOURCE/tests/cases/support.sh"
cp "$cases/linear.toml" "$cases/nonlinear.toml" .

expect "a run" 0 "result: field=u" within_limit "$MPIEXEC" -n 2 "$DDPINN" run linear.toml
expect_file linear/{solution.h5,fields.h5,fields.xdmf,summary.json,history.csv,original.toml,resolved.toml}
[ -n "$(ls linear/*.png linear/*/*.png 2> /dev/null)" ] || fail "there is no picture"
cmp -s linear.toml linear/original.toml || fail "original.toml is not the case"
[ -z "$(find linear -name '*.tmp*' -o -name '*.partial*')" ] || fail "a temporary file is left"
cp output first

# same NAME KEY PATH: a number of the result lines, rounded as printed, is that of the summary
same() {
  local printed stored
  printed=$(sed -n "s/^result: .*\b$2=\([^ ]*\).*/\1/p" first | head -n 1)
  stored=$("$RESULTS" summary linear/summary.json "$3" 2>&1)
  awk -v a="$printed" -v b="$stored" 'BEGIN { d = a - b; exit !(d*d <= (1e-3*b)^2 + 1e-4) }' ||
    fail "$1: $2 is $printed in the result line, and $stored in summary.json"
}
same "the error" l2_relative errors/0/l2_relative
same "the largest error" linf errors/0/linf
same "the points" points errors/0/points
same "the iterations" iterations iterations
same "the ranks" ranks ranks
same "the subdomains" subdomains subdomains
same "the unknowns" unknowns unknowns
same "the seconds" seconds seconds
[ "$("$RESULTS" summary linear/summary.json converged)" = true ] || fail "summary.json does not say: converged"
[ "$("$RESULTS" summary linear/summary.json title)" = "A small linear case" ] || fail "summary.json has not the title"
[ "$("$RESULTS" summary linear/summary.json errors/0/points)" = 425 ] || fail "the error is not that of 25 x 17 points"
at_most "the peak of the memory" 1e6 "$("$RESULTS" summary linear/summary.json peak_memory_bytes)"

columns="u u_exact u_error u_estimated_error residual_poisson subdomain rank"
[ "$("$RESULTS" sizes linear/fields.h5 $columns 2>&1)" = "425 425 425 425 425 425 425" ] || fail "fields.h5 is not whole"
at_most "u near u_exact" "$(awk '/^result: field/ { sub(".*linf=", ""); print $1 }' first)" 1e-2

[ "$(head -n 1 linear/history.csv)" = "nonlinear,krylov,residual,objective,seconds" ] || fail "the history's header"
[ "$(tail -n +2 linear/history.csv | wc -l)" -gt "$("$RESULTS" summary linear/summary.json iterations)" ] ||
  fail "the history has a line for each iteration, and one for the start"
awk -F, 'NR > 1 && NF != 5 { exit 1 }' linear/history.csv || fail "the history has five columns"
awk -F, 'END { exit !($3 <= 1e-10) }' linear/history.csv || fail "the history ends at the tolerance"

expect "the resolved case gives the same run" 0 "result: field=u" run 2 linear/resolved.toml --set 'output.directory="again"'
at_most "the resolved case gives the same field" "$("$RESULTS" difference u linear/fields.h5 again/fields.h5)" 1e-8
expect "a run replaces the files of an earlier one" 0 "result: field=u" run 2 linear.toml --set 'output.grid=[5, 5]'
[ "$("$RESULTS" sizes linear/fields.h5 u)" = 25 ] || fail "fields.h5 is the earlier one"

expect "a run without fields on the grid" 0 "result: field=u" program run linear.toml --set output.fields=false --set 'output.directory="bare"'
expect_file bare/{solution.h5,summary.json,history.csv,convergence.png}
[ -z "$(ls bare/fields.* bare/solution_*.png 2> /dev/null)" ] || fail "there are fields on the grid"

expect "a run of two fields" 0 "result: iterations=" run 2 nonlinear.toml
[ "$("$RESULTS" sizes nonlinear/fields.h5 u v residual_slope residual_curvature)" = "101 101 101 101" ] ||
  fail "both fields are in fields.h5"
[ "$("$RESULTS" summary nonlinear/summary.json errors)" = "[]" ] || fail "there are no errors without an exact solution"
finish
