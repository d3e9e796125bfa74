# SPDX-FileCopyrightText: 2026 The ddpinn authors
# SPDX-License-Identifier: BSD-3-Clause
# What is wrong with a case reaches its user, once, with the place and what to do.
. "$SOURCE/tests/cases/support.sh"

# One file for each part of the reader; tests/problem has them all.
for name in unknown_key many_errors toml_syntax equation_syntax shapes_leave_nothing points_too_few reference_columns; do
  cp "$SOURCE/tests/config/$name".* .
  expect "$name" 2 "error: $name.toml:" program check "$name.toml"
  sed 's/^error: //' output | cmp -s - "$SOURCE/tests/config/$name.expected" || fail "$name: not the expected message"
done

expect "an unknown key finds the one that was meant" 2 "did you mean 'interior'" program run unknown_key.toml
expect "on several ranks too" 2 "did you mean 'interior'" within_limit "$MPIEXEC" -n 2 "$DDPINN" run unknown_key.toml
expect_once "and once" "did you mean 'interior'"
[ -e results ] && fail "a wrong case leaves no folder"

cp "$cases/linear.toml" .
expect "a key of --set is checked" 2 "did you mean 'interior'" program check linear.toml --set points.interier=8
expect_text "and its place is told" "--set points.interier=8"
expect "a value of --set is checked" 2 "network.activation" program check linear.toml --set 'network.activation="thanh"'
expect "--set without a value is told" 2 "KEY=VALUE" program check linear.toml --set points
expect "check takes no results for granted" 0 "subdomains             12 (4 x 3)" program check linear.toml --ranks 3
expect_text "check tells the ranks" "Of 3 ranks, each"
expect_text "check tells the memory" "memory at its peak"
expect "check warns of idle ranks" 0 "warning: there are 12 subdomains for 13 ranks" program check linear.toml --ranks 13
late=(--set output.checkpoint.every=60)
expect "check remarks on what has no effect" 0 "warning: --set output.checkpoint.every=60: 'output.checkpoint' has no effect" \
  program check linear.toml "${late[@]}"
expect "a run remarks on it" 0 "'output.checkpoint' has no effect in this version" run 2 linear.toml --quiet "${late[@]}"
expect_once "and once" "'output.checkpoint' has no effect"
interface=(--set decomposition.coupling=interface)
expect "check tells what the interface coupling sends" 0 "One outer iteration of the interface coupling" \
  program check linear.toml --ranks 2 "${interface[@]}"
expect_text "and its traces" "trace unknowns"
first_order=(--set 'equation=[{name="drift", residual="u_x + u_yy"}]')
expect "an equation that does not fit it is refused" 2 "'u' has no more than 1 derivative by x" \
  program check linear.toml "${interface[@]}" "${first_order[@]}"
expect "before a run does anything" 2 "use coupling = \"windowed\"" run 2 linear.toml --quiet "${interface[@]}" "${first_order[@]}"
expect "help explains every key of a case file" 0 "solver.krylov.preconditioner" program help case
expect "the version is told" 0 "PETSc: " program --version
expect "an option of PETSc that nobody asks for is told" 0 "-nonsense" run 2 linear.toml -- -nonsense 3
finish
