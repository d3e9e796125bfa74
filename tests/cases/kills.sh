# SPDX-FileCopyrightText: 2026 The ddpinn authors
# SPDX-License-Identifier: BSD-3-Clause
# Runs that are killed, stopped or asked for checkpoints at random moments go on, and leave the same solution.h5, byte for
# byte, as a run that nobody disturbed. KILLS: times for each case and kind (1); SEED: of the moments; CASES: of linear,
# nonlinear, slabs, trained, traces, unknowns and fitted; EVERY: seconds between checkpoints; RANKS (2).
. "$SOURCE/tests/cases/support.sh"
RANDOM=${SEED:-1}
kills=${KILLS:-1}
ranks=${RANKS:-2}
kinds=${KINDS:-"one all TERM USR1 USR2"}
names=${CASES:-slabs}

cat > slabs.toml <<'END'
[domain]
coordinates = ["x", "t"]
lower = [-1, 0]
upper = [1, 0.4]
[[equation]]
residual = "u_t + u*u_x - 0.05*u_xx"
[[condition]]
on = ["t.lower"]
residual = "u + sin(pi*x)"
[[condition]]
on = ["x.lower", "x.upper"]
residual = "u"
[decomposition]
subdomains = [6, 1]
[network]
hidden = [40]
[time]
slabs = 25
END
# Many iterations, for the checkpoints within them.
cat > linear.toml <<'END'
[domain]
coordinates = ["x", "y"]
lower = [0, 0]
upper = [1, 1]
[[equation]]
residual = "u_xx + u_yy + 2*pi**2*sin(pi*x)*sin(pi*y)"
[[condition]]
on = ["boundary"]
residual = "u"
[decomposition]
subdomains = [8, 8]
[network]
hidden = [30]
scale = 1
[solver]
tolerance = 1e-8
[solver.krylov]
preconditioner = "block"
END
cat > trained.toml <<'END'
[domain]
coordinates = ["x", "y"]
lower = [0, 0]
upper = [1, 1]
[[equation]]
residual = "u_xx + u_yy - u**3 + 2*pi**2*sin(pi*x)*sin(pi*y) + (sin(pi*x)*sin(pi*y))**3"
[[condition]]
on = ["boundary"]
residual = "u"
[decomposition]
subdomains = [2, 2]
[points.refine]
every = 4
[network]
hidden = [8, 8]
[solver]
method = ["adam", "lbfgs", "gauss-newton"]
max_iterations = 40
END
sed -e '/^\[points.refine\]/,/^every/d' -e 's/^subdomains.*/subdomains = [6, 6]\ncoupling = "interface"/' -e 's/hidden.*/hidden = [120]/' \
  -e '/^\[solver\]/,$d' trained.toml > traces.toml
sed -e '/^coupling/d' -e 's/^subdomains.*/subdomains = [4, 4]/' -e 's/hidden.*/hidden = [40]/' traces.toml > nonlinear.toml
cat > unknowns.toml <<'END'
[domain]
coordinates = ["x", "t"]
lower = [0, 0]
upper = [1, 1]
[unknowns]
a = { initial = 0.3, lower = 1e-3, upper = 10 }
[[equation]]
residual = "u_t - a*u_xx"
[[condition]]
on = ["t.lower"]
residual = "u - sin(pi*x)"
[[condition]]
on = ["x.lower", "x.upper"]
residual = "u"
[[data]]
values = { u = "exp(-0.1*pi**2*t)*sin(pi*x)" }
points = 60
noise = 0.01
[decomposition]
subdomains = [6, 6]
[network]
hidden = [60]
END
sed -n '1,/^noise/p' unknowns.toml > fitted.toml
printf '[decomposition]\nsubdomains = [2, 1]\n[network]\nhidden = [30]\n[time]\nslabs = 6\n' >> fitted.toml

# begin CASE [OPTION...]: in the background
begin() {
  local case=$1
  shift
  timeout 300 "$MPIEXEC" -n "$ranks" bash -c 'echo $$ > pid.$OMPI_COMM_WORLD_RANK; exec "$@"' bash "$DDPINN" run "../$case.toml" \
    --quiet --set output.pictures=false --set 'output.directory="out"' --set "output.checkpoint.every=\"${EVERY:-0.2}s\"" "$@" > output 2>&1 &
  started=$!
}

# disturb KIND: what is under way
disturb() {
  case $1 in
    one) kill -9 "$(cat pid.$((RANDOM % ranks)))" ;;
    all) kill -9 $(cat pid.*) ;;
    *) kill -"$1" "$(cat pid.$((RANDOM % ranks)))" ;;
  esac 2> /dev/null
}

# resume CASE: until the run has ended by itself
resume() {
  local status=5
  for _ in 1 2 3; do
    if [ -e out/checkpoints/latest ]; then begin "$1" --restart latest; else begin "$1"; fi
    wait "$started"
    status=$?
    [ $status -eq 5 ] || break
  done
  return $status
}

counted=0
restarted=0
for case in $names; do
  mkdir -p "$case.whole"
  cd "$case.whole" || exit 1
  before=$(date +%s%N)
  begin "$case"
  wait "$started" || fail "$case: the undisturbed run has status $?"
  length=$((($(date +%s%N) - before) / 1000000))
  cd ..
  for kind in $kinds; do
    for n in $(seq "$kills"); do
      mkdir -p "$case.$kind.$n"
      cd "$case.$kind.$n" || exit 1
      begin "$case"
      # One of four dies at any moment, perhaps before it has a checkpoint; the others do when they have one.
      if [ $((RANDOM % 4)) -eq 0 ] && { [ "$kind" = one ] || [ "$kind" = all ]; }; then
        sleep "$(awk -v r=$RANDOM -v l=$length 'BEGIN { print (0.2 + 0.7*r/32768)*l/1000 }')"
      else
        while kill -0 "$started" 2> /dev/null && [ ! -e out/checkpoints/latest ]; do sleep 0.02; done
        sleep "$(awk -v r=$RANDOM -v l=$length 'BEGIN { print 0.3*r/32768*l/1000 }')"
      fi
      disturb "$kind"
      wait "$started"
      status=$?
      if [ "$status" -ne 0 ]; then
        [ -e out/checkpoints/latest ] && restarted=$((restarted + 1))
        resume "$case" || fail "$case, $kind: status $? after it went on"
      fi
      grep -q "the checkpoint before it is taken" output && fail "$case, $kind: a checkpoint is damaged"
      cmp -s out/solution.h5 "../$case.whole/out/solution.h5" || fail "$case, $kind: the solution differs"
      counted=$((counted + 1))
      cd ..
      rm -rf "$case.$kind.$n"
    done
  done
done
printf '%s disturbed runs, %s went on from a checkpoint\n' "$counted" "$restarted" | tee output
[ "$restarted" -gt 0 ] || fail "no run went on from a checkpoint"
finish
