# SPDX-FileCopyrightText: 2026 The ddpinn authors
# SPDX-License-Identifier: BSD-3-Clause
# Cases with mistakes in them get a message or are run: no crash, no hang, no exception that nobody caught. The mistakes
# are the same in every run. MUTANTS=2000 tries more of them, FIRST=1000 others.
. "$SOURCE/tests/cases/support.sh"
cp "$cases"/*.toml .

# Small numerics, so that what mistakes leave of a case is solved at once.
small=(--quiet --set output.directory=out --set output.pictures=false --set 'output.grid=[5]' --set 'network.hidden=[8]'
  --set 'decomposition.subdomains=[2]' --set solver.time_limit=5 --set solver.max_iterations=3)

# tried SEED COMMAND...: whether it ends by itself, orderly, and says something
tried() {
  local seed=$1
  shift
  timeout "$limit" "$@" > output 2>&1 < /dev/null
  local status=$?
  [ "$status" -le 5 ] || fail "mutant $seed: status $status of ${*:2:1}"
  [ -s output ] || fail "mutant $seed: nothing was printed"
  ! grep -qE "report (this|it)|terminate called|std::|basic_string" output || fail "mutant $seed: an error of the program"
  return "$status"
}

for ((seed = ${FIRST:-1}; seed < ${FIRST:-1} + ${MUTANTS:-200}; ++seed)); do
  "$MUTATE" "$seed" heat_data.toml linear.toml nonlinear.toml slabs.toml > mutant.toml
  tried "$seed" "$DDPINN" check mutant.toml && tried "$seed" "$DDPINN" run mutant.toml "${small[@]}"
done
finish
