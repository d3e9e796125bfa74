# SPDX-FileCopyrightText: 2026 The ddpinn authors
# SPDX-License-Identifier: BSD-3-Clause
# `reference` and `verify`: a classical solution of a case, and what it says about that of the networks.
. "$SOURCE/tests/cases/support.sh"
cp "$cases/linear.toml" "$cases/nonlinear.toml" .

reference() { within_limit "$MPIEXEC" -n "$1" "$DDPINN" reference "${@:2}"; }
verify() { within_limit "$MPIEXEC" -n "$1" "$DDPINN" verify "${@:2}" --set output.pictures=false; }

expect "a case has a classical solution" 0 "result: field=u estimated_l2_relative=" \
  reference 1 linear.toml --grid 16 --output one.csv
expect "on several ranks too" 0 "ranks=3" reference 3 linear.toml --grid 16 --output three.csv
expect_once "one rank speaks" "result: field=u"
cp one.csv output
expect_text "the file names grid and error" "# estimated relative L2 error of u"
expect_text "the file names its columns" "x,y,u"
[ "$(grep -vc '^#' one.csv)" -eq $((1 + 17 * 17)) ] || fail "the file has a line per node"
paste -d , one.csv three.csv | awk -F , '!/#|u/ && ($3 - $6 > 1e-9 || $6 - $3 > 1e-9) { exit 1 }' ||
  fail "the number of ranks changes the solution"
expect "without --output it is in the output directory" 0 "linear/reference.csv" \
  reference 1 linear.toml --grid 8
sed '/^\[exact\]/,/^$/d' linear.toml > blind.toml
printf '\n[reference]\nfile = "one.csv"\n' >> blind.toml
expect "[reference] reads the file" 0 "points=289" within_limit "$DDPINN" run blind.toml --set output.pictures=false

expect "networks and grids agree" 0 "PASSED" verify 2 linear.toml --grid 32
expect_text "their errors are in a table" "grid 32x32"
expect_file linear/verify.csv linear/reference.csv
expect "for a nonlinear case too" 0 "PASSED" verify 1 nonlinear.toml --grid 32
sed -e 's/^\[\[equation\]\]/[[energy]]/' \
  -e 's|^residual = "u_xx + u_yy + \(.*\)"|density = "(u_x**2 + u_y**2)/2 - (\1)*u"|' linear.toml > energy.toml
expect "for an energy too, by finite elements" 0 "PASSED" verify 2 energy.toml --grid 32
# Second differences are exact for these solutions, so that the estimated error of the grid is rounding.
exact() { sed -e "s/^residual = \"u_xx.*/residual = \"u_xx + u_yy - ($2)\"/" -e "s/^residual = \"u\"/residual = \"u - ($1)\"/" \
  -e "s/^u = .*/u = \"$1\"/" linear.toml; }
exact 'x**2 - 3*y**2' '-4' > quadratic.toml
exact 'x**3 + y**3' '6*x + 6*y' > cubic.toml
expect "differences that are rounding agree" 0 "PASSED" verify 1 quadratic.toml --grid 16
expect_text "the bound is not rounding" "bound=1.000e-09"
expect "so do those that the tolerance leaves" 0 "PASSED" verify 1 cubic.toml --grid 16 --set solver.tolerance=1e-3
expect_text "the bound is ten tolerances" "bound=1.000e-02"
at_most "the tolerance was felt" 1e-9 "$(sed -n 's/^verify: field=u difference=\([^ ]*\).*/\1/p' output)"
expect "networks that are worse than the grid fail" 3 "FAILED" \
  verify 1 linear.toml --grid 64 --set network.hidden=[1]
expect "networks that have not converged fail" 3 "not converged" \
  verify 1 linear.toml --grid 16 --set solver.krylov.max_iterations=1

expect "a run looks back" 0 "a posteriori: equation=poisson residual_rms=" run 2 linear.toml --a-posteriori
expect_text "conditions too" "a posteriori: condition=walls"
expect_text "and compares the estimated error with the true one" "estimate_over_error="

expect "an odd number of cells is a usage error" 1 "multiple of 2" reference 1 linear.toml --grid 15
expect "so are numbers for other coordinates" 1 "3 numbers for 2 coordinates" \
  reference 2 linear.toml --grid 8,8,8
expect "no file is written where there is no folder" 4 "nowhere" \
  reference 1 linear.toml --grid 8 --output nowhere/reference.csv
expect "PETSc's options arrive" 0 "grid_" \
  within_limit "$DDPINN" reference linear.toml --grid 8 -- -grid_ksp_view
finish
