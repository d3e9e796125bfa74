# SPDX-FileCopyrightText: 2026 The ddpinn authors
# SPDX-License-Identifier: BSD-3-Clause
# Installation: library, public headers, and a package for find_package(ddpinn).
include(GNUInstallDirs)
include(CMakePackageConfigHelpers)

set(package_folder "${CMAKE_INSTALL_LIBDIR}/cmake/ddpinn")
install(TARGETS ddpinn EXPORT ddpinnTargets)
if(NOT BUILD_SHARED_LIBS)
  install(TARGETS ddpinn_requirements EXPORT ddpinnTargets)
endif()
install(DIRECTORY include/ddpinn "${PROJECT_BINARY_DIR}/include/ddpinn" DESTINATION "${CMAKE_INSTALL_INCLUDEDIR}")
install(EXPORT ddpinnTargets NAMESPACE ddpinn:: DESTINATION "${package_folder}")

# A static library leaves it to its users to link what it needs, a shared one has done so.
if(BUILD_SHARED_LIBS)
  set(package_dependencies mpi.cmake)
else()
  set(package_dependencies mpi.cmake linked_libraries.cmake)
endif()
list(TRANSFORM package_dependencies REPLACE "(.+)" "include(\"\${CMAKE_CURRENT_LIST_DIR}/\\1\")"
     OUTPUT_VARIABLE include_dependencies)
list(JOIN include_dependencies "\n" include_dependencies)
configure_package_config_file(cmake/ddpinnConfig.cmake.in "${PROJECT_BINARY_DIR}/ddpinnConfig.cmake"
                              INSTALL_DESTINATION "${package_folder}")
write_basic_package_version_file("${PROJECT_BINARY_DIR}/ddpinnConfigVersion.cmake" COMPATIBILITY SameMinorVersion)
install(FILES "${PROJECT_BINARY_DIR}/ddpinnConfig.cmake" "${PROJECT_BINARY_DIR}/ddpinnConfigVersion.cmake"
              cmake/FindLAPACKE.cmake
        DESTINATION "${package_folder}")
list(TRANSFORM package_dependencies PREPEND cmake/)
install(FILES ${package_dependencies} DESTINATION "${package_folder}")
if(DDPINN_APPS)
  install(TARGETS ddpinn_program RUNTIME DESTINATION "${CMAKE_INSTALL_BINDIR}")
endif()
