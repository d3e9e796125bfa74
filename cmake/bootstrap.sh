#!/usr/bin/env bash
# SPDX-FileCopyrightText: 2026 The ddpinn authors
# SPDX-License-Identifier: BSD-3-Clause
set -euo pipefail

usage() {
  cat <<'TEXT'
Usage: bash cmake/bootstrap.sh demo|test|build
       bash cmake/bootstrap.sh install [PACKAGE...]

On Debian 12 or 13, as root or with sudo:
  install  installs the packages that ddpinn needs and that are missing (apt-get), and those that are named
  build    install, and builds the release preset into build/release
  demo     build, and solves apps/cases/poisson_3d.toml on 2 ranks
  test     build, and runs all tests

It may be run again at any time: what is there already is kept. The environment variable JOBS sets the number of
compilers that run at once (default: one for each core and each 2 GB of memory). With DDPINN_DEVELOPER=ON in the
environment warnings are errors.
TEXT
}

packages=(
  g++ cmake ninja-build ccache pkg-config git
  libtorch-dev libpetsc-real-dev libopenmpi-dev openmpi-bin libhdf5-openmpi-dev
  libopenblas-openmp-dev libopenblas0-openmp liblapacke-dev
  catch2 libtomlplusplus-dev libcli11-dev libspdlog-dev libfmt-dev nlohmann-json3-dev zlib1g-dev
  gnuplot-nox
)

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)

say() { printf '== %s\n' "$*"; }
fail() { printf 'bootstrap: %s\n' "$*" >&2; exit 1; }

require_debian() {
  command -v apt-get > /dev/null && [ -f /etc/debian_version ] ||
    fail "this is not Debian (no apt-get); install the packages listed in $0 in your system's way and use cmake"
}

# Runs a command with the rights to install.
as_root() {
  if [ "$(id -u)" -eq 0 ]; then
    "$@"
  elif command -v sudo > /dev/null; then
    sudo "$@"
  else
    fail "no rights to install (neither root nor sudo); ask your administrator for: ${missing[*]}"
  fi
}

is_installed() {
  [ "$(dpkg-query --show --showformat='${db:Status-Status}' "$1" 2> /dev/null)" = installed ]
}

install_packages() {
  require_debian
  missing=()
  for package in "${packages[@]}" "$@"; do
    is_installed "$package" || missing+=("$package")
  done
  if [ ${#missing[@]} -eq 0 ]; then
    say "all packages are installed"
    return
  fi
  say "installing: ${missing[*]}"
  as_root env DEBIAN_FRONTEND=noninteractive apt-get update ||
    fail "apt-get update failed (no network, or a wrong /etc/apt/sources.list); repair it and run this again"
  as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends "${missing[@]}" ||
    fail "apt-get install failed; its last lines above say why"
}

# A source file that sees LibTorch takes 1 GB of memory, so that the cores alone do not decide.
default_jobs() {
  local gigabytes cores
  gigabytes=$(awk '/MemTotal/ { print int($2 / 1048576) }' /proc/meminfo)
  cores=$(nproc)
  local jobs=$((gigabytes / 2))
  [ "$jobs" -lt "$cores" ] || jobs=$cores
  [ "$jobs" -ge 1 ] || jobs=1
  echo "$jobs"
}

build() {
  cd "$root"
  say "configuring build/release"
  cmake --preset release ${DDPINN_DEVELOPER:+"-DDDPINN_DEVELOPER=$DDPINN_DEVELOPER"}
  say "building"
  cmake --build --preset release --parallel "${JOBS:-$(default_jobs)}"
}

# Open MPI refuses to run as root, and more ranks than cores, unless told otherwise (versions 4 and 5 spell it
# differently).
prepare_mpi() {
  if [ "$(id -u)" -eq 0 ]; then
    export OMPI_ALLOW_RUN_AS_ROOT=1 OMPI_ALLOW_RUN_AS_ROOT_CONFIRM=1
  fi
  if [ "$(nproc)" -lt 2 ]; then
    export OMPI_MCA_rmaps_base_oversubscribe=1 PRTE_MCA_rmaps_default_mapping_policy=:oversubscribe
  fi
  # Containers often forbid the system call that this mechanism needs.
  export OMPI_MCA_btl_vader_single_copy_mechanism=none
}

demo() {
  prepare_mpi
  say "solving apps/cases/poisson_3d.toml on 2 ranks"
  mpirun -n 2 "$root/build/release/bin/ddpinn" run "$root/apps/cases/poisson_3d.toml"
}

case "${1:-}" in
  install) shift; install_packages "$@" ;;
  build) install_packages; build ;;
  demo) install_packages; build; demo ;;
  test) install_packages; build; say "testing"; ctest --preset release ;;
  -h | --help | help) usage ;;
  *) usage >&2; exit 1 ;;
esac
