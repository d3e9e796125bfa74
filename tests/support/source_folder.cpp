// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "support/source_folder.hpp"

namespace ddpinn::test {

std::string source_folder() { return DDPINN_SOURCE_DIR; }

}  // namespace ddpinn::test
