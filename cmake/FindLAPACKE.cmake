# SPDX-FileCopyrightText: 2026 The ddpinn authors
# SPDX-License-Identifier: BSD-3-Clause
# FindLAPACKE: the C interfaces of LAPACK and BLAS, as target LAPACKE::LAPACKE. OpenBLAS is preferred: the reference BLAS
# is ten times slower and more.
include(FindPackageHandleStandardArgs)

find_package(PkgConfig QUIET)
pkg_check_modules(PC_OPENBLAS QUIET openblas)
find_path(LAPACKE_INCLUDE_DIR lapacke.h PATH_SUFFIXES lapacke openblas)
find_library(LAPACKE_LIBRARY lapacke)
find_library(OPENBLAS_LIBRARY openblas HINTS ${PC_OPENBLAS_LIBRARY_DIRS})
find_path(CBLAS_INCLUDE_DIR cblas.h HINTS ${PC_OPENBLAS_INCLUDE_DIRS} PATH_SUFFIXES openblas openblas-openmp)

if(OPENBLAS_LIBRARY)
  set(LAPACKE_BLAS_LIBRARIES ${OPENBLAS_LIBRARY})
else()
  find_package(BLAS REQUIRED)
  find_library(CBLAS_LIBRARY cblas)
  set(LAPACKE_BLAS_LIBRARIES ${CBLAS_LIBRARY} ${BLAS_LIBRARIES})
  message(WARNING "OpenBLAS not found; the BLAS in use (${BLAS_LIBRARIES}) may be the reference one, which is ten times "
                  "slower and more; install OpenBLAS (Debian: libopenblas-openmp-dev libopenblas0-openmp)")
endif()

find_package_handle_standard_args(LAPACKE REQUIRED_VARS LAPACKE_LIBRARY LAPACKE_INCLUDE_DIR CBLAS_INCLUDE_DIR)
if(LAPACKE_FOUND AND NOT TARGET LAPACKE::LAPACKE)
  add_library(LAPACKE::LAPACKE UNKNOWN IMPORTED)
  # BLAS first: its symbols then win over those of whatever libblas the other libraries pull in.
  set_target_properties(LAPACKE::LAPACKE PROPERTIES
    IMPORTED_LOCATION "${LAPACKE_LIBRARY}"
    INTERFACE_INCLUDE_DIRECTORIES "${LAPACKE_INCLUDE_DIR};${CBLAS_INCLUDE_DIR}"
    INTERFACE_LINK_LIBRARIES "${LAPACKE_BLAS_LIBRARIES}")
endif()
mark_as_advanced(LAPACKE_INCLUDE_DIR LAPACKE_LIBRARY OPENBLAS_LIBRARY CBLAS_INCLUDE_DIR CBLAS_LIBRARY)
