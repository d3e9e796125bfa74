# SPDX-FileCopyrightText: 2026 The ddpinn authors
# SPDX-License-Identifier: BSD-3-Clause
# The libraries that ddpinn links beside MPI. Installed with a static library: the package of ddpinn reads it to find
# the same.
include_guard(GLOBAL)

find_package(Threads REQUIRED)
find_package(OpenMP REQUIRED COMPONENTS CXX)
find_package(PkgConfig REQUIRED)

set(HDF5_PREFER_PARALLEL TRUE)
find_package(HDF5 1.10 REQUIRED COMPONENTS C)
if(NOT HDF5_IS_PARALLEL)
  message(FATAL_ERROR "HDF5 is serial (${HDF5_C_LIBRARIES}), but all ranks write one file; "
                      "install a parallel HDF5 (Debian: libhdf5-openmpi-dev)")
endif()

# 3.18 of Debian is named PETSc.pc and petsc.pc, others just one of them.
pkg_search_module(PETSC REQUIRED IMPORTED_TARGET petsc>=3.18 PETSc>=3.18)
# Debian's file carries the flags of its own build (_FORTIFY_SOURCE), which clash with sanitizers.
set_property(TARGET PkgConfig::PETSC PROPERTY INTERFACE_COMPILE_OPTIONS "")

find_package(Torch 1.13 REQUIRED)
if(TORCH_CXX_FLAGS MATCHES "_GLIBCXX_USE_CXX11_ABI=0")
  message(FATAL_ERROR "LibTorch has the C++ ABI from before 2011 (${TORCH_INSTALL_PREFIX}), which can't be mixed with "
                      "the system's libraries; install LibTorch with the C++11 ABI (Debian: libtorch-dev)")
endif()

find_package(tomlplusplus REQUIRED)
find_package(fmt REQUIRED)
find_package(spdlog REQUIRED)
find_package(LAPACKE REQUIRED MODULE)
find_package(ZLIB REQUIRED)
