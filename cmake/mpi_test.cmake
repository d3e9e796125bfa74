# SPDX-FileCopyrightText: 2026 The ddpinn authors
# SPDX-License-Identifier: BSD-3-Clause

# Spin-waiting threads and ranks bound to the same core make parallel tests many times slower; root and more ranks than
# cores are refused by Open MPI unless told otherwise. Versions 4 and 5 spell it differently, so both are set.
set(DDPINN_TEST_ENVIRONMENT
  OMP_NUM_THREADS=1 OMP_WAIT_POLICY=passive GOMP_SPINCOUNT=0
  OMPI_ALLOW_RUN_AS_ROOT=1 OMPI_ALLOW_RUN_AS_ROOT_CONFIRM=1
  OMPI_MCA_rmaps_base_oversubscribe=1 PRTE_MCA_rmaps_default_mapping_policy=:oversubscribe
  OMPI_MCA_hwloc_base_binding_policy=none PRTE_MCA_hwloc_default_binding_policy=none
  OMPI_MCA_btl=^tcp OMPI_MCA_btl_vader_single_copy_mechanism=none OMPI_MCA_mpi_yield_when_idle=1
  ASAN_OPTIONS=fast_unwind_on_malloc=0
  LSAN_OPTIONS=suppressions=${PROJECT_SOURCE_DIR}/cmake/leaks_of_others.txt:print_suppressions=0)

set(DDPINN_TEST_TIMEOUT 300 CACHE STRING "Seconds after which a test is taken to hang")
mark_as_advanced(DDPINN_TEST_TIMEOUT)

# add_mpi_test(<name> <ranks> <command>...): a test on so many ranks, in a working folder of its own.
function(add_mpi_test name ranks)
  set(folder "${PROJECT_BINARY_DIR}/tests/run/${name}_${ranks}")
  file(MAKE_DIRECTORY "${folder}")
  add_test(NAME ${name}_${ranks}
           COMMAND ${MPIEXEC_EXECUTABLE} ${MPIEXEC_NUMPROC_FLAG} ${ranks} ${MPIEXEC_PREFLAGS} ${ARGN} ${MPIEXEC_POSTFLAGS})
  set_tests_properties(${name}_${ranks} PROPERTIES PROCESSORS ${ranks} TIMEOUT ${DDPINN_TEST_TIMEOUT}
                                                   WORKING_DIRECTORY "${folder}"
                                                   ENVIRONMENT "${DDPINN_TEST_ENVIRONMENT}")
endfunction()
