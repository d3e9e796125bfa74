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
late=(--set 'coarse.grid=[4, 4]')
expect "check remarks on what has no effect" 0 "warning: --set coarse.grid=[4, 4]: 'coarse' has no effect" \
  program check linear.toml "${late[@]}"
expect "a run remarks on it" 0 "'coarse' has no effect" run 2 linear.toml --quiet "${late[@]}"
expect_once "and once" "'coarse' has no effect"
interface=(--set decomposition.coupling=interface)
expect "check tells what the interface coupling sends" 0 "One outer iteration of the interface coupling" \
  program check linear.toml --ranks 2 "${interface[@]}"
expect_text "and its traces" "trace unknowns"
first_order=(--set 'equation=[{name="drift", residual="u_x + u_yy"}]')
expect "an equation that does not fit it is refused" 2 "'u' has no more than 1 derivative by x" \
  program check linear.toml "${interface[@]}" "${first_order[@]}"
expect "before a run does anything" 2 "use coupling = \"windowed\"" run 2 linear.toml --quiet "${interface[@]}" "${first_order[@]}"
expect "a solution far from one is told" 3 "the equation 'poisson' is not met" run 2 linear.toml --quiet \
  --set 'network.hidden=[0]' --set 'decomposition.subdomains=[2, 2]'
expect_once "and once" "is not met"
expect "a field that is zero has no error" 0 "l2_relative=0.000e+00 linf=0.000e+00 l1_over_std=0.000e+00" run 1 linear.toml \
  --quiet --set 'equation=[{residual="u_xx + u_yy"}]' --set 'exact={u="0"}'
rm -rf linear
expect "help explains every key of a case file" 0 "solver.krylov.preconditioner" program help case
expect "the version is told" 0 "PETSc: " program --version

# Before anything costly starts: no folder is made.
rm -rf linear
refuse() { # NAME TEXT RANKS OPTION...
  local name=$1 text=$2 ranks=$3
  shift 3
  expect "$name" 1 "$text" run "$ranks" linear.toml -- "$@"
  expect_once "$name, once" "$text"
  [ -e linear ] && fail "$name: it has begun"
}
refuse "an option of PETSc that nobody asks for is refused" "nothing asks for -nonsense" 2 -nonsense 3
refuse "an unknown Krylov method is refused" "requested KSP type nosuch" 3 -ksp_type nosuch
refuse "a Krylov method that cannot be used is refused" "PETSc options -ksp_..." 1 -ksp_type gmres -pc_type jacobi
refuse "a value that is no number is refused" "abc" 1 -ksp_rtol abc
refuse "a kind of patches that does not exist is refused" "PETSc options -patch_kind" 2 -patch_kind nosuch
refuse "an unknown factorisation is refused" "PETSc options -coarse_..." 1 -coarse_pc_factor_mat_solver_type nosuch
refuse "an option of a solver that does not run is refused" "nothing asks for -direct_ksp_type" 1 -direct_ksp_type cg
refuse "a word that is no option is refused" "'cg' belongs to no option" 1 cg
expect "options that are right are accepted" 0 "converged" run 2 linear.toml -- -ksp_rtol 1e-9 -patch_kind vertex \
  -coarse_ksp_type cg -coarse_pc_type jacobi -coarse_ksp_rtol 1e-12 -memory_view
expect "an option in the environment that nobody asks for is told" 0 "-nonsense" \
  env PETSC_OPTIONS="-nonsense 3" "$MPIEXEC" -n 2 "$DDPINN" run linear.toml --set output.pictures=false
finish
