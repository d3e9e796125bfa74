#!/bin/sh
# SPDX-FileCopyrightText: 2026 The ddpinn authors
# SPDX-License-Identifier: BSD-3-Clause
# Usage: layering.sh SOURCE_FOLDER. Fails, and names the lines, where a room of src includes one that comes after it,
# where MPI, PETSc, HDF5, TOML or LibTorch are used outside the rooms that they belong to, where a room is crowded,
# where a source file is not compiled, or where two types have one name.
set -eu
cd "$1"
# A room is a folder with all that is in it, or with its own files only where folders in it are rooms too.
rooms="base petsc parallel dense geometry decomposition network problem/expression problem problem/case problem/advice
  io io/fields io/checkpoint io/pictures io/report grid space assembly
  assembly/training solver solver/linear solver/nonlinear solver/identification solver/training solver/interface judge plan scaling run"
most_files=50
failures=0

# report TITLE LINES
report() {
  [ -z "$2" ] && return 0
  printf '%s\n%s\n\n' "$1" "$2"
  failures=$((failures + 1))
}

has_rooms_inside() { echo "$rooms" | tr -s ' \n' '\n\n' | grep -q "^$1/"; }

# files_of ROOM: its source files
files_of() {
  if has_rooms_inside "$1"; then depth="-maxdepth 1"; else depth=""; fi
  # shellcheck disable=SC2086
  find "src/$1" $depth -name '*.[ch]pp' | sort
}

# search PATTERN: matching lines of the files on standard input, comments left out
search() { xargs -r grep -HnE "$1" | grep -vE '^[^:]*:[0-9]*: *//' || true; }

# others ROOM...: the files of all rooms but these and what is in them
others() {
  for room in $rooms; do
    keep=1
    for excepted in "$@"; do
      case "$room/" in "$excepted/"*) keep=0 ;; esac
    done
    [ $keep -eq 0 ] || files_of "$room"
  done
}

later=$(echo $rooms)
for room in $rooms; do
  later=${later#"$room"}
  later=${later# }
  pattern=""
  for other in $later; do
    if has_rooms_inside "$other"; then files='[^/"]+"'; else files=''; fi
    pattern="$pattern|$other/$files"
  done
  [ -n "$pattern" ] || continue
  report "src/$room may not include rooms after it:" "$(files_of "$room" | search "#include \"(${pattern#|})")"
done

for folder in $(find src -mindepth 1 -type d); do
  folder=${folder#src/}
  known=0
  for room in $rooms; do
    case "$folder/" in "$room/"*) known=1 ;; esac
  done
  [ $known -eq 1 ] || report "src/$folder is in no room: add it to $0" "src/$folder"
  count=$(find "src/$folder" -maxdepth 1 -type f | wc -l)
  [ "$count" -le $most_files ] || report "src/$folder is crowded: at most $most_files files in a room" "$count files"
done

for file in $(find src -name '*.cpp'); do
  grep -qE "(^|[ (])$(basename "$file")([ )]|\$)" src/CMakeLists.txt || report "not among the sources of src/CMakeLists.txt:" "$file"
done

# Two types of one name are undefined behaviour that no compiler sees: the linker keeps one destructor for both.
# shellcheck disable=SC2016
types='
  FNR == 1 { depth = 0 }
  /^namespace.*\{$/ { space[++depth] = $2; next }
  /^}  \/\/ namespace/ { depth--; next }
  /^(struct|class|enum class) [A-Za-z_]+( final)?( : [^;]*)? \{/ {
    name = ""
    for (i = 1; i <= depth; i++) { if (space[i] == "{") next; name = name space[i] "::" }
    name = name ($1 == "enum" ? $3 : $2)
    if (name in first) print name ": " first[name] ", " FILENAME ":" FNR
    first[name] = FILENAME ":" FNR
  }'
report "two types have one name:" "$(find include src -name '*.[ch]pp' | sort | xargs awk "$types")"

report "include/ddpinn may not use PETSc, HDF5, TOML or src:" \
  "$(find include -name '*.hpp' | search '#include (<(petsc|hdf5|toml)|")')"
report "of the public headers only torch.hpp may use LibTorch:" \
  "$(find include -name '*.hpp' ! -name torch.hpp | search '#include <(torch|ATen|c10)')"
report "of the public headers only session.hpp, solve.hpp and fields.hpp may use MPI:" \
  "$(find include -name '*.hpp' ! -name session.hpp ! -name solve.hpp ! -name fields.hpp | search '#include <mpi')"
report "only src/parallel may call MPI:" "$({ others parallel; find apps -name '*.cpp' ! -path 'apps/examples/*'; } | search '\bMPI_[A-Z][a-z_]+ *\(')"
report "only src/io may use HDF5:" "$({ others io; find apps -name '*.cpp'; } | search '#include [<"](hdf5|H5)')"
report "only src/problem/case may use toml++:" "$({ others problem/case; find apps -name '*.cpp'; } | search '#include [<"]toml')"
report "PETSc belongs to src/petsc, grid, space, assembly and solver:" \
  "$({ others petsc grid space assembly solver; find apps/ddpinn -name '*.cpp'; } | search '#include [<"]petsc[a-z]*\.h')"
report "headers may include of LibTorch ATen/core/Tensor.h at most:" \
  "$(find include src -name '*.hpp' ! -path '*/ddpinn/torch.hpp' | search '#include <(torch|ATen|c10)/' | grep -v 'ATen/core/Tensor.h' || true)"

if [ "$failures" -gt 0 ]; then
  echo "$failures rule(s) of the layering are broken"
  exit 1
fi
