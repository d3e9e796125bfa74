# SPDX-FileCopyrightText: 2026 The ddpinn authors
# SPDX-License-Identifier: BSD-3-Clause
# MPI, which ddpinn's headers name. Installed as well: the package of ddpinn reads it to find the same.
include_guard(GLOBAL)

set(MPI_CXX_SKIP_MPICXX TRUE)  # the C++ bindings are gone from the standard, and Open MPI's don't link
find_package(MPI 3.1 REQUIRED COMPONENTS C CXX)
