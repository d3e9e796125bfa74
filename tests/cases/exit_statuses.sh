# SPDX-FileCopyrightText: 2026 The ddpinn authors
# SPDX-License-Identifier: BSD-3-Clause
# Every way in which a run ends, but by a signal or the time limit (stopping.sh), and that all ranks end.
. "$SOURCE/tests/cases/support.sh"
cp "$cases/linear.toml" "$cases/nonlinear.toml" .

expect "a solved case is success" 0 "result: field=u" program run linear.toml --set output.pictures=false
expect "a solved case is success on several ranks" 0 "converged" run 3 linear.toml
expect_once "one rank speaks" "result: field=u l2_relative"
expect_once "and tells the estimated error" "result: field=u estimated_error"
expect "a solved nonlinear case is success" 0 "converged" run 2 nonlinear.toml
expect "--quiet leaves the results" 0 "result: iterations=" run 2 linear.toml --quiet
[ "$(grep -vc '^result: ' output)" -eq 0 ] || fail "--quiet prints the results only"

expect "a mistyped option is a usage error" 1 "--quite" program run linear.toml --quite
expect "a mistyped option is a usage error on several ranks" 1 "--quite" run 2 linear.toml --quite

expect "too few iterations are no success" 3 "not converged" run 2 linear.toml --set solver.krylov.max_iterations=2
expect_text "which limit it was is told" "2 Krylov iterations reached"
expect_text "the state is told all the same" "result: field=u"
expect "too few Gauss-Newton steps are no success" 3 "solver.max_iterations" \
  run 2 nonlinear.toml --set solver.max_iterations=1

sed 's/residual = "u_xx + u_yy/residual = "0*sqrt(0.9 - x) + u_xx + u_yy/' linear.toml > nan.toml
expect "NaN ends a run" 3 "the residual of 'poisson' is" program run nan.toml --set output.pictures=false
expect_text "with its place" "at the point (0.9"
expect "NaN on the last of the ranks ends all" 3 "the residual of 'poisson' is" run 3 nan.toml
expect_once "one rank tells it" "the residual of 'poisson' is"
sed 's/residual = "u_xx + u_yy/residual = "0*sqrt(x - 0.1) + u_xx + u_yy/' linear.toml > nan.toml
expect "NaN on the first of the ranks ends all" 3 "the residual of 'poisson' is" run 3 nan.toml
expect_once "one rank tells it" "the residual of 'poisson' is"

expect "a case that is not there is an input error" 4 "nosuch.toml" run 2 nosuch.toml
touch occupied
expect "a folder that can't be made is an output error" 4 "occupied/results" \
  run 2 linear.toml --set 'output.directory="occupied/results"'
expect_once "one rank tells it" "the output folder can't be created"
mkdir -p blocked/fields.h5/full
expect "a file that can't be written is an output error" 4 "fields.h5" run 2 linear.toml --set 'output.directory="blocked"'
mkdir -p unfinished/summary.json
expect "a summary that can't be written is an output error" 4 "summary.json" \
  run 2 linear.toml --set 'output.directory="unfinished"'
finish
