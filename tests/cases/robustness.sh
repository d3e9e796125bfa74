# SPDX-FileCopyrightText: 2026 The ddpinn authors
# SPDX-License-Identifier: BSD-3-Clause
# What can go wrong around a run costs a message at the most: no hang, no crash, no result that belongs to another run.
. "$SOURCE/tests/cases/support.sh"
cp "$cases/linear.toml" .
plain=(--quiet --set output.pictures=false --set 'decomposition.subdomains=[2]')

# Where ranks see different things.
mkdir here there
cp linear.toml here
sed 's/\[4, 3\]/[5, 5]/; s/pi\*\*2/pi**3/' linear.toml > there/linear.toml
apart() { within_limit "$MPIEXEC" -n 1 -wdir "$PWD/here" "$DDPINN" "$@" : -n 2 -wdir "$PWD/there" "$DDPINN" "$@"; }
expect "ranks with other working directories and other cases" 0 "ranks=3" apart run linear.toml "${plain[@]}"
expect_file here/linear/{solution.h5,fields.h5,summary.json}
[ ! -e there/linear ] || fail "only rank 0 decides where results are"
at_most "the case is that of rank 0" "$(result l2_relative)" 1e-2
mkdir seen
expect "a solution that one rank does not find by its name" 0 "points=25" apart sample linear --grid 5 --output ../seen/a.csv

# Names of directories.
long=$(printf 'd%.0s' {1..200})/$(printf 'e%.0s' {1..200})
expect "a directory with a long name" 0 "ranks=2" run 2 linear.toml --set "output.directory=$long"
expect_file "$long/fields.h5"
expect "a name that is too long for any file" 2 "no name for a directory" \
  program run linear.toml --set "output.directory=$(printf 'd%.0s' {1..300})"

# One directory, two runs.
mkdir busy
exec 9> busy/run.lock
flock 9
printf 'process 12 on elsewhere' >&9
expect "a directory that another run writes to" 4 "another run writes to this folder (process 12 on elsewhere)" \
  run 2 linear.toml --set output.directory=busy
exec 9>&-
expect "the lock ends with its process" 0 "result: field=u" program run linear.toml "${plain[@]}" --set output.directory=busy
[ ! -e busy/run.lock ] || fail "the lock is left"
[ -z "$(find . -name '*.part')" ] || fail "a temporary file is left"

# A run that fails must not leave the results of the one before.
expect "a run that fails" 3 "error:" program run linear.toml "${plain[@]}" --set output.directory=busy \
  --set 'equation.0.residual="u_xx + u_yy + log(x - 2)"'
[ ! -e busy/fields.h5 ] || fail "the fields of the run before are left"
[ "$("$RESULTS" summary busy/summary.json converged)" = false ] || fail "the summary of the run before is left"

# Where standard output or the disk is full.
expect "standard output is full" 4 "standard output can't be written" bash -c '"$DDPINN" check linear.toml > /dev/full'
expect "help on a full disk" 4 "standard output can't be written" bash -c '"$DDPINN" help case > /dev/full'
limited() { (trap '' XFSZ; ulimit -f 8000; within_limit "$DDPINN" "$@"); }
expect "a disk that takes small files only" 4 "result: field=u" limited run linear.toml "${plain[@]}" \
  --set output.directory=small --set 'output.grid=[501]'
expect_file small/{summary.json,history.csv}
[ ! -e small/fields.h5 ] || fail "half of the fields are there"

# Texts of users.
printf 'title = "\\u001b[31mred\\u009b"\n' > coloured.toml
cat linear.toml | grep -v '^title' >> coloured.toml
expect "control characters in a title" 0 '\x1b[31mred' program run coloured.toml --set output.pictures=false
! grep -q "$(printf '\033')" output || fail "the title is printed as it is"
expect "control characters in a name" 4 'no\x1bsuch' program check "$(printf 'no\033such.toml')"
(printf '\xef\xbb\xbf' && cat linear.toml) > marked.toml
expect "a byte-order mark before a case" 0 "subdomains" program check marked.toml

# Numbers that are none, and links in the way.
expect "a tolerance that is not a number" 1 "-ksp_rtol is nan" program run linear.toml "${plain[@]}" -- -ksp_rtol nan
mkdir trap
echo mine > precious
for name in summary.json fields.h5 solution.h5 history.csv; do
  ln -s "$PWD/precious" "trap/$name.part"
done
mkfifo trap/resolved.toml.part
expect "links and pipes with the names of files to come" 0 "result: field=u" program run linear.toml "${plain[@]}" --set output.directory=trap
[ "$(cat precious)" = mine ] || fail "a link was followed"
finish
