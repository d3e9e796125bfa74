# SPDX-FileCopyrightText: 2026 The ddpinn authors
# SPDX-License-Identifier: BSD-3-Clause

# The warnings that every target of ours is compiled with.
add_library(ddpinn_warnings INTERFACE)
target_compile_options(ddpinn_warnings INTERFACE -Wall -Wextra -Wshadow -Wnon-virtual-dtor -Woverloaded-virtual
  # GCC 12 reports overlaps of 2^63 bytes inside std::string's operator+ (GCC bug 105651).
  $<$<CXX_COMPILER_ID:GNU>:-Wno-restrict>)
if(DDPINN_DEVELOPER)
  target_compile_options(ddpinn_warnings INTERFACE -Werror)
endif()
