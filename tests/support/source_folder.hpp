// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <string>

namespace ddpinn::test {

/// The root of the source tree.
std::string source_folder();

}  // namespace ddpinn::test
