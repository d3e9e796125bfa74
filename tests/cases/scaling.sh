# SPDX-FileCopyrightText: 2026 The ddpinn authors
# SPDX-License-Identifier: BSD-3-Clause
# Scaling studies: run by ddpinn, collected again, run by JUBE where it is installed.
. "$SOURCE/tests/cases/support.sh"
cp "$SOURCE/apps/cases/scaling_poisson_3d.toml" case.toml
small=(--set 'network.polynomial_degree=3' --set 'decomposition.subdomains=[2, 2, 2]' --set points.interior=5
  --set points.boundary=5 --set solver.tolerance=1e-6 --set 'output.grid=[5, 5, 5]' --set parameters.n=1)
study() { timeout 200 "$DDPINN" scaling case.toml "${small[@]}" --launcher "$MPIEXEC -n" "$@"; }

expect "a weak study" 0 "# Weak scaling of case" study --ranks 2,1,1 --mode weak --repeat 2 --directory weak
expect_text "it has a prediction" "## Prediction"
expect_text "and an error of the model" "| ranks | measured [s] | model [s] | error |"
expect_file weak/scaling.md weak/scaling.csv weak/model.csv weak/scaling.jsonl weak/scaling.png weak/model.png \
  weak/study.xml weak/point_1.sh weak/job.slurm.in weak/job.pbs.in weak/runs/ranks_2/repeat_2/machine.json
[ "$(wc -l < weak/scaling.csv)" -eq 5 ] || fail "a row for each of four runs"
awk -F, 'NR > 1 { print $1, $4 }' weak/scaling.csv | sort -u > sizes
printf '1 8\n2 16\n' | cmp -s - sizes || fail "twice the subdomains on twice the ranks: $(cat sizes)"
[ "$(awk -F, 'NR > 1 && $1 == 1 { print $10 }' weak/scaling.csv | sort -u)" = 0 ] || fail "one rank sends no messages"
[ "$(awk -F, 'NR > 1 && $1 == 2 && $10 > 0 && $11 > 0 && $12 > 0' weak/scaling.csv | wc -l)" -eq 2 ] || fail "two ranks send"

rm weak/scaling.md
expect "collected again, with a known network" 0 "Network: infiniband." within_limit "$DDPINN" scaling --collect weak \
  --network infiniband --to 1024 --no-pictures
expect_file weak/scaling.md
tail -n 1 weak/model.csv | grep -q '^1024,' || fail "the prediction goes to 1024 ranks"

expect "a study that is only written" 0 "jube run study.xml" study --ranks 1,2 --by none --directory written
[ ! -e written/runs ] || fail "a study that is only written runs nothing"
expect "a study without runs can't be collected" 4 "no results of runs" within_limit "$DDPINN" scaling --collect written
expect "weak ranks are multiples" 1 "no multiple" study --ranks 2,3 --mode weak --by none --directory odd
expect "neither case nor directory" 1 "there is neither a case nor --collect" within_limit "$DDPINN" scaling
expect "an unknown network" 1 "is no network" within_limit "$DDPINN" scaling --collect weak --network pigeons
expect "rates of this machine" 0 '"multiply_rate"' within_limit "$MPIEXEC" -n 2 "$DDPINN" machine

if command -v jube > /dev/null; then
  expect "the same by JUBE" 0 "# Strong scaling of case" study --ranks 1,2 --repeat 1 --by jube --directory byjube
  [ "$(wc -l < byjube/scaling.csv)" -eq 3 ] || fail "JUBE's runs are collected"
  (cd byjube && jube result jube -a > ../output 2>&1)
  expect_text "JUBE reads our result lines" "l2_relative"
fi
finish
