# SPDX-FileCopyrightText: 2026 The ddpinn authors
# SPDX-License-Identifier: BSD-3-Clause

# The warnings that every target of ours is compiled with.
add_library(ddpinn_warnings INTERFACE)
target_compile_options(ddpinn_warnings INTERFACE -Wall -Wextra -Wshadow -Wnon-virtual-dtor -Woverloaded-virtual)
if(DDPINN_DEVELOPER)
  target_compile_options(ddpinn_warnings INTERFACE -Werror)
endif()
