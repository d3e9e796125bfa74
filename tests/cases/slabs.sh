# SPDX-FileCopyrightText: 2026 The ddpinn authors
# SPDX-License-Identifier: BSD-3-Clause
# Time slabs: every point of the output grid belongs to one, and starting values cross ranks.
. "$SOURCE/tests/cases/support.sh"

for n in 1 3; do
  expect "slabs on $n ranks" 0 "points=777" run "$n" "$cases/slabs.toml" --quiet --set "output.directory=\"slabs$n\""
  at_most "slabs on $n ranks: error" "$(result l2_relative)" 1e-6
  [ "$(result subdomains)" -eq 18 ] || fail "slabs on $n ranks: $(result subdomains) subdomains"
  [ "$(tail -n 1 "slabs$n/history.csv" | cut -d , -f 1)" -eq 3 ] || fail "slabs on $n ranks: history is not numbered on"
done
expect "one slab" 0 "points=777" run 1 "$cases/slabs.toml" --quiet --set time.slabs=1 --set output.directory='"one"'
finish
