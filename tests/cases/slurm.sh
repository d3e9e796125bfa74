# SPDX-FileCopyrightText: 2026 The ddpinn authors
# SPDX-License-Identifier: BSD-3-Clause
# The script for SLURM, in a real SLURM of this one node, where it is installed and may be started: a chain of three jobs,
# two of which are told that their time is over, ends with the solution of a run that was never stopped.
. "$SOURCE/tests/cases/support.sh"
PATH="$PATH:/usr/sbin"
[ "$(id -u)" -eq 0 ] || skip "only root may start SLURM"
for tool in munged slurmctld slurmd sbatch; do
  command -v "$tool" > /dev/null || skip "there is no $tool (Debian: munge slurmctld slurmd slurm-client)"
done
node=$(hostname -s)
mkdir spool state munge bin whole chain
ln -s "$DDPINN" bin/ddpinn
export PATH="$folder/bin:$PATH" SLURM_CONF="$folder/slurm.conf"
cat > slurm.conf <<END
ClusterName=test
SlurmctldHost=$node(127.0.0.1)
SlurmctldPort=16817
SlurmdPort=16818
MpiDefault=pmix
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
ReturnToService=2
SlurmctldPidFile=$folder/slurmctld.pid
SlurmdPidFile=$folder/slurmd.pid
SlurmdSpoolDir=$folder/spool
StateSaveLocation=$folder/state
SlurmUser=root
SlurmdUser=root
AuthType=auth/munge
AuthInfo=socket=$folder/munge/socket
AccountingStorageType=accounting_storage/none
JobAcctGatherType=jobacct_gather/none
SelectType=select/cons_tres
SelectTypeParameters=CR_CPU
SlurmctldLogFile=$folder/slurmctld.log
SlurmdLogFile=$folder/slurmd.log
NodeName=$node NodeAddr=127.0.0.1 CPUs=2 State=UNKNOWN
PartitionName=all Nodes=ALL Default=YES MaxTime=INFINITE State=UP
END
head -c 1024 /dev/urandom > munge/key
chmod 400 munge/key

# The daemons, by the processes that they name in their files.
stop() {
  scancel --user=root --quiet 2> /dev/null
  for name in slurmd slurmctld munge/munged; do
    [ -s "$folder/$name.pid" ] && kill "$(cat "$folder/$name.pid")"
  done
  sleep 2
  rm -rf "$folder"
}
trap stop EXIT
munged --force --key-file="$folder/munge/key" --socket="$folder/munge/socket" --pid-file="$folder/munge/munged.pid" \
  --log-file="$folder/munge/log" --seed-file="$folder/munge/seed" > output 2>&1 || skip "munged does not start: $(cat output)"
slurmctld -f "$SLURM_CONF" && slurmd -f "$SLURM_CONF" || skip "SLURM does not start"
for _ in $(seq 40); do
  [ "$(sinfo -h -o %t 2> /dev/null)" = idle ] && break
  sleep 0.5
done
[ "$(sinfo -h -o %t)" = idle ] || skip "SLURM has no node: $(tail -n 3 slurmctld.log slurmd.log)"

# Each slab by itself, so that a job is still at work when it is told that its time is over.
slabs=(--set time.slabs=40 --set solver.congruence=false --set output.pictures=false --set 'output.grid=[9, 61]'
       --set 'output.checkpoint.every="0.1s"')
cp "$cases/slabs.toml" whole
cp "$cases/slabs.toml" chain
cd whole || exit 1
expect "an undisturbed run" 0 "result: field=u" timeout 300 "$MPIEXEC" -n 2 ddpinn run slabs.toml --quiet "${slabs[@]}"
cd ../chain || exit 1
expect "the script" 0 "sbatch slabs.job" ddpinn jobscript slabs.toml --tasks 2 --time 00:30:00 "${slabs[@]}"
expect "the job is taken" 0 "Submitted batch job" sbatch slabs.job
latest=results/slabs/checkpoints/latest
before=
stopped=0
for _ in $(seq 4800); do
  job=$(squeue -h -o %A -t running)
  [ -n "$(squeue -h)" ] || break
  now=$(cat $latest 2> /dev/null)
  if [ "$stopped" -lt 2 ] && [ -n "$job" ] && [ "$now" != "$before" ]; then
    scancel --signal=USR2 "$job"
    stopped=$((stopped + 1))
    while [ "$(squeue -h -o %A -t running)" = "$job" ]; do sleep 0.2; done
    before=$(cat $latest)
  fi
  sleep 0.05
done
jobs=$(find . -name 'slabs-*.log' | wc -l)
cat slabs-*.log > output
[ "$jobs" -eq 3 ] || fail "there were $jobs jobs, not 3"
cmp -s results/slabs/solution.h5 ../whole/results/slabs/solution.h5 || fail "the chain's solution is another one"
cd ..
finish
