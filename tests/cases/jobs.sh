# SPDX-FileCopyrightText: 2026 The ddpinn authors
# SPDX-License-Identifier: BSD-3-Clause
# A job script of a batch system, here one of a few lines: jobs follow each other until the run has converged, with
# the solution of a run that was never stopped.
. "$SOURCE/tests/cases/support.sh"
cp "$cases/slabs.toml" .
mkdir bin whole chain
ln -s "$DDPINN" bin/ddpinn
# What submits notes it. The first two jobs are told that their time is over once they have left a state.
printf '#!/bin/bash\necho "$@" >> submitted\n' > bin/sbatch
cp bin/sbatch bin/qsub
cat > bin/srun <<END
#!/bin/bash
latest=results/slabs/checkpoints/latest
before=\$(cat \$latest 2> /dev/null)
"$MPIEXEC" -n 2 bash -c 'echo \$\$ > pid.\$OMPI_COMM_WORLD_RANK; exec "\$@"' bash "\$@" &
if [ "\${SLURM_JOB_ID:-3}" -le 2 ]; then
  while kill -0 \$! 2> /dev/null && [ "\$(cat \$latest 2> /dev/null)" = "\$before" ]; do sleep 0.05; done
  kill -USR2 "\$(cat pid.0)" 2> /dev/null
fi
wait \$!
END
chmod +x bin/*
export PATH="$folder/bin:$PATH"
# Each slab by itself, so that a job is still at work when it is told that its time is over.
slabs=(--set time.slabs=40 --set solver.congruence=false --set output.pictures=false --set 'output.grid=[9, 61]'
       --set 'output.checkpoint.every="0.1s"')

cp slabs.toml whole
cd whole || exit 1
expect "an undisturbed run" 0 "result: field=u" within_limit srun ddpinn run slabs.toml --quiet "${slabs[@]}"
cd ..

cp slabs.toml chain
cd chain || exit 1
expect "a script for SLURM is written" 0 "sbatch slabs.job" program jobscript slabs.toml --nodes 2 --tasks 3 --time 00:20:00 "${slabs[@]}"
bash -n slabs.job || fail "the script is no script"
grep -qx '#SBATCH --nodes=2' slabs.job || fail "the script does not ask for two nodes"
jobs=0
status=5
while [ "$status" -ne 0 ] && [ "$jobs" -lt 20 ]; do
  rm -f submitted
  jobs=$((jobs + 1))
  SLURM_JOB_ID=$jobs timeout 100 bash slabs.job > output 2>&1
  status=$?
  [ -e submitted ] || break
  grep -q -- "--dependency=afterany:$jobs slabs.job" submitted || fail "the next job is submitted: $(cat submitted)"
  status=5
done
[ "$status" -eq 0 ] || fail "the chain ends with status $status"
[ "$jobs" -gt 1 ] || fail "there was one job only"
cmp -s results/slabs/solution.h5 ../whole/results/slabs/solution.h5 || fail "the chain's solution is another one"
printf '%s jobs\n' "$jobs"

expect "a script for PBS is written" 0 "qsub other.job" program jobscript slabs.toml --system pbs --output other.job --time 01:00:00
bash -n other.job || fail "the script is no script"
grep -q "solver.time_limit=3240" other.job || fail "the script sets no limit"
expect "a time that is none is told" 1 "HH:MM:SS" program jobscript slabs.toml --time tomorrow
expect "a case that is wrong is told" 2 "did you mean" program jobscript slabs.toml --set points.interier=8
finish
