# SPDX-FileCopyrightText: 2026 The ddpinn authors
# SPDX-License-Identifier: BSD-3-Clause
# Every case of the project can be planned, and smaller versions of them solve to a bound of the error.
. "$SOURCE/tests/cases/support.sh"

for path in "$SOURCE"/apps/cases/*.toml; do
  expect "check $(basename "$path")" 0 "memory at its peak" program check "$path" --ranks 4
done

# solve CASE BOUND KEY=VALUE...: the relative L2 error of the first field is at most the bound. Smaller versions that
# do not resolve the solution to a percent end with status=3.
solve() {
  local case=$1 bound=$2 options=()
  shift 2
  for setting; do options+=(--set "$setting"); done
  expect "$case" "${status:-0}" "result: field=" run 2 "$SOURCE/apps/cases/$case.toml" --quiet \
    --set "output.directory=\"$case\"" "${options[@]}"
  echo "$case: l2_relative=$(result l2_relative) iterations=$(result iterations)"
  at_most "$case: error" "$(result l2_relative)" "$bound"
}

solve oscillator 1e-7
solve fbpinn_cos15 1e-7
solve poisson_3d 1e-2 'decomposition.subdomains=[2, 2, 2]' points.interior=6 points.boundary=6 'network.hidden=[60]' \
  'output.grid=[17, 17, 17]'
solve multiscale_laplace 1e-2 'decomposition.subdomains=[8, 8]' points.interior=10 points.boundary=10 \
  'network.hidden=[60]' 'output.grid=[65, 65]'
solve helmholtz 1e-4 parameters.k=7.6 'decomposition.subdomains=[5, 5]' points.interior=10 points.boundary=10 \
  'network.hidden=[60]' 'output.grid=[65, 65]'
solve advection_diffusion_periodic 1e-3 'decomposition.subdomains=[5, 4]' 'network.hidden=[50]' 'output.grid=[65, 65]'
solve poisson_discs 5e-3 'decomposition.subdomains=[7, 7]' points.interior=10 points.boundary=10 'network.hidden=[60]' \
  'output.grid=[65, 65]'
status=3 solve heat_multiscale 1e-1 'decomposition.subdomains=[12, 1, 2]' points.interior=7 points.boundary=7 \
  'network.hidden=[100]' 'output.grid=[41, 17, 17]'
status=3 solve wave_2d 1e-1 'decomposition.subdomains=[4, 4, 2]' points.interior=6 points.boundary=6 'network.hidden=[80]' \
  'output.grid=[17, 17, 9]'
solve burgers 5e-3 time.slabs=4 points.interior=9 points.boundary=9 network.polynomial_degree=7 'output.grid=[81, 41]'
status=3 solve fbpinn_cos15_adam 0.1 solver.max_iterations=300
solve poisson_2d_trained 2e-2 solver.max_iterations=6 network.scale=1 'network.hidden=[12, 12]' points.interior=12
# Sums of Gauss-Newton increments end at 2e-5 here (docs/mathematics.md, section 7).
solve kovasznay 1e-6 'decomposition.subdomains=[2, 2]' 'domain.upper=[0, 0.5]' points.interior=14 points.boundary=14 \
  'network.hidden=[80]' network.polynomial_degree=2 network.scale=1 'output.grid=[41, 41]'
solve inverse_heat 1e-2 'output.grid=[17, 17]'
at_most "inverse_heat: kappa" "$(result value)" 0.1016  # four standard errors
expect_text "inverse_heat" "data_rows=200"
solve biharmonic_plate 1e-4 'decomposition.subdomains=[2, 2]' 'output.grid=[21, 21]'
finish
