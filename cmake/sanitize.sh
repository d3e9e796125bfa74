#!/usr/bin/env bash
# SPDX-FileCopyrightText: 2026 The ddpinn authors
# SPDX-License-Identifier: BSD-3-Clause
# Usage: bash cmake/sanitize.sh [ctest options]
# Builds with the address and undefined-behaviour sanitizers (preset asan) and runs the tests of one rank, those of
# several ranks on 1 and 3, and whole runs of the program. JOBS sets the number of compilers (default 2); a file takes
# up to 30 seconds and 1 GB of memory.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
cmake --preset asan
cmake --build --preset asan --parallel "${JOBS:-2}"
ctest --preset asan --exclude-regex '^ddpinn_mpi_tests(_[A-Z][a-z]*)?_[24]$|^ddpinn_tests_[A-Z]' "$@"
