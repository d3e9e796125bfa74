# SPDX-FileCopyrightText: 2026 The ddpinn authors
# SPDX-License-Identifier: BSD-3-Clause
# What the library is built with. Programs and tests look for what only they need.
include(mpi)
include(linked_libraries)
find_package(nlohmann_json REQUIRED)
