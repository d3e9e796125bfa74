# SPDX-FileCopyrightText: 2026 The ddpinn authors
# SPDX-License-Identifier: BSD-3-Clause
# What others make of a run's files: a browser of the page about it, ParaView of its fields, Python of its networks. What is
# not installed is left out (Debian: chromium, python3-paraview, python3-h5py).
. "$SOURCE/tests/cases/support.sh"
cp "$cases/linear.toml" .
expect "a run" 0 "result: field=u" within_limit "$MPIEXEC" -n 2 "$DDPINN" run linear.toml
expect "a page" 0 "report.html" program report linear
grep -q '"time_and_memory_by_rank"' linear/summary.json || fail "nothing is told of single ranks"
grep -q '<th>rank</th>' linear/report.html || fail "the page has no table of ranks"
found=

if command -v chromium > /dev/null; then
  found="$found chromium"
  # The title tells how many pictures there are, and how many could be drawn.
  sed 's#</body>#<script>onload = () => { const all = [...document.images]; document.title =\
    `pictures ${all.filter(i => i.naturalWidth > 100).length} of ${all.length}, plots ${document.querySelectorAll("svg polyline").length}`; }</script></body>#' \
    linear/report.html > page.html
  expect "a browser draws all pictures and the convergence" 0 "<title>pictures 1 of 1, plots 1</title>" timeout -k 1 120 chromium --headless=new \
    --no-sandbox --disable-gpu --enable-logging=stderr --user-data-dir="$folder/profile" --dump-dom "file://$folder/page.html"
  ! grep -q ":CONSOLE" output || fail "the browser's console has a message"
fi

# at_least VERSION: of ParaView
version=$(command -v pvpython > /dev/null && timeout -k 1 60 pvpython --version 2>&1 | sed -n 's/.*version \([0-9.]*\).*/\1/p')
at_least() { [ -n "$version" ] && [ "$(printf '%s\n%s\n' "$1" "$version" | sort -V | head -n 1)" = "$1" ]; }

# Older ones do not know the format.
if at_least 5.11; then
  found="$found paraview"
  cat > load.py <<'END'
import sys
from paraview.simple import *
reader = VTKHDFReader(FileName=sys.argv[1])
reader.UpdatePipeline()
data = servermanager.Fetch(reader)
u = data.GetPointData().GetArray("u")
print(data.GetClassName(), data.GetNumberOfPoints(), "largest %.3f" % u.GetRange()[1], "bounds", data.GetBounds()[:4])
END
  cat > cube.toml <<'END'
[domain]
coordinates = ["x", "y", "z"]
lower = [0, 0, 0]
upper = [1, 2, 3]
[[equation]]
residual = "u_xx + u_yy + u_zz"
[[condition]]
on = ["boundary"]
residual = "u - x - y"
[network]
polynomial_degree = 2
[output]
grid = [3, 5, 4]
END
  expect "a cube" 0 "result:" run 1 cube.toml --set output.directory=cube
  expect "ParaView reads the fields of a cube" 0 "vtkImageData 60 largest 3.000 bounds (0.0, 1.0, 0.0, 2.0)" timeout -k 1 120 pvpython load.py cube/fields.vtkhdf
  expect "samples" 0 "file=line.vtkhdf" program sample linear --line 0,0.5 1,0.5 9 --output line.vtkhdf
  expect "ParaView reads samples" 0 "vtkUnstructuredGrid 9 largest 1.000" timeout -k 1 120 pvpython load.py line.vtkhdf
fi
# The reader of 5.11 loses its memory at any image of one cell's thickness, whoever wrote it.
if at_least 5.12; then
  expect "ParaView reads the fields" 0 "vtkImageData 425 largest 1.000 bounds (0.0, 1.0, 0.0, 1.0)" timeout -k 1 120 pvpython load.py linear/fields.vtkhdf
fi

if /usr/bin/python3 -c "import h5py" 2> /dev/null; then
  found="$found h5py"
  mkdir -p results
  cp -r linear results/first
  sed -n '/^```python/,/^```/p' "$SOURCE/docs/files.md" | grep -v '^```' > page.py
  expect "the page's Python" 0 "ddpinn solution" /usr/bin/python3 page.py
fi
[ -n "$found" ] || skip "there is none of chromium, pvpython, h5py"
printf 'tried:%s\n' "$found"
finish
