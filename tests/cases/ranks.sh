# SPDX-FileCopyrightText: 2026 The ddpinn authors
# SPDX-License-Identifier: BSD-3-Clause
# The same case gives the same answer on every number of ranks, more than there are subdomains among them.
. "$SOURCE/tests/cases/support.sh"
cp "$cases/linear.toml" "$cases/nonlinear.toml" .

# A Gauss-Newton iteration that ends at rounding errors may take one step more or less.
spare() { [ "$1" = nonlinear.toml ] && echo 1000 || echo 2; }

# compare NAME CASE FIELD RANKS... -- OPTION...
compare() {
  local name=$1 case=$2 field=$3 counts=() iterations="" unknowns=""
  shift 3
  while [ "$1" != -- ]; do counts+=("$1"); shift; done
  shift
  for n in "${counts[@]}"; do
    expect "$name on $n ranks" 0 "ranks=$n" run "$n" "$case" --quiet --set "output.directory=\"$name.$n\"" "$@"
    if [ -z "$iterations" ]; then
      iterations=$(result iterations) unknowns=$(result unknowns) first=$name.$n
      continue
    fi
    at_most "$name: the field on $n ranks" "$("$RESULTS" difference "$field" "$first/fields.h5" "$name.$n/fields.h5")" 1e-8
    at_most "$name: more iterations on $n ranks" "$(result iterations)" $((iterations + $(spare "$case")))
    at_most "$name: fewer iterations on $n ranks" $((iterations - $(spare "$case"))) "$(result iterations)"
    [ "$(result unknowns)" -eq "$unknowns" ] || fail "$name: $(result unknowns) unknowns on $n ranks, not $unknowns"
  done
}

compare linear linear.toml u 1 2 3 4 8 --
compare periodic linear.toml u 1 3 4 -- --set 'domain.periodic=["x"]' --set 'exact={}'
compare nonlinear nonlinear.toml v 1 2 4 --
compare interface linear.toml u 1 3 8 -- --set decomposition.coupling=interface --set 'coarse.grid=[8, 8]'
compare idle linear.toml u 1 4 -- --set 'decomposition.subdomains=[3, 1]'
finish
