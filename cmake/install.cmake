# SPDX-FileCopyrightText: 2026 The ddpinn authors
# SPDX-License-Identifier: BSD-3-Clause
# Installation: library, public headers, and a package for find_package(ddpinn).
include(GNUInstallDirs)
include(CMakePackageConfigHelpers)

set(package_folder "${CMAKE_INSTALL_LIBDIR}/cmake/ddpinn")
install(TARGETS ddpinn ddpinn_requirements EXPORT ddpinnTargets)
install(DIRECTORY include/ddpinn "${PROJECT_BINARY_DIR}/include/ddpinn" DESTINATION "${CMAKE_INSTALL_INCLUDEDIR}")
install(EXPORT ddpinnTargets NAMESPACE ddpinn:: DESTINATION "${package_folder}")

configure_package_config_file(cmake/ddpinnConfig.cmake.in "${PROJECT_BINARY_DIR}/ddpinnConfig.cmake"
                              INSTALL_DESTINATION "${package_folder}")
write_basic_package_version_file("${PROJECT_BINARY_DIR}/ddpinnConfigVersion.cmake" COMPATIBILITY SameMinorVersion)
install(FILES "${PROJECT_BINARY_DIR}/ddpinnConfig.cmake" "${PROJECT_BINARY_DIR}/ddpinnConfigVersion.cmake"
              cmake/dependencies.cmake cmake/FindLAPACKE.cmake
        DESTINATION "${package_folder}")
if(DDPINN_APPS)
  install(TARGETS ddpinn_program RUNTIME DESTINATION "${CMAKE_INSTALL_BINDIR}")
endif()
