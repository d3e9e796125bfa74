#!/usr/bin/env bash
# SPDX-FileCopyrightText: 2026 The ddpinn authors
# SPDX-License-Identifier: BSD-3-Clause
# Usage: bash cmake/check_install.sh [BUILD_FOLDER]
# Installs a build (default: build/release; one with BUILD_SHARED_LIBS=ON will do as well) into a scratch folder,
# starts the program, builds those of apps/examples against what is installed, as an outside project would, and runs
# each of them on 2 ranks.
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
build=$(cd "${1:-$root/build/release}" && pwd)
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

# More ranks than cores, and root, are refused by Open MPI unless told otherwise (versions 4 and 5 spell it differently).
export OMPI_ALLOW_RUN_AS_ROOT=1 OMPI_ALLOW_RUN_AS_ROOT_CONFIRM=1 OMP_NUM_THREADS=1
export OMPI_MCA_rmaps_base_oversubscribe=1 PRTE_MCA_rmaps_default_mapping_policy=:oversubscribe
export OMPI_MCA_btl_vader_single_copy_mechanism=none

cmake --install "$build" --prefix "$scratch/installed" > "$scratch/install.log"
"$scratch/installed/bin/ddpinn" --version > /dev/null
# A copy, so that nothing is found in the source tree by a relative path.
cp -r "$root/apps/examples" "$scratch/examples"
cmake -S "$scratch/examples" -B "$scratch/build" -G Ninja -DCMAKE_BUILD_TYPE=Release \
  -DCMAKE_PREFIX_PATH="$scratch/installed" > "$scratch/configure.log" ||
  { cat "$scratch/configure.log" >&2; exit 1; }
cmake --build "$scratch/build" --parallel 2

programs=$(find "$scratch/build" -maxdepth 1 -type f -executable | sort)
[ -n "$programs" ] || { echo "check_install: apps/examples builds no program" >&2; exit 1; }
for program in $programs; do
  echo "== $(basename "$program") on 2 ranks"
  mkdir "$scratch/run"
  (cd "$scratch/run" && mpirun -n 2 "$program")
  rm -r "$scratch/run"
done
echo "== the installed library serves outside programs"
