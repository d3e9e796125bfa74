# SPDX-FileCopyrightText: 2026 The ddpinn authors
# SPDX-License-Identifier: BSD-3-Clause
# Interfaces between materials: small versions of the cases solve to a bound of the error, the same on 1 and 3 ranks.
# Fields of an error of 4e-3 differ by 1e-8, at any tolerance of the solver: rounding in the compression.
. "$SOURCE/tests/cases/support.sh"

# solve CASE BOUND KEY=VALUE...: the relative L2 error of the first field is at most the bound
solve() {
  local case=$1 bound=$2 options=()
  shift 2
  for setting; do options+=(--set "$setting"); done
  for n in 1 3; do
    expect "$case on $n ranks" 0 "ranks=$n" run "$n" "$SOURCE/apps/cases/$case.toml" --quiet \
      --set "output.directory=\"$case.$n\"" "${options[@]}"
    echo "$case: l2_relative=$(result l2_relative) iterations=$(result iterations)"
    at_most "$case on $n ranks: error" "$(result l2_relative)" "$bound"
  done
  at_most "$case: the field on 3 ranks" "$("$RESULTS" difference u "$case.1/fields.h5" "$case.3/fields.h5")" 1e-7
}

solve checkerboard 1e-3 'decomposition.subdomains=[5, 5]' 'network.hidden=[40]' network.scale=0.7 'output.grid=[41, 41]'
solve circular_inclusion 1e-2 'decomposition.subdomains=[6, 6]' 'decomposition.breakpoints={}' points.interior=10 \
  points.boundary=10 'network.hidden=[40]' network.scale=0.7 'output.grid=[41, 41]'
# By the interface coupling: a local problem of each box, of all materials in it.
solve checkerboard 2e-3 decomposition.coupling=interface 'decomposition.subdomains=[5, 5]' network.scale=0.5 \
  'output.grid=[41, 41]'
solve circular_inclusion 1e-2 decomposition.coupling=interface network.scale=0.7 'network.hidden=[40]' points.interior=14 \
  points.boundary=14 'output.grid=[41, 41]'
finish
