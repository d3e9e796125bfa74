# SPDX-FileCopyrightText: 2026 The ddpinn authors
# SPDX-License-Identifier: BSD-3-Clause
# Signals and the time limit stop a run in the middle: it tells so, and writes what it has.
. "$SOURCE/tests/cases/support.sh"
cp "$cases/linear.toml" "$cases/nonlinear.toml" .
# A solve that takes minutes: many subdomains, no preconditioner, and a tolerance that is out of reach.
endless=(--set 'solver.krylov.preconditioner="none"' --set solver.tolerance=1e-300 --set 'network.hidden=[10]'
         --set solver.krylov.max_iterations=100000000)
square=(--set 'decomposition.subdomains=[16, 16]' --set points.interior=5 --set points.boundary=5)
line=(--set 'decomposition.subdomains=[500]')

# start NAME RANKS CASE OPTION...: in the background, until its folder is there; then signals are noted
start() {
  local directory=$1 ranks=$2 case=$3
  shift 3
  timeout 60 "$MPIEXEC" -n "$ranks" bash -c 'echo $$ > pid.$OMPI_COMM_WORLD_RANK; exec "$@"' bash \
    "$DDPINN" run "$case" --quiet --set output.pictures=false --set "output.directory=\"$directory\"" "$@" > output 2>&1 &
  started=$!
  for _ in $(seq 300); do
    [ -s "$directory/resolved.toml" ] && return
    sleep 0.1
  done
  fail "$directory: the run did not start"
}

# expect_stopped NAME DIRECTORY: the run under way ends as stopped
expect_stopped() {
  wait "$started"
  local got=$?
  [ "$got" -eq 5 ] || fail "$1: status $got, not 5"
  expect_once "$1" "has been stopped"
  expect_text "$1" "result: iterations="
  expect_file "$2"/{fields.h5,fields.xdmf,summary.json,history.csv}
}

start usr2 2 linear.toml "${endless[@]}" "${square[@]}"
kill -USR2 "$(cat pid.1)"
expect_stopped "SIGUSR2 to one rank stops all" usr2

start term 2 linear.toml "${endless[@]}" "${square[@]}"
kill -TERM "$(cat pid.0)"
expect_stopped "SIGTERM to one rank stops all" term

start int 1 linear.toml "${endless[@]}" "${square[@]}"
kill -INT "$(cat pid.0)"
expect_stopped "SIGINT stops a run" int
expect_once "and tells what a second one does" "press Ctrl-C again to end at once"

start lsqr 1 linear.toml "${endless[@]}" "${square[@]}" --set 'solver.krylov.type="lsqr"'
kill -TERM "$(cat pid.0)"
expect_stopped "LSQR can be stopped" lsqr

start newton 2 nonlinear.toml "${endless[@]}" "${line[@]}"
kill -TERM "$(cat pid.0)"
expect_stopped "a nonlinear run can be stopped" newton

start adam 2 linear.toml --set 'solver.method="adam"' --set solver.max_iterations=100000000
sleep 1
kill -TERM "$(cat pid.0)"
expect_stopped "Adam can be stopped" adam

expect "the time limit stops a run" 5 "has been stopped" run 2 linear.toml "${endless[@]}" "${square[@]}" --set 'solver.time_limit="1s"'
expect_text "and it writes what it has" "result: iterations="

# A run that goes on and is stopped before it comes to anything new loses nothing.
state=$(ls -d term/checkpoints/checkpoint_*.h5 | tail -n 1)
expect "a run that went on is stopped at once" 5 "going on from" run 2 linear.toml "${endless[@]}" "${square[@]}" --restart "$state" \
  --set 'output.directory="again"' --set 'solver.time_limit="10ms"'
grep -qE "to go on: ddpinn run linear.toml --restart (term|again)/" output || fail "it does not tell how to go on once more"

# Slabs that take minutes, each some tenths of a second: the run ends between two, or within one.
cp "$cases/slabs.toml" .
many=(--quiet --set time.slabs=2000 --set solver.congruence=false --set 'output.grid=[21, 4001]')
expect "slabs that are left are not solved" 5 "has been stopped" run 2 slabs.toml "${many[@]}" --set 'output.directory="left"' \
  --set 'solver.time_limit="3s"'
expect_text "the end tells how far in time" "the fields are solutions up to t = 0."
expect_text "and what comes after" "and NaN after"
expect_text "results of what is solved are told" "result: field=u"
grep -qF '"converged": false' left/summary.json || fail "the summary of a run with slabs left says converged"
awk '/"solved_until"/ { found = $2 + 0 > 0 && $2 + 0 < 1 } END { exit !found }' left/summary.json || fail "the summary does not tell the time that was reached"
finish
