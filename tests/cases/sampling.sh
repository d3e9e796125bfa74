# SPDX-FileCopyrightText: 2026 The ddpinn authors
# SPDX-License-Identifier: BSD-3-Clause
# A solution is evaluated anywhere after the run, on any number of ranks, and pages tell of it.
. "$SOURCE/tests/cases/support.sh"
cp "$cases/linear.toml" "$cases/slabs.toml" .

sample() {
  local ranks=$1
  shift
  within_limit "$MPIEXEC" -n "$ranks" "$DDPINN" sample "$@"
}

expect "a run" 0 "result: field=u" within_limit "$MPIEXEC" -n 2 "$DDPINN" run linear.toml
expect_file linear/fields.vtkhdf

# The same values on every number of ranks, and those of the solution with its derivatives.
for ranks in 1 2 3; do
  expect "a grid on $ranks ranks" 0 "points=77 without_value=0 quantities=3" sample "$ranks" linear --grid 11,7 \
    --quantity u --quantity "force=-u_xx - u_yy" --quantity "u_xxy*0 + atan2(y, x)" --output "grid$ranks.csv"
done
cmp -s grid1.csv grid3.csv || awk -F, 'NR == FNR { for (i = 1; i <= NF; ++i) a[FNR, i] = $i; next }
  FNR > 1 { for (i = 1; i <= NF; ++i) { d = $i - a[FNR, i]; if (d*d > 1e-16) exit 1 } }' grid1.csv grid3.csv ||
  fail "other values on three ranks"
[ "$(head -n 1 grid2.csv)" = 'x,y,u,force,"u_xxy*0 + atan2(y, x)"' ] || fail "the header: $(head -n 1 grid2.csv)"
awk -F, -v pi=3.14159265358979 'NR > 1 { e = $3 - sin(pi*$1)*sin(pi*$2); f = $4 - 2*pi^2*sin(pi*$1)*sin(pi*$2);
  if (e*e > 1e-5 || f*f > 0.3 || $5 - atan2($2, $1) > 1e-12) exit 1 }' grid2.csv || fail "values and derivatives on the grid"

expect "a line" 0 "points=5" sample 2 linear/solution.h5 --line 0,0.5 1,0.5 5 --output line.csv
[ "$(cut -d, -f1,2 line.csv | tr '\n' ' ')" = "x,y 0,0.5 0.25,0.5 0.5,0.5 0.75,0.5 1,0.5 " ] || fail "the points of the line"
expect "a plane" 0 "points=4" sample 1 linear --grid 4 --plane y=0.25 --output plane.csv
awk -F, 'NR > 1 && $2 != 0.25 { exit 1 }' plane.csv || fail "the points of the plane"
printf 'y,x\n0.5,0.5\n7,0.5\n' > points.csv
expect "points of a file, one of them outside" 0 "0.5,7,nan" sample 2 linear --points points.csv --output -
expect "samples as HDF5" 0 "points=25" sample 2 linear --grid 5 --output grid.h5
sed 's/^\[exact\]/[reference]/; s/^u = "sin.*/file = "grid.h5"/' linear.toml > again.toml
expect "samples are a reference" 0 "points=25" run 2 again.toml --set output.directory=again
at_most "the same case again is near its samples" "$(result l2_relative)" 1e-6
expect "samples for VTK" 0 "file=grid.vtkhdf" sample 3 linear --grid 6 --output grid.vtkhdf
expect "points for VTK" 0 "file=line.vtkhdf" sample 2 linear --line 0,0 1,1 9 --output line.vtkhdf

expect "slabs" 0 "result:" run 2 slabs.toml
expect "samples in all slabs" 0 "without_value=0" sample 2 results/slabs --grid 7,9 --output slabs.csv
awk -F, -v pi=3.14159265358979 'NR > 1 { e = $3 - sin(pi*$1)*cos(pi*$2); if (e*e > 1e-4) exit 1 }' slabs.csv || fail "values in slabs"

# What is wrong is told.
expect "nowhere" 1 "give exactly one" sample 2 linear
expect "a mistyped coordinate" 1 "fixes nothing" sample 1 linear --grid 5 --plane z=1
expect "a mistyped expression" 2 "unknown name" sample 2 linear --grid 5 --quantity v
expect "an unknown format" 1 "which say the format" sample 1 linear --grid 5 --output grid.txt
expect "no solution" 4 "can't be read" sample 2 nowhere --grid 5
head -c 3000 linear/solution.h5 > cut.h5
expect "a solution that is cut short" 4 "use another copy" sample 2 cut.h5 --grid 5

# Pages.
expect "a page about a run" 0 "linear/report.html" program report linear
for text in "Converged" "relative L2 error" "<svg" "data:image/png;base64" "poisson" "Where the time went"; do
  grep -qF "$text" linear/report.html || fail "the page lacks: $text"
done
! grep -qE '(src|href)="?(https?:)?//' linear/report.html || fail "the page needs something from elsewhere"
expect "a page of two runs" 0 "two.html" program compare linear results/slabs --output two.html
grep -qF "results/slabs" two.html || fail "a run is missing in the comparison"
expect "no run" 4 "there is no summary of a run" program report .
finish
