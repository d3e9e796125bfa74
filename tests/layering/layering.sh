#!/bin/sh
# SPDX-FileCopyrightText: 2026 The ddpinn authors
# SPDX-License-Identifier: BSD-3-Clause
# Usage: layering.sh SOURCE_FOLDER. Fails, and names the lines, where a folder of src includes one that comes after it,
# or where MPI, PETSc, HDF5, TOML or LibTorch are used outside the folders that they belong to.
set -eu
cd "$1"
layers="base petsc parallel dense geometry decomposition network problem assembly coarse solver io driver"
failures=0

# report TITLE LINES
report() {
  [ -z "$2" ] && return 0
  printf '%s\n%s\n\n' "$1" "$2"
  failures=$((failures + 1))
}

# find_in PATTERN PATH...: matching lines, comments left out
find_in() {
  pattern=$1
  shift
  grep -rnE --include='*.hpp' --include='*.cpp' "$pattern" "$@" | grep -vE '^[^:]*:[0-9]*: *//' || true
}

# others FOLDER...: all folders of src but these
others() {
  for layer in $layers; do
    case " $* " in *" $layer "*) ;; *) echo "src/$layer" ;; esac
  done
}

later="$layers"
for layer in $layers; do
  later=${later#"$layer"}
  later=${later# }
  alternatives=$(echo "$later" | tr ' ' '|')
  [ -n "$alternatives" ] || continue
  report "src/$layer may not include folders after it:" "$(find_in "#include \"($alternatives)/" "src/$layer")"
done

folders=$(find src -mindepth 1 -maxdepth 1 -type d -exec basename {} \;)
for folder in $folders; do
  case " $layers " in
    *" $folder "*) ;;
    *) report "src/$folder is in no layer: add it to $0" "src/$folder" ;;
  esac
done

report "include/ddpinn may not use MPI, PETSc, HDF5, TOML, LibTorch or src:" \
  "$(find_in '#include (<(mpi|petsc|hdf5|toml|torch|ATen|c10)|")' include)"
report "only src/parallel may call MPI:" "$(find_in '\bMPI_[A-Z][a-z_]+ *\(' $(others parallel) apps)"
report "only src/io may use HDF5:" "$(find_in '#include [<"](hdf5|H5)' $(others io) apps)"
report "only src/problem may use toml++:" "$(find_in '#include [<"]toml' $(others problem) apps)"
report "PETSc belongs to src/petsc, assembly, coarse and solver:" \
  "$(find_in '#include [<"]petsc[a-z]*\.h' $(others petsc assembly coarse solver) apps/ddpinn)"
report "headers may include of LibTorch ATen/core/Tensor.h at most:" \
  "$(grep -rnE --include='*.hpp' '#include <(torch|ATen|c10)/' include src | grep -v 'ATen/core/Tensor.h' || true)"

if [ "$failures" -gt 0 ]; then
  echo "$failures rule(s) of the layering are broken"
  exit 1
fi
